using System.Globalization;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

/// <summary>A business, a moment and two amounts of open time, drawn at random.</summary>
public sealed record Case(string Zone, WorkingWeek Week, DateTimeOffset Start, TimeSpan Amount, TimeSpan Further)
{
    public WorkingTime Time { get; } = Businesses.In(Zone, Week);

    public override string ToString() =>
        $"{Zone}, {WallClock.Write(Start, Time.Zone)}, {Amount} and {Further}, holidays {Week.JewishHolidays}: "
        + string.Join("; ", Week.Hours.Select(line => $"{line.Day} {line.From:HH:mm}-{line.To:HH:mm}"))
        + (Week.ClosedDays.Count == 0 ? "" : $", closed on {string.Join(", ", Week.ClosedDays.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}");
}

internal static class AnyBusiness
{
    /// <summary>Among them zones that change by half an hour, at midnight, a minute after it, and one that left out a whole day.</summary>
    private static readonly string[] Zones =
    [
        "Asia/Jerusalem", "Asia/Jerusalem", "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "America/St_Johns",
        "Pacific/Apia", "Asia/Kathmandu", "UTC",
    ];

    public static Arbitrary<Case> Cases { get; } = Arb.From(
        from zone in Gen.Elements(Zones)
        from week in Weeks
        from start in StartsIn(zone)
        from amount in Amounts(week)
        from further in Amounts(week)
        from closedFrom in Gen.Choose(0, 6)
        from closedFor in Gen.Choose(0, 4)
        let closed = Enumerable.Range(closedFrom, closedFor).Select(DateOnly.FromDateTime(start.DateTime).AddDays).ToList()
        select new Case(zone, week with { ClosedDays = closed }, start, amount, further));

    private static Gen<WorkingWeek> Weeks =>
        from days in Gen.SubListOf(Enum.GetValues<DayOfWeek>()).Where(days => days.Count > 0)
        from shifts in Gen.CollectToSequence(days, Shifts)
        from holidays in Gen.Elements(true, false)
        select new WorkingWeek([.. shifts.SelectMany(shift => shift)], holidays, []);

    /// <summary>One to three shifts of a day, on the five minutes; at times they touch or reach midnight.</summary>
    private static Gen<List<OpenHours>> Shifts(DayOfWeek day) =>
        from count in Gen.Choose(1, 3)
        from edges in Gen.ArrayOf(Gen.Choose(0, 288), count * 2)
        let pairs = edges.Order().Chunk(2).Where(pair => pair[0] < pair[1]).ToList()
        select (pairs.Count == 0 ? [[96, 216]] : pairs)
            .Select(pair => new OpenHours(day, Clock(pair[0]), Clock(pair[1])))
            .ToList();

    /// <summary>Anywhere in thirty years, and as often close to a change of the zone's clocks.</summary>
    private static Gen<DateTimeOffset> StartsIn(string zone) => Gen.OneOf(Anywhere, NearAChange(DateTimeZoneProviders.Tzdb[zone]));

    private static Gen<DateTimeOffset> Anywhere =>
        from minutes in Gen.Choose(0, 30 * 365 * 24 * 60)
        select new DateTimeOffset(2006, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

    private static Gen<DateTimeOffset> NearAChange(DateTimeZone zone) =>
        from day in Anywhere
        from minutes in Gen.Choose(-2000, 200)
        let rule = zone.GetZoneInterval(Instant.FromDateTimeOffset(day))
        select (rule.HasEnd ? rule.End.ToDateTimeOffset() : day).AddMinutes(minutes);

    /// <summary>Up to about two weeks of work.</summary>
    private static Gen<TimeSpan> Amounts(WorkingWeek week)
    {
        var ofAWeek = week.Hours.Sum(line => (line.To - line.From).TotalMinutes);
        return Gen.Choose(0, Math.Max(1, (int)ofAWeek * 2)).Select(minutes => TimeSpan.FromMinutes(minutes));
    }

    private static TimeOnly Clock(int fiveMinutes) => TimeOnly.MinValue.AddMinutes(fiveMinutes * 5);
}
