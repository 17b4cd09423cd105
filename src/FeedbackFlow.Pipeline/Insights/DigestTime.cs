using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Insights;

/// <summary>
/// When a digest is due: once on each working day, as soon as the business is open. A time of rest, a closing day and a stop of the program pass without one, and the next tells it all.
/// </summary>
public static class DigestTime
{
    /// <summary>Who opens at midnight reads it in the morning.</summary>
    private static readonly TimeSpan Earliest = TimeSpan.FromHours(6);

    public static bool IsTime(Business business, DateTimeOffset now) => WorkingTime.LocalOf(business.Zone, now).TimeOfDay >= Earliest && business.Hours().IsOpen(now);

    public static bool BeginsDay(Business business, DateTimeOffset last, DateTimeOffset now) => DayOf(business, last) < DayOf(business, now);

    public static bool BeginsWeek(Business business, DateTimeOffset last, DateTimeOffset now) => WeekOf(business, last) < WeekOf(business, now);

    /// <summary>Due until the midnight that ends the day of <paramref name="now"/>.</summary>
    public static bool IsToday(Business business, DateTimeOffset at, DateTimeOffset now) => DayOf(business, at) == DayOf(business, now);

    private static DateOnly DayOf(Business business, DateTimeOffset at) => DateOnly.FromDateTime(WorkingTime.LocalOf(business.Zone, at));

    /// <summary>Weeks begin on Sunday where it is worked, else on Monday. Day 0 of <see cref="DateOnly"/> is a Monday.</summary>
    private static int WeekOf(Business business, DateTimeOffset at) =>
        (DayOf(business, at).DayNumber + (business.Week.Hours.Any(hours => hours.Day == DayOfWeek.Sunday) ? 1 : 0)) / 7;
}
