using NodaTime;

namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>An unbroken stretch of open time on the time line, and the local day it belongs to.</summary>
internal sealed record Opening(LocalDate Day, Instant Start, Instant End)
{
    public Duration Length => End - Start;
}

/// <summary>
/// Lays the hours of the wall clock on the time line: open is every moment at which the clock on the business's wall shows an opening hour. Walks from one
/// change of the zone's offset to the next, and inside each by days, so an hour that is skipped vanishes and one that is repeated comes twice.
/// </summary>
internal sealed class Openings(DayHours hours, DateTimeZone zone, RestTimes? rest)
{
    /// <summary>In order, cut at both ends; found one by one as they are asked for.</summary>
    public IEnumerable<Opening> Between(Instant from, Instant to)
    {
        for (var at = from; at < to;)
        {
            var rule = zone.GetZoneInterval(at);
            var end = rule.HasEnd ? Instant.Min(rule.End, to) : to;
            foreach (var opening in Under(rule.WallOffset, at, end))
            {
                yield return opening;
            }

            at = end;
        }
    }

    private IEnumerable<Opening> Under(Offset offset, Instant from, Instant to)
    {
        var last = to.WithOffset(offset).Date;
        for (var day = from.WithOffset(offset).Date; day <= last; day = day.PlusDays(1))
        {
            var midnight = day.AtMidnight().WithOffset(offset).ToInstant();
            foreach (var shift in hours.On(day.ToDateOnly()))
            {
                var start = Instant.Max(midnight + Duration.FromTimeSpan(shift.From), from);
                var end = Instant.Min(midnight + Duration.FromTimeSpan(shift.To), to);
                foreach (var opening in Awake(new Opening(day, start, end)))
                {
                    yield return opening;
                }
            }
        }
    }

    /// <summary>What the days of rest around it leave of a shift: no alert leaves in them, so no time is promised in them.</summary>
    private IEnumerable<Opening> Awake(Opening shift)
    {
        var day = shift.Day.ToDateOnly();
        foreach (var resting in rest is null ? [] : new[] { rest.On(day), rest.On(day.AddDays(1)) })
        {
            if (resting is not { } hold)
            {
                continue;
            }

            var (from, until) = (Instant.FromDateTimeOffset(hold.From), Instant.FromDateTimeOffset(hold.Until));
            if (shift.Start < from && from < shift.End)
            {
                yield return shift with { End = from };
            }

            // What lies before the rest is given already; what begins in it begins at its end.
            shift = shift with { Start = from < shift.End && shift.Start < until ? Instant.Max(shift.Start, until) : shift.Start };
        }

        if (shift.Start < shift.End)
        {
            yield return shift;
        }
    }
}
