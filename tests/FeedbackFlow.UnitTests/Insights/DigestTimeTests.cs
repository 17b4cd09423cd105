using FeedbackFlow.Pipeline.Insights;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Insights;

public class DigestTimeTests
{
    [Theory]
    [InlineData("Mon 2026-11-23 07:59", false)]
    [InlineData("Mon 2026-11-23 08:00", true)]
    [InlineData("Mon 2026-11-23 17:59", true)]
    [InlineData("Mon 2026-11-23 18:00", false)]
    [InlineData("Fri 2026-11-27 12:59", true)]
    [InlineData("Fri 2026-11-27 13:00", false)]
    [InlineData("Sat 2026-11-28 10:00", false)]
    [InlineData("Tue 2026-09-22 13:00", true)]
    public void It_is_time_while_the_business_is_open(string at, bool isTime) => Assert.Equal(isTime, DigestTime.IsTime(A.Business(), A.Time(at)));

    [Fact]
    public void A_holiday_a_closing_day_and_a_time_of_rest_have_none()
    {
        // Yom Kippur 5787 is Monday 21 September 2026.
        Assert.False(DigestTime.IsTime(A.Business(), A.Time("Mon 2026-09-21 10:00")));
        var closed = A.Business() with { Week = WorkingWeek.Israeli with { ClosedDays = [new(2026, 11, 23)] } };
        Assert.False(DigestTime.IsTime(closed, A.Now));
        var always = A.Business() with { Week = new([.. Enum.GetValues<DayOfWeek>().Select(day => new OpenHours(day, default, default))], false, []), Rest = Pipeline.Recovery.RestMode.Hold };
        Assert.False(DigestTime.IsTime(always, A.Time("Sat 2026-11-28 10:00")));
        Assert.True(DigestTime.IsTime(always with { Rest = Pipeline.Recovery.RestMode.Off }, A.Time("Sat 2026-11-28 10:00")));
        // Who never closes reads it in the morning.
        Assert.False(DigestTime.IsTime(always, A.Time("Mon 2026-11-23 05:59")));
        Assert.True(DigestTime.IsTime(always, A.Time("Mon 2026-11-23 06:00")));
    }

    [Theory]
    [InlineData("Asia/Jerusalem", "2026-11-22T21:59:00Z", "2026-11-22T22:00:00Z", true)]
    [InlineData("Asia/Jerusalem", "2026-11-22T22:00:00Z", "2026-11-23T21:59:00Z", false)]
    [InlineData("America/New_York", "2026-11-22T22:00:00Z", "2026-11-23T04:59:00Z", false)]
    [InlineData("America/New_York", "2026-11-22T22:00:00Z", "2026-11-23T05:00:00Z", true)]
    public void A_day_is_that_of_the_wall_of_the_business(string zone, string last, string now, bool begins) =>
        Assert.Equal(begins, DigestTime.BeginsDay(A.Business() with { Zone = zone }, Instant(last), Instant(now)));

    [Theory]
    [InlineData("Thu 2026-11-26 08:00", "Fri 2026-11-27 08:00", false, false)]
    [InlineData("Fri 2026-11-27 08:00", "Sun 2026-11-29 08:00", true, false)]
    [InlineData("Fri 2026-11-27 08:00", "Mon 2026-11-30 08:00", true, true)]
    [InlineData("Sun 2026-11-29 08:00", "Mon 2026-11-30 08:00", false, true)]
    [InlineData("Mon 2026-11-30 08:00", "Fri 2026-12-04 08:00", false, false)]
    public void A_week_begins_on_Sunday_where_it_is_worked_and_else_on_Monday(string last, string now, bool israeli, bool international)
    {
        Assert.Equal(israeli, DigestTime.BeginsWeek(A.Business(), A.Time(last), A.Time(now)));
        Assert.Equal(international, DigestTime.BeginsWeek(A.Business() with { Week = WorkingWeek.International }, A.Time(last), A.Time(now)));
    }

    private static DateTimeOffset Instant(string at) => DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
}
