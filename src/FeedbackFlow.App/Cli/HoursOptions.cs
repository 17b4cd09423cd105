using System.CommandLine;
using System.Globalization;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.App.Cli;

/// <summary>What a business or a branch says of its working time, as options.</summary>
internal static class HoursOptions
{
    public static Option<string> Hours() => Checked.Option("--hours", "Ordinary opening hours, such as 'sun-thu 08:00-18:00; fri 08:00-13:00'.", "WEEK", false, FixWeek);

    public static Option<string> City() =>
        Checked.Option("--city", "By whose sunset it rests: " + string.Join(", ", Cities.Names) + ".", "CITY", false, text => Cities.IsKnown(text) ? null : "Write one of the cities that --help lists.");

    /// <summary>Null when it is in order, else what to write.</summary>
    public static string? FixWeek(string text) =>
        WeekText.Read(text) is not { } hours ? WeekText.Form : new WorkingWeek(hours, false, []).Check() is [var problem, ..] ? problem.Message : null;

    public static string? FixDays(string text) => Days(text) is null ? "Write days such as 2026-12-24,2026-12-25, or 'none'." : null;

    public static IReadOnlyList<DateOnly>? Days(string text)
    {
        var days = new List<DateOnly>();
        foreach (var word in text == "none" ? [] : text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
            days.Add(day);
        }

        return days;
    }

    public static string? FixPromise(string text) => PolicyOf(text, Policy.Default) is null ? "Write hour, statutory, or three numbers of business minutes such as 60,180,600." : null;

    /// <summary>The promises of a preset or of three numbers; thresholds stay.</summary>
    public static Policy? PolicyOf(string text, Policy before)
    {
        if (text == "hour") return Policy.Default with { AlertThreshold = before.AlertThreshold, ApologyThreshold = before.ApologyThreshold };
        if (text == "statutory") return Policy.Statutory with { AlertThreshold = before.AlertThreshold, ApologyThreshold = before.ApologyThreshold };
        var minutes = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 13_200 ? number : 0).ToList();
        return minutes.Count == 3 && !minutes.Contains(0) ? before with { CallBackRule = false, CriticalMinutes = minutes[0], HighMinutes = minutes[1], NormalMinutes = minutes[2] } : null;
    }

    public static string? FixMiss(string text) => MissOf(text) is null ? "Write a number from 0.1 to 10, such as 2." : null;

    /// <summary>How many glances at a false alarm one missed customer is worth.</summary>
    public static double? MissOf(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0.1 and <= 10 ? number : null;

    public static RestMode? RestOf(string? text) => text switch
    {
        "hold" => RestMode.Hold,
        "soften" => RestMode.Soften,
        "off" => RestMode.Off,
        _ => null,
    };
}
