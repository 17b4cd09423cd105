using System.Globalization;

namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>What the calendar of holidays makes of one day.</summary>
public enum HolidayHours
{
    /// <summary>An ordinary day: the week decides.</summary>
    Open,

    /// <summary>The eve of a holiday: closes at <see cref="JewishHolidays.EveClosesAt"/>, or earlier where the week does.</summary>
    ShortDay,

    /// <summary>A holiday.</summary>
    Closed,
}

/// <summary>
/// The days on which Israeli businesses close. The religious ones are the days of rest of section 18A(a) of the Law and Administration Ordinance 1948 (the
/// holidays as kept in Israel: Shemini Atzeret and Simchat Torah are one day); Yom HaAtzmaut is a day of rest by section 1 of its own law.
/// <para>
/// The day before a holiday is short, which includes the eve of the seventh of Pesach, Hoshana Rabba, and Yom HaZikaron (the eve of Yom HaAtzmaut). Everything
/// else is an ordinary day: the intermediate days, Purim, Hanukkah, the evening on which Yom HaZikaron begins, the fasts. What a business closes beyond
/// this is among its own closing days, or, for the ninth of Av, in <see cref="WorkingWeek.ClosesOnTishaBAv"/>.
/// </para>
/// </summary>
public static class JewishHolidays
{
    private const int Tishri = 1, Nisan = 7, Iyar = 8, Sivan = 9, Av = 11;

    private static readonly HebrewCalendar Calendar = new();

    /// <summary>The hour at which the eve of a holiday ends at the latest.</summary>
    public static TimeOnly EveClosesAt { get; } = new(13, 0);

    /// <summary>What this day is; outside the framework's Hebrew calendar (1583 to 2239) every day is an ordinary one.</summary>
    public static HolidayHours On(DateOnly day) =>
        IsHoliday(day) ? HolidayHours.Closed
        : day < DateOnly.MaxValue && IsHoliday(day.AddDays(1)) ? HolidayHours.ShortDay
        : HolidayHours.Open;

    /// <summary>The day on which the ninth of Av is fasted: put off to Sunday when it is a Shabbat.</summary>
    public static bool IsTishaBAv(DateOnly day) => HebrewDate(day) switch
    {
        (Av, 9) => day.DayOfWeek != DayOfWeek.Saturday,
        (Av, 10) => day.DayOfWeek == DayOfWeek.Sunday,
        _ => false,
    };

    /// <summary>A Shabbat or a holiday on which work rests; Yom HaAtzmaut is closed but no such day.</summary>
    public static bool IsRest(DateOnly day) => day.DayOfWeek == DayOfWeek.Saturday || IsHolyDay(HebrewDate(day));

    private static bool IsHoliday(DateOnly day)
    {
        var date = HebrewDate(day);
        return IsHolyDay(date) || (date.Month == Iyar && IsYomHaAtzmaut(date.Day, day.DayOfWeek));
    }

    private static bool IsHolyDay((int Month, int Day) date) => date switch
    {
        (Tishri, 1 or 2) => true,           // Rosh Hashana
        (Tishri, 10) => true,               // Yom Kippur
        (Tishri, 15 or 22) => true,         // Sukkot, Shemini Atzeret
        (Nisan, 15 or 21) => true,          // Pesach, first and seventh
        (Sivan, 6) => true,                 // Shavuot
        _ => false,
    };

    /// <summary>
    /// Yom HaAtzmaut Law 1949, section 1(b) as amended in 2004: the fifth of Iyar; when that is a Saturday the third, a Friday the fourth, a Monday the sixth.
    /// (The fifth falls only on a Monday, Wednesday, Friday or Saturday.) Today's rule is applied to every year.
    /// </summary>
    private static bool IsYomHaAtzmaut(int dateInIyar, DayOfWeek weekday) => (dateInIyar, weekday) is
        (5, DayOfWeek.Wednesday) or (3 or 4, DayOfWeek.Thursday) or (6, DayOfWeek.Tuesday);

    /// <summary>Month and day, the months counted from Tishri as in a common year; zeros outside the calendar's range.</summary>
    private static (int Month, int Day) HebrewDate(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        if (date < Calendar.MinSupportedDateTime || date > Calendar.MaxSupportedDateTime)
        {
            return (0, 0);
        }

        // In a leap year the framework counts the second Adar as the seventh month and everything after it one further.
        var month = Calendar.GetMonth(date);
        var monthOfCommonYear = month >= 7 && Calendar.IsLeapYear(Calendar.GetYear(date)) ? month - 1 : month;
        return (monthOfCommonYear, Calendar.GetDayOfMonth(date));
    }
}
