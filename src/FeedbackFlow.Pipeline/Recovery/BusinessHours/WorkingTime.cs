using NodaTime;

namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>
/// Business minutes in a zone: the one place that knows weeks, holidays and daylight saving. Minutes are counted on the time line
/// (an hour that daylight saving skips is not open, one that it repeats is open twice). Answers carry the zone's offset.
/// </summary>
/// <remarks>
/// Give it a week without problems (<see cref="WorkingWeekCheck"/>). One that stays closed for <see cref="LongestClosing"/> is answered with an
/// <see cref="InvalidOperationException"/>, never with an endless search.
/// </remarks>
/// <param name="rest">Times of rest that are no working time, whatever the week says; null for none.</param>
public sealed class WorkingTime(WorkingWeek week, DateTimeZone zone, RestTimes? rest = null)
{
    private static readonly Duration LongestClosing = Duration.FromDays(400);

    private readonly Openings openings = new(new DayHours(week), zone, rest);

    public DateTimeZone Zone => zone;

    public WorkingWeek Week => week;

    /// <summary>The zone of this name in the time-zone database; what is wrong with a name is told by <see cref="WorkingWeekCheck.CheckZone"/>.</summary>
    /// <exception cref="ArgumentException">There is none; the message says what to write.</exception>
    public static DateTimeZone ZoneOf(string id) =>
        WorkingWeekCheck.CheckZone(id) is [var problem, ..]
            ? throw new ArgumentException(problem.Message, nameof(id))
            : DateTimeZoneProviders.Tzdb[id];

    /// <summary>What the clock on the wall of this zone shows.</summary>
    public static DateTime LocalOf(string zone, DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(ZoneOf(zone)).ToDateTimeUnspecified();

    /// <summary>Whether the business is open at this moment (closing time itself counts as closed).</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var moment = Instant.FromDateTimeOffset(at);
        return openings.Between(moment, moment + Duration.Epsilon).Any();
    }

    /// <summary>Whether it opens again within <see cref="LongestClosing"/>; a week that lies wholly in times of rest does not.</summary>
    public bool OpensAgain(DateTimeOffset at) => openings.Between(Instant.FromDateTimeOffset(at), Instant.FromDateTimeOffset(at) + LongestClosing).Any();

    /// <summary>This moment if open, else the next opening.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset at) => Local(OpeningFrom(Instant.FromDateTimeOffset(at)).Start);

    /// <summary>
    /// The moment at which this much open time has passed since <paramref name="start"/>. It lies in open time or exactly at a closing; never before the
    /// start; monotone in the amount. Zero gives <see cref="NextOpen"/>.
    /// </summary>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan openTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(openTime, TimeSpan.Zero);

        var left = Duration.FromTimeSpan(openTime);
        var opening = OpeningFrom(Instant.FromDateTimeOffset(start));
        while (left > opening.Length)
        {
            left -= opening.Length;
            opening = OpeningFrom(opening.End);
        }

        return Local(opening.Start + left);
    }

    /// <summary>The first moment of the local day of <paramref name="at"/>: midnight, or what daylight saving makes of it.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset at) => zone.AtStartOfDay(Instant.FromDateTimeOffset(at).InZone(zone).Date).ToDateTimeOffset();

    /// <summary>The closing of the local day of <paramref name="at"/>; null when nothing of that day is open from then on.</summary>
    public DateTimeOffset? ClosingOfDay(DateTimeOffset at)
    {
        var moment = Instant.FromDateTimeOffset(at);
        var today = moment.InZone(zone).Date;
        // Two days hold any local day, however the zone stretches it.
        return openings.Between(moment, moment + Duration.FromDays(2)).LastOrDefault(opening => opening.Day == today) is { } last ? Local(last.End) : null;
    }

    /// <summary>The first opening of a working day that begins after the local day of <paramref name="at"/>.</summary>
    public DateTimeOffset NextWorkingDay(DateTimeOffset at) => Local(FirstAfterDayOf(Instant.FromDateTimeOffset(at)).Start);

    /// <summary>Open time between two moments; zero when the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) =>
        openings.Between(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to))
            .Aggregate(Duration.Zero, (sum, opening) => sum + opening.Length)
            .ToTimeSpan();

    /// <summary>The closing of the first working day that begins after the local day of <paramref name="at"/>.</summary>
    public DateTimeOffset EndOfNextWorkingDay(DateTimeOffset at)
    {
        var first = FirstAfterDayOf(Instant.FromDateTimeOffset(at));

        // Two days hold any local day, however the zone stretches it.
        return Local(openings.Between(first.Start, first.Start + Duration.FromDays(2)).Last(opening => opening.Day == first.Day).End);
    }

    /// <summary>Stretches of open time from this moment on, cut at 13:00 on the wall: what people call the morning and the afternoon.</summary>
    /// <param name="shortest">Shorter ones are left out.</param>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset By)> HalfDays(DateTimeOffset from, TimeSpan shortest, int most)
    {
        var moment = Instant.FromDateTimeOffset(from);
        return
        [
            .. openings.Between(moment, moment + LongestClosing)
                .SelectMany(CutAtNoon)
                .Where(part => part.Length.ToTimeSpan() >= shortest)
                .Take(most)
                .Select(part => (Local(part.Start), Local(part.End))),
        ];
    }

    private IEnumerable<Opening> CutAtNoon(Opening opening)
    {
        var noon = opening.Day.At(new LocalTime(13, 0)).InZoneLeniently(zone).ToInstant();
        return opening.Start < noon && noon < opening.End
            ? [opening with { End = noon }, opening with { Start = noon }]
            : [opening];
    }

    private Opening FirstAfterDayOf(Instant at)
    {
        var today = at.InZone(zone).Date;
        return openings.Between(at, at + LongestClosing).FirstOrDefault(opening => opening.Day > today) ?? throw NeverOpen(at);
    }

    private Opening OpeningFrom(Instant at) => openings.Between(at, at + LongestClosing).FirstOrDefault() ?? throw NeverOpen(at);

    private InvalidOperationException NeverOpen(Instant at) => new(
        $"The business has no open hour in the {LongestClosing.Days} days after {at} ({zone.Id}). Give the week opening hours or remove closing days.");

    private DateTimeOffset Local(Instant at) => at.InZone(zone).ToDateTimeOffset();
}
