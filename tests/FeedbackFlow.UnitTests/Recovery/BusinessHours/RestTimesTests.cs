using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class RestTimesTests
{
    private static readonly RestTimes Jerusalem = new(Cities.Find("jerusalem"), WorkingTime.ZoneOf("Asia/Jerusalem"));

    /// <summary>When the rest that holds a moment ends, by the clock of Jerusalem; nothing outside of one.</summary>
    [Theory]
    // An ordinary Shabbat: sunset on Friday 4 December 2026 is 16:35, on Shabbat 16:35.
    [InlineData("Fri 2026-12-04 15:52", null)]
    [InlineData("Fri 2026-12-04 15:56", "Sat 2026-12-05 17:18")]
    [InlineData("Sat 2026-12-05 03:00", "Sat 2026-12-05 17:18")]
    [InlineData("Sat 2026-12-05 17:14", "Sat 2026-12-05 17:18")]
    [InlineData("Sat 2026-12-05 17:19", null)]
    [InlineData("Sun 2026-12-06 10:00", null)]
    // Shabbat and the two days of Rosh Hashana 2026 (Sat 12 and Sun 13 September): one rest until Sunday evening.
    [InlineData("Fri 2026-09-11 18:30", "Sun 2026-09-13 19:29")]
    [InlineData("Sat 2026-09-12 22:00", "Sun 2026-09-13 19:29")]
    // Rosh Hashana 2027 is Saturday and Sunday too; in 2024 Thursday, Friday and then Shabbat: three days.
    [InlineData("Wed 2024-10-02 18:00", "Sat 2024-10-05 19:03")]
    [InlineData("Thu 2024-10-03 20:00", "Sat 2024-10-05 19:03")]
    // Yom Kippur 2026, and the seventh day of Pesach.
    [InlineData("Sun 2026-09-20 19:00", "Mon 2026-09-21 19:19")]
    [InlineData("Tue 2026-04-07 18:40", "Wed 2026-04-08 19:45")]
    // Working days all the same: the intermediate days, Purim, Yom HaAtzmaut, the ninth of Av.
    [InlineData("Mon 2026-04-06 12:00", null)]
    [InlineData("Tue 2026-03-03 20:00", null)]
    [InlineData("Wed 2026-04-22 12:00", null)]
    [InlineData("Thu 2026-07-23 12:00", null)]
    public void Rest_lasts_from_before_one_sunset_until_after_the_next(string moment, string? end)
    {
        var found = Jerusalem.EndOf(A.Time(moment));
        Assert.True(found is null == end is null, $"{found}");
        if (end is not null) Assert.True((found!.Value - A.Time(end)).Duration() <= TimeSpan.FromMinutes(2), $"{found} instead of {end}");
    }

    [Fact]
    public void A_rest_begins_and_ends_on_a_whole_minute_and_its_end_is_outside()
    {
        var always = new WorkingTime(
            new([.. Enum.GetValues<DayOfWeek>().Select(day => new OpenHours(day, TimeOnly.MinValue, TimeOnly.MinValue))], false, []), WorkingTime.ZoneOf("Asia/Jerusalem"), Jerusalem);
        for (var friday = A.Time("Fri 2026-01-02 10:00"); friday.Year < 2027; friday = friday.AddDays(7))
        {
            if (JewishHolidays.IsRest(DateOnly.FromDateTime(friday.DateTime))) continue;
            var begins = always.ClosingOfDay(friday)!.Value;
            var ends = Jerusalem.EndOf(begins)!.Value;
            Assert.Equal((0, 0), (begins.Ticks % TimeSpan.TicksPerMinute, ends.Ticks % TimeSpan.TicksPerMinute));
            Assert.Null(Jerusalem.EndOf(begins.AddTicks(-1)));
            Assert.Equal(ends, Jerusalem.EndOf(ends.AddTicks(-1)));
            Assert.Null(Jerusalem.EndOf(ends));
            // At least the forty minutes before the one sunset and the forty-two after the other, in begun minutes.
            Assert.InRange(Sunset.On(DateOnly.FromDateTime(begins.DateTime), Cities.Find("jerusalem")) - begins, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(41));
            Assert.InRange(ends - Sunset.On(DateOnly.FromDateTime(ends.DateTime), Cities.Find("jerusalem")), TimeSpan.FromMinutes(42), TimeSpan.FromMinutes(43));
        }
    }

    [Fact]
    public void No_working_time_is_inside_a_rest()
    {
        // A shop that says it is open at all hours is still closed on Shabbat.
        var always = new WorkingWeek([.. Enum.GetValues<DayOfWeek>().Select(day => new OpenHours(day, TimeOnly.MinValue, TimeOnly.MinValue))], false, []);
        var hours = new WorkingTime(always, WorkingTime.ZoneOf("Asia/Jerusalem"), Jerusalem);
        Check.QuickThrowOnFailure(Prop.ForAll(
            Arb.From(from minute in Gen.Choose(0, 3 * 365 * 24 * 60) from amount in Gen.Choose(0, 6_000) select (Start: A.Now.AddMinutes(minute), Amount: TimeSpan.FromMinutes(amount))),
            any =>
            {
                var at = hours.Add(any.Start, any.Amount);
                return (Jerusalem.EndOf(at) is null || Jerusalem.EndOf(at.AddTicks(-1)) is null)
                    && hours.IsOpen(any.Start) == Jerusalem.EndOf(any.Start) is null
                    && hours.Between(any.Start, at) == any.Amount
                    && (Jerusalem.EndOf(any.Start) is not { } end || (hours.NextOpen(any.Start) == end && end > any.Start && end < any.Start.AddDays(4)));
            }));
    }

    [Fact]
    public void A_winter_Friday_that_says_six_closes_before_sunset()
    {
        var late = new WorkingWeek([new(DayOfWeek.Friday, new(8, 0), new(18, 0)), new(DayOfWeek.Saturday, new(12, 0), new(23, 0))], true, []);
        var hours = new WorkingTime(late, WorkingTime.ZoneOf("Asia/Jerusalem"), Jerusalem);
        var deadline = hours.Add(A.Time("Fri 2026-12-04 15:30"), TimeSpan.FromHours(1));
        // 25 minutes are left on Friday, the rest is counted from the end of Shabbat.
        Assert.Equal("17:53", deadline.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DayOfWeek.Saturday, deadline.DayOfWeek);
    }
}
