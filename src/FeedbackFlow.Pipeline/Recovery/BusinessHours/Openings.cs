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
internal sealed class Openings(DayHours hours, DateTimeZone zone)
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
                if (start < end)
                {
                    yield return new Opening(day, start, end);
                }
            }
        }
    }
}
