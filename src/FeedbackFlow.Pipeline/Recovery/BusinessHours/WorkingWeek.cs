namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>
/// Open from <paramref name="From"/> to <paramref name="To"/> on one day, local time; several of a day make breaks. A <paramref name="To"/> of 00:00 is
/// midnight at the end of the day, so 00:00 to 00:00 is a whole day and a night shift is two lines that meet there.
/// </summary>
public sealed record OpenHours(DayOfWeek Day, TimeOnly From, TimeOnly To)
{
    /// <summary>Whether the clock on the wall shows a time of it; its end is outside.</summary>
    public bool Holds(DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        return local.DayOfWeek == Day && From <= time && (time < To || To == TimeOnly.MinValue);
    }
}

/// <summary>When a business works: its ordinary week, its holidays and its own closing days.</summary>
/// <param name="Hours">Ordinary opening hours.</param>
/// <param name="JewishHolidays">Closed on the holidays on which Israeli businesses close, short on their eves.</param>
/// <param name="ClosedDays">Own closing days, in the business's zone.</param>
public sealed record WorkingWeek(IReadOnlyList<OpenHours> Hours, bool JewishHolidays, IReadOnlyList<DateOnly> ClosedDays)
{
    /// <summary>Closed on the fast of the ninth of Av too: the law lets an employee take that day off, it does not close the business.</summary>
    public bool ClosesOnTishaBAv { get; init; }

    /// <summary>Sunday to Thursday 08:00-18:00, Friday 08:00-13:00, Jewish holidays closed.</summary>
    public static WorkingWeek Israeli { get; } = new(
        [
            .. Days(DayOfWeek.Sunday, DayOfWeek.Thursday, new TimeOnly(8, 0), new TimeOnly(18, 0)),
            new OpenHours(DayOfWeek.Friday, new TimeOnly(8, 0), new TimeOnly(13, 0)),
        ],
        JewishHolidays: true,
        ClosedDays: []);

    /// <summary>Monday to Friday 09:00-17:00.</summary>
    public static WorkingWeek International { get; } = new(
        [.. Days(DayOfWeek.Monday, DayOfWeek.Friday, new TimeOnly(9, 0), new TimeOnly(17, 0))],
        JewishHolidays: false,
        ClosedDays: []);

    private static IEnumerable<OpenHours> Days(DayOfWeek first, DayOfWeek last, TimeOnly from, TimeOnly to) =>
        Enumerable.Range((int)first, last - first + 1).Select(day => new OpenHours((DayOfWeek)day, from, to));
}
