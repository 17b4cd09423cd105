using System.Globalization;
using NodaTime;

namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>What is wrong in a week or its zone; pages in other languages word it from this.</summary>
public enum WorkingWeekFault
{
    NeverOpen,
    UnknownDay,
    ClosesBeforeItOpens,
    Overlap,
    NoListOfClosedDays,
    UnknownZone,
}

/// <param name="Field">Where it stands, as in <c>hours[2].to</c>.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record WorkingWeekProblem(string Field, WorkingWeekFault Fault, string Message);

/// <summary>Tells what is wrong with a week or a zone before anything is promised by it. No problems: it can be used.</summary>
public static class WorkingWeekCheck
{
    public static IReadOnlyList<WorkingWeekProblem> Check(this WorkingWeek week)
    {
        if (week.Hours is null or [])
        {
            return [new("hours", WorkingWeekFault.NeverOpen, "hours is empty: give at least one day with an opening and a closing time.")];
        }

        List<WorkingWeekProblem> problems = [.. week.Hours.SelectMany(CheckLine), .. Overlaps(week.Hours)];
        if (week.ClosedDays is null)
        {
            problems.Add(new("closedDays", WorkingWeekFault.NoListOfClosedDays, "closedDays is missing: give the business's own closing days, or an empty list."));
        }

        return problems;
    }

    public static IReadOnlyList<WorkingWeekProblem> CheckZone(string? id)
    {
        // The provider would also take "UTC+02:00", which knows no daylight saving; only names of places are wanted.
        var known = DateTimeZoneProviders.Tzdb.Ids;
        return id is not null && known.Contains(id)
            ? []
            : [new("zone", WorkingWeekFault.UnknownZone, $"zone \"{id}\" is not in the time-zone database: write {Nearest(id, known)}.")];
    }

    private static IEnumerable<WorkingWeekProblem> CheckLine(OpenHours line, int index)
    {
        if (!Enum.IsDefined(line.Day))
        {
            yield return new($"hours[{index}].day", WorkingWeekFault.UnknownDay, $"hours[{index}].day is no day of the week: write Sunday to Saturday.");
        }

        if (!EndsAtMidnight(line) && line.From >= line.To)
        {
            yield return new(
                $"hours[{index}].to",
                WorkingWeekFault.ClosesBeforeItOpens,
                $"hours[{index}].to ({Text(line.To)}) is not after from ({Text(line.From)}): give a later closing time; "
                + "for a shift past midnight end this line at 00:00 and begin one at 00:00 on the next day.");
        }
    }

    private static IEnumerable<WorkingWeekProblem> Overlaps(IReadOnlyList<OpenHours> hours) =>
        from day in hours.Select((line, index) => (Line: line, Index: index)).GroupBy(entry => entry.Line.Day)
        let inOrder = day.OrderBy(entry => entry.Line.From).ToList()
        from pair in inOrder.Zip(inOrder.Skip(1))
        where EndsAtMidnight(pair.First.Line) || pair.Second.Line.From < pair.First.Line.To
        select new WorkingWeekProblem(
            $"hours[{pair.Second.Index}].from",
            WorkingWeekFault.Overlap,
            $"hours[{pair.Second.Index}].from ({Text(pair.Second.Line.From)}) lies inside hours[{pair.First.Index}] "
            + $"({Text(pair.First.Line.From)} to {Text(pair.First.Line.To)}) on {day.Key}: join the two or let them follow one another.");

    private static bool EndsAtMidnight(OpenHours line) => line.To == TimeOnly.MinValue;

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Nearest(string? id, IEnumerable<string> known)
    {
        var wanted = (id ?? "").Trim().Replace(' ', '_');
        var near = known.FirstOrDefault(name => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? known.FirstOrDefault(name => wanted.Length > 0 && name.EndsWith("/" + wanted, StringComparison.OrdinalIgnoreCase));
        return near is null ? "a name like Asia/Jerusalem or Europe/London" : $"\"{near}\"";
    }
}
