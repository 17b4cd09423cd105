using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class WorkingWeekCheckTests
{
    [Fact]
    public void The_ready_made_weeks_are_in_order()
    {
        Assert.Empty(WorkingWeek.Israeli.Check());
        Assert.Empty(WorkingWeek.International.Check());
        Assert.All(
            [Businesses.Salon, Businesses.Restaurant, Businesses.NightLine("UTC"), Businesses.RoundTheClock("UTC")],
            time => Assert.Empty(time.Week.Check()));
    }

    [Fact]
    public void A_week_without_hours_is_refused() =>
        Refused(new WorkingWeek([], JewishHolidays: false, []), "hours", WorkingWeekFault.NeverOpen, "give at least one day");

    [Fact]
    public void Missing_lists_are_refused()
    {
        Refused(new WorkingWeek(null!, JewishHolidays: false, []), "hours", WorkingWeekFault.NeverOpen, "give at least one day");
        Refused(WorkingWeek.Israeli with { ClosedDays = null! }, "closedDays", WorkingWeekFault.NoListOfClosedDays, "or an empty list");
    }

    [Theory]
    [InlineData("18:00", "08:00")]
    [InlineData("08:00", "08:00")]
    [InlineData("22:00", "06:00")]
    public void A_closing_that_is_not_after_the_opening_is_refused(string from, string to) =>
        Refused(
            Week(Businesses.Hours(DayOfWeek.Sunday, "08:00", "12:00"), Businesses.Hours(DayOfWeek.Monday, from, to)),
            "hours[1].to",
            WorkingWeekFault.ClosesBeforeItOpens,
            "give a later closing time");

    [Fact]
    public void Midnight_ends_a_day() =>
        Assert.Empty(Week(Businesses.Hours(DayOfWeek.Sunday, "22:00", "00:00"), Businesses.Hours(DayOfWeek.Monday, "00:00", "00:00")).Check());

    [Theory]
    [InlineData("08:00", "13:00", "12:00", "18:00", 1)]
    [InlineData("12:00", "18:00", "08:00", "13:00", 0)]
    [InlineData("08:00", "18:00", "10:00", "11:00", 1)]
    [InlineData("08:00", "18:00", "08:00", "18:00", 1)]
    [InlineData("08:00", "00:00", "20:00", "22:00", 1)]
    public void Overlapping_hours_are_refused(string from, string to, string otherFrom, string otherTo, int named) =>
        Refused(
            Week(Businesses.Hours(DayOfWeek.Sunday, from, to), Businesses.Hours(DayOfWeek.Sunday, otherFrom, otherTo)),
            $"hours[{named}].from",
            WorkingWeekFault.Overlap,
            "join the two");

    [Fact]
    public void Hours_that_touch_or_lie_on_different_days_do_not_overlap() =>
        Assert.Empty(Week(
            Businesses.Hours(DayOfWeek.Sunday, "12:00", "18:00"),
            Businesses.Hours(DayOfWeek.Sunday, "08:00", "12:00"),
            Businesses.Hours(DayOfWeek.Monday, "08:00", "18:00")).Check());

    [Fact]
    public void A_day_that_is_none_is_refused() =>
        Refused(Week(Businesses.Hours((DayOfWeek)7, "08:00", "12:00")), "hours[0].day", WorkingWeekFault.UnknownDay, "Sunday to Saturday");

    [Fact]
    public void Every_problem_is_told_at_once() =>
        Assert.Equal(
            ["hours[0].to", "hours[2].from"],
            Week(
                Businesses.Hours(DayOfWeek.Sunday, "18:00", "08:00"),
                Businesses.Hours(DayOfWeek.Monday, "08:00", "12:00"),
                Businesses.Hours(DayOfWeek.Monday, "11:00", "15:00")).Check().Select(problem => problem.Field));

    [Theory]
    [InlineData("asia/jerusalem", "write \"Asia/Jerusalem\"")]
    [InlineData("Jerusalem", "write \"Asia/Jerusalem\"")]
    [InlineData("new york", "write \"America/New_York\"")]
    [InlineData("Israel Standard Time", "a name like Asia/Jerusalem")]
    [InlineData("UTC+02:00", "a name like Asia/Jerusalem")]
    [InlineData("", "a name like Asia/Jerusalem")]
    [InlineData(null, "a name like Asia/Jerusalem")]
    public void A_zone_that_does_not_exist_is_refused(string? id, string fix)
    {
        var problem = Assert.Single(WorkingWeekCheck.CheckZone(id));

        Assert.Equal(("zone", WorkingWeekFault.UnknownZone), (problem.Field, problem.Fault));
        Assert.Contains(fix, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, Assert.Throws<ArgumentException>(() => WorkingTime.ZoneOf(id!)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asia/Jerusalem")]
    [InlineData("Israel")]
    [InlineData("UTC")]
    public void A_zone_of_the_database_is_accepted(string id)
    {
        Assert.Empty(WorkingWeekCheck.CheckZone(id));
        Assert.Equal(id, WorkingTime.ZoneOf(id).Id);
    }

    private static WorkingWeek Week(params OpenHours[] hours) => new(hours, JewishHolidays: false, []);

    private static void Refused(WorkingWeek week, string field, WorkingWeekFault fault, string fix)
    {
        var problem = Assert.Single(week.Check());
        Assert.Equal((field, fault), (problem.Field, problem.Fault));
        Assert.StartsWith(field, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Message, StringComparison.Ordinal);
    }
}
