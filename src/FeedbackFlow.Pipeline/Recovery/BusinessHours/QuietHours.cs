using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>The hours of every day in which a person is not to be disturbed, on the wall clock of the place; they may go over midnight.</summary>
/// <param name="From">First minute of quiet.</param>
/// <param name="Until">First minute after it; another than <paramref name="From"/>.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly Until)
{
    /// <summary>Longer ones would leave too little of a day to be told anything in.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    private static readonly ZoneLocalMappingResolver Later = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>When the quiet that holds at this moment ends, always later than it; null when none holds.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at, string zone)
    {
        var local = WorkingTime.LocalOf(zone, at);
        var (time, today) = (TimeOnly.FromDateTime(local), DateOnly.FromDateTime(local));
        DateOnly? end = From < Until
            ? time >= From && time < Until ? today : null
            : time >= From ? today.AddDays(1) : time < Until ? today : null;
        return end is { } day ? LocalDateTime.FromDateTime(day.ToDateTime(Until)).InZone(WorkingTime.ZoneOf(zone), Later).ToDateTimeOffset() : null;
    }

    /// <summary>As in <c>21:00-07:00</c>; null when it is no such text, is empty or longer than <see cref="Longest"/>.</summary>
    public static QuietHours? Read(string text)
    {
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts.Length == 2 ? Of(parts[0], parts[1]) : null;
    }

    public static QuietHours? Of(string from, string until) =>
        Time(from) is { } first && Time(until) is { } last && first != last && last - first <= Longest ? new(first, last) : null;

    public string Written => string.Create(CultureInfo.InvariantCulture, $"{From:HH\\:mm}-{Until:HH\\:mm}");

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
