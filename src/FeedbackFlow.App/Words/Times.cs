using NodaTime;

namespace FeedbackFlow.App;

/// <summary>Moments in words, as somebody standing in a zone at <paramref name="now"/> would say them.</summary>
public sealed class Times(Words words, DateTimeZone zone, DateTimeOffset now)
{
    private readonly LocalDate today = Local(zone, now).Date;

    /// <summary>A deadline in full: "today, Monday, by 15:40".</summary>
    public string By(DateTimeOffset at)
    {
        var local = Local(zone, at);
        var key = Period.DaysBetween(today, local.Date) switch
        {
            0 => "time.by.today",
            1 => "time.by.tomorrow",
            -1 => "time.by.yesterday",
            _ => "time.by.other",
        };
        return words.Say(key, ("weekday", Weekday(local)), ("date", Date(local)), ("time", Clock(local)));
    }

    /// <summary>A deadline, or where the customer chose a part of a day, that: "tomorrow, Tuesday, between 13:00 and 18:00".</summary>
    public string Due(DateTimeOffset? from, DateTimeOffset by)
    {
        if (from is not { } start) return By(by);
        var (first, last) = (Local(zone, start), Local(zone, by));
        var key = Period.DaysBetween(today, last.Date) switch
        {
            0 => "time.between.today",
            1 => "time.between.tomorrow",
            _ => "time.between.other",
        };
        return words.Say(key, ("weekday", Weekday(last)), ("date", Date(last)), ("from", Clock(first)), ("by", Clock(last)));
    }

    /// <summary>A deadline for a subject line: "by 15:40".</summary>
    public string ShortBy(DateTimeOffset at)
    {
        var local = Local(zone, at);
        var key = Period.DaysBetween(today, local.Date) switch
        {
            0 => "time.short-by.today",
            1 => "time.short-by.tomorrow",
            > 1 and < 7 => "time.short-by.weekday",
            _ => "time.short-by.other",
        };
        return words.Say(key, ("weekday", Weekday(local)), ("date", Date(local)), ("time", Clock(local)));
    }

    /// <summary>Something that happened or is planned: "yesterday, 15:40".</summary>
    public string Moment(DateTimeOffset at)
    {
        var local = Local(zone, at);
        var key = Period.DaysBetween(today, local.Date) switch
        {
            0 => "time.at.today",
            1 => "time.at.tomorrow",
            -1 => "time.at.yesterday",
            _ => "time.at.other",
        };
        return words.Say(key, ("weekday", Weekday(local)), ("date", Date(local)), ("time", Clock(local)));
    }

    /// <summary>A day without its time: "Monday, 23 November".</summary>
    public string Day(DateTimeOffset at)
    {
        var local = Local(zone, at);
        return words.Say("time.day", ("weekday", Weekday(local)), ("date", Date(local)));
    }

    /// <summary>How long ago: "3 hours"; the largest whole unit, at least a minute.</summary>
    public string Since(DateTimeOffset at) => Length(now - at);

    /// <summary>How long until then: "20 minutes"; the largest whole unit, at least a minute.</summary>
    public string Until(DateTimeOffset at) => Length(at - now);

    /// <summary>A stretch of time: "3 hours".</summary>
    public string Lasting(TimeSpan span) => Length(span);

    /// <summary>For <c>&lt;time datetime&gt;</c>.</summary>
    public static string Machine(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private string Length(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => words.Count("duration.days", (int)span.TotalDays),
        { TotalHours: >= 1 } => words.Count("duration.hours", (int)span.TotalHours),
        _ => words.Count("duration.minutes", Math.Max(1, (int)span.TotalMinutes)),
    };

    private string Weekday(LocalDateTime local) => words["weekday." + Words.Number((int)local.DayOfWeek % 7)];

    private string Date(LocalDateTime local) =>
        words.Say(
            local.Year == today.Year ? "time.date" : "time.date-with-year",
            ("day", Words.Number(local.Day)), ("month", words["month." + Words.Number(local.Month)]), ("year", Words.Number(local.Year)));

    private static string Clock(LocalDateTime local) => $"{local.Hour:00}:{local.Minute:00}";

    private static LocalDateTime Local(DateTimeZone zone, DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
}
