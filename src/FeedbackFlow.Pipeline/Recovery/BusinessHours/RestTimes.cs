using NodaTime;

namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>
/// Shabbat and the days of rest, from 40 minutes before sunset of their eve until 42 minutes after their own sunset. Days of rest that follow each other are
/// one time of rest, because the evening of the first is the eve of the second.
/// </summary>
public sealed class RestTimes(Place place, DateTimeZone zone)
{
    private static readonly TimeSpan BeforeSunset = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan AfterSunset = TimeSpan.FromMinutes(42);

    /// <summary>When the time of rest that holds this moment ends; null outside of one.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        var today = Instant.FromDateTimeOffset(at).InZone(zone).Date.ToDateOnly();
        DateTimeOffset? end = null;
        for (var day = today; day <= today.AddDays(1) || (end is not null && JewishHolidays.IsRest(day)); day = day.AddDays(1))
        {
            if (On(day) is { } rest && rest.From <= (end ?? at) && at < rest.Until) end = rest.Until;
        }

        return end is { } until ? Instant.FromDateTimeOffset(until).InZone(zone).ToDateTimeOffset() : null;
    }

    /// <summary>The rest of one day, from its eve to its end; null on a day of work.</summary>
    internal (DateTimeOffset From, DateTimeOffset Until)? On(DateOnly day) =>
        JewishHolidays.IsRest(day) ? (Minute(Sunset.On(day.AddDays(-1), place) - BeforeSunset), Minute(Sunset.On(day, place) + AfterSunset).AddMinutes(1)) : null;

    /// <summary>Whole minutes, as calendars print them: begun ones belong to the rest.</summary>
    private static DateTimeOffset Minute(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
}
