using System.Globalization;

namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>
/// Opening hours as people write them: <c>sun-thu 08:00-18:00; fri 08:00-13:00</c>, a break as two times of a day (<c>mon 09:00-13:00 16:00-19:00</c>). Days are
/// the first three letters of their English names; 00:00 as an end is midnight.
/// </summary>
public static class WeekText
{
    public const string Form = "Write days and times such as 'sun-thu 08:00-18:00; fri 08:00-13:00', a break as two times of a day.";

    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Null when it is not of this form; whether the times make sense is told by <see cref="WorkingWeekCheck"/>.</summary>
    public static IReadOnlyList<OpenHours>? Read(string text)
    {
        var hours = new List<OpenHours>();
        foreach (var part in text.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = part.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || DaysOf(words[0]) is not { } days || TimesOf(words[1..]) is not { } times) return null;
            hours.AddRange(from day in days from time in times select new OpenHours(day, time.From, time.To));
        }

        return hours;
    }

    /// <summary>The times of one day, as in <c>09:00-13:00, 16:00-19:00</c>; empty for a day on which nobody works, null when it is not of this form.</summary>
    public static IReadOnlyList<OpenHours>? ReadDay(DayOfWeek day, string text) =>
        TimesOf(text.Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries))?.Select(time => new OpenHours(day, time.From, time.To)).ToList();

    public static string WriteDay(IEnumerable<OpenHours> hours, DayOfWeek day) =>
        string.Join(", ", hours.Where(line => line.Day == day).OrderBy(line => line.From).Select(line => $"{Clock(line.From)}-{Clock(line.To)}"));

    public static string Write(IReadOnlyList<OpenHours> hours) =>
        string.Join("; ", Enum.GetValues<DayOfWeek>().Select(day => (Day: Days[(int)day], Times: WriteDay(hours, day))).Where(day => day.Times.Length > 0).Select(day => $"{day.Day} {day.Times}"));

    private static IEnumerable<DayOfWeek>? DaysOf(string word)
    {
        var ends = word.ToLowerInvariant().Split('-');
        var (first, last) = (Array.IndexOf(Days, ends[0]), Array.IndexOf(Days, ends[^1]));
        return ends.Length > 2 || first < 0 || last < first ? null : Enumerable.Range(first, last - first + 1).Select(day => (DayOfWeek)day);
    }

    private static List<(TimeOnly From, TimeOnly To)>? TimesOf(string[] words)
    {
        var times = new List<(TimeOnly, TimeOnly)>();
        foreach (var word in words)
        {
            var ends = word.Split('-', '–');
            if (ends.Length != 2 || Time(ends[0]) is not { } from || Time(ends[1]) is not { } to) return null;
            times.Add((from, to));
        }

        return times;
    }

    private static TimeOnly? Time(string text) =>
        text == "24:00" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
