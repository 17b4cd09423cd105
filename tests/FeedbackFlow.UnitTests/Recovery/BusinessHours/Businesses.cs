using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

/// <summary>The businesses of the tables.</summary>
internal static class Businesses
{
    private static readonly DayOfWeek[] SundayToThursday =
        [DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday];

    /// <summary>Sunday to Thursday 08:00-18:00, Friday 08:00-13:00, holidays kept.</summary>
    public static WorkingTime Plumber { get; } = In("Asia/Jerusalem", WorkingWeek.Israeli);

    /// <summary>
    /// Sunday to Thursday 09:00-13:00 and 16:00-19:00, Friday 09:00-12:00, holidays kept; closed on Wed 2026-11-25 and for the week of 16 August 2026.
    /// </summary>
    public static WorkingTime Salon { get; } = In("Asia/Jerusalem", new WorkingWeek(
        [
            .. Every(SundayToThursday, "09:00", "13:00"),
            .. Every(SundayToThursday, "16:00", "19:00"),
            .. Every([DayOfWeek.Friday], "09:00", "12:00"),
        ],
        JewishHolidays: true,
        ClosedDays: [new(2026, 11, 25), .. Enumerable.Range(16, 5).Select(day => new DateOnly(2026, 8, day))]));

    /// <summary>Sunday to Thursday 10:00-15:00, holidays kept.</summary>
    public static WorkingTime Kiosk { get; } = In("Asia/Jerusalem", new(Every(SundayToThursday, "10:00", "15:00"), JewishHolidays: true, []));

    /// <summary>Sunday to Thursday 17:00 to midnight, holidays kept.</summary>
    public static WorkingTime Restaurant { get; } = In("Asia/Jerusalem", new(Every(SundayToThursday, "17:00", "00:00"), JewishHolidays: true, []));

    /// <summary>Monday to Friday 09:00-17:00.</summary>
    public static WorkingTime LondonOffice { get; } = In("Europe/London", WorkingWeek.International);

    /// <summary>Monday to Friday 09:00-17:00, closed on Thanksgiving and at Christmas 2026.</summary>
    public static WorkingTime NewYorkOffice { get; } = In(
        "America/New_York",
        WorkingWeek.International with { ClosedDays = [new(2026, 11, 26), new(2026, 12, 25)] });

    public static WorkingTime RoundTheClock(string zone) => Daily(zone, "00:00", "00:00");

    /// <summary>Every night 22:00-06:00.</summary>
    public static WorkingTime NightLine(string zone) =>
        In(zone, new([.. EveryDay("22:00", "00:00"), .. EveryDay("00:00", "06:00")], JewishHolidays: false, []));

    public static WorkingTime Daily(string zone, string from, string to) => In(zone, new(EveryDay(from, to), JewishHolidays: false, []));

    public static WorkingTime In(string zone, WorkingWeek week) => new(week, WorkingTime.ZoneOf(zone));

    public static OpenHours Hours(DayOfWeek day, string from, string to) => new(day, Clock(from), Clock(to));

    private static OpenHours[] EveryDay(string from, string to) => Every(Enum.GetValues<DayOfWeek>(), from, to);

    private static OpenHours[] Every(DayOfWeek[] days, string from, string to) => [.. days.Select(day => Hours(day, from, to))];

    private static TimeOnly Clock(string text) => TimeOnly.ParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
