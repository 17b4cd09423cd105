namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>Open from one time of the day to another, counted from midnight on the wall clock.</summary>
internal readonly record struct Shift(TimeSpan From, TimeSpan To);

/// <summary>The shifts of a given date: the ordinary week, less closing days and holidays, cut short on their eves.</summary>
internal sealed class DayHours(WorkingWeek week)
{
    private readonly ILookup<DayOfWeek, Shift> ordinary = week.Hours
        .Select(hours => (hours.Day, Shift: new Shift(hours.From.ToTimeSpan(), EndOf(hours))))
        .OrderBy(line => line.Shift.From)
        .ToLookup(line => line.Day, line => line.Shift);

    private readonly HashSet<DateOnly> closed = [.. week.ClosedDays];

    /// <summary>In order and not overlapping; none on a closed day.</summary>
    public IEnumerable<Shift> On(DateOnly day)
    {
        var until = LatestOn(day);
        var from = TimeSpan.Zero;
        foreach (var shift in ordinary[day.DayOfWeek])
        {
            // A week that overlaps is refused by Check; read unchecked, its common hours still count once.
            var cut = new Shift(shift.From > from ? shift.From : from, shift.To < until ? shift.To : until);
            if (cut.From < cut.To)
            {
                yield return cut;
                from = cut.To;
            }
        }
    }

    private TimeSpan LatestOn(DateOnly day)
    {
        if (closed.Contains(day) || (week.ClosesOnTishaBAv && JewishHolidays.IsTishaBAv(day)))
        {
            return TimeSpan.Zero;
        }

        return week.JewishHolidays ? JewishHolidays.On(day) switch
        {
            HolidayHours.Open => TimeSpan.FromDays(1),
            HolidayHours.ShortDay => JewishHolidays.EveClosesAt.ToTimeSpan(),
            HolidayHours.Closed => TimeSpan.Zero,
        }
        : TimeSpan.FromDays(1);
    }

    private static TimeSpan EndOf(OpenHours hours) =>
        hours.To == TimeOnly.MinValue ? TimeSpan.FromDays(1) : hours.To.ToTimeSpan();
}
