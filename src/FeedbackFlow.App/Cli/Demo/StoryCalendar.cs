using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using NodaTime;

namespace FeedbackFlow.App.Cli.Demo;

/// <summary>
/// When the story happens: from the next Sunday whose days 1, 3, 5 and 8 are whole working days. It lies ahead, so that a browser keeps the cookie of a sign-in.
/// </summary>
internal sealed class StoryCalendar
{
    private static readonly int[] Days = [1, 3, 5, 8];
    private static readonly Duration WholeDay = Duration.FromHours(10);

    private readonly DateTimeZone zone;
    private readonly LocalDate sunday;

    private StoryCalendar(DateTimeZone zone, LocalDate sunday) => (this.zone, this.sunday) = (zone, sunday);

    public static StoryCalendar After(DateTimeOffset now, WorkingTime hours)
    {
        var today = Instant.FromDateTimeOffset(now).InZone(hours.Zone).Date;
        var calendar = new StoryCalendar(hours.Zone, today.Next(IsoDayOfWeek.Sunday));
        while (!Days.All(day => hours.Between(calendar.At(day, 0, 0), calendar.At(day + 1, 0, 0)) >= WholeDay.ToTimeSpan()))
            calendar = new(hours.Zone, calendar.sunday.PlusWeeks(1));
        return calendar;
    }

    /// <param name="day">1 for the first day.</param>
    public DateTimeOffset At(int day, int hour, int minute) =>
        sunday.PlusDays(day - 1).At(new LocalTime(hour, minute)).InZoneLeniently(zone).ToDateTimeOffset();
}
