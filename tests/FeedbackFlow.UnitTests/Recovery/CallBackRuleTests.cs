using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>The Israeli call-back rule for a plumber who works Sunday to Thursday 08:00-18:00 and Friday 08:00-13:00.</summary>
public class CallBackRuleTests
{
    private static readonly WorkingTime Hours = A.Business().Hours();

    [Theory]
    // Within three hours.
    [InlineData("Mon 2026-11-23 08:00", "Mon 2026-11-23 11:00")]
    [InlineData("Mon 2026-11-23 14:59", "Mon 2026-11-23 17:59")]
    [InlineData("Mon 2026-11-23 15:00", "Mon 2026-11-23 18:00")]
    // Three hours would end after closing: by closing, which is stricter than the rule.
    [InlineData("Mon 2026-11-23 15:30", "Mon 2026-11-23 18:00")]
    [InlineData("Mon 2026-11-23 16:00", "Mon 2026-11-23 18:00")]
    // In the last two hours: within three hours of the next working day's start.
    [InlineData("Mon 2026-11-23 16:01", "Tue 2026-11-24 11:00")]
    [InlineData("Mon 2026-11-23 17:59", "Tue 2026-11-24 11:00")]
    [InlineData("Mon 2026-11-23 18:00", "Tue 2026-11-24 11:00")]
    [InlineData("Mon 2026-11-23 23:00", "Tue 2026-11-24 11:00")]
    [InlineData("Tue 2026-11-24 03:00", "Tue 2026-11-24 11:00")]
    [InlineData("Thu 2026-11-26 17:00", "Fri 2026-11-27 11:00")]
    // Friday is short; Shabbat is no day.
    [InlineData("Fri 2026-11-27 10:30", "Fri 2026-11-27 13:00")]
    [InlineData("Fri 2026-11-27 11:01", "Sun 2026-11-29 11:00")]
    [InlineData("Sat 2026-11-28 20:00", "Sun 2026-11-29 11:00")]
    // A holiday's eve ends at 13:00 (Pesach 2026: Thursday 2 April).
    [InlineData("Wed 2026-04-01 11:30", "Fri 2026-04-03 11:00")]
    public void A_message_is_answered_within_three_hours(string left, string deadline) =>
        Assert.Equal(A.Time(deadline), CallBackRule.Deadline(A.Time(left), Hours));

    [Theory]
    [InlineData("Mon 2026-11-23 07:00", "Mon 2026-11-23 09:30")]
    [InlineData("Mon 2026-11-23 08:00", "Mon 2026-11-23 09:30")]
    [InlineData("Mon 2026-11-23 08:01", "Tue 2026-11-24 09:30")]
    public void A_day_shorter_than_two_hours_answers_what_waited_for_its_opening(string left, string deadline)
    {
        var brief = A.Business() with { Week = new([new(DayOfWeek.Monday, new(8, 0), new(9, 30)), new(DayOfWeek.Tuesday, new(8, 0), new(9, 30))], false, []) };
        Assert.Equal(A.Time(deadline), CallBackRule.Deadline(A.Time(left), brief.Hours()));
    }

    [Fact]
    public void It_is_in_open_time_never_before_the_message_and_later_messages_are_never_due_earlier() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Arb.From(from minute in Gen.Choose(0, 2 * 365 * 24 * 60) from more in Gen.Choose(0, 5_000) select (minute, more)),
            any =>
            {
                var (left, later) = (A.Now.AddMinutes(any.minute), A.Now.AddMinutes(any.minute + any.more));
                var deadline = CallBackRule.Deadline(left, Hours);
                return deadline > left && Hours.IsOpen(deadline.AddTicks(-1)) && Hours.Between(left, deadline) <= TimeSpan.FromHours(5) && deadline <= CallBackRule.Deadline(later, Hours);
            }));

    [Theory]
    // The clock goes forward in the night to Friday, 27 March 2026, and back in the night to Sunday, 25 October.
    [InlineData("Fri 2026-03-27 03:30", "Fri 2026-03-27 05:00")]
    [InlineData("Fri 2026-03-20 03:30", "Fri 2026-03-20 05:00")]
    [InlineData("Fri 2026-03-27 04:10", "Thu 2026-04-02 23:00")]
    public void Before_the_first_opening_a_message_waits_for_that_day_though_the_clock_changes_in_its_night(string left, string deadline)
    {
        var nightly = new WorkingTime(new([new(DayOfWeek.Thursday, new(20, 0), TimeOnly.MinValue), new(DayOfWeek.Friday, new(4, 0), new(5, 0))], false, []), Hours.Zone);
        Assert.Equal(A.Time(deadline), CallBackRule.Deadline(A.Time(left), nightly));
    }

    [Fact]
    public void The_preset_puts_every_promise_under_the_rule()
    {
        foreach (var priority in Enum.GetValues<Priority>())
            Assert.Equal(A.Time("Tue 2026-11-24 11:00"), Policy.Statutory.Deadline(priority, A.Time("Mon 2026-11-23 17:00"), Hours));
        Assert.Equal(A.Time("Mon 2026-11-23 18:00"), Policy.Default.Deadline(Priority.Critical, A.Time("Mon 2026-11-23 17:00"), Hours));
        // What is told is told in whole minutes.
        Assert.Equal(A.Time("Mon 2026-11-23 12:00"), Policy.Statutory.Deadline(Priority.Normal, A.Time("Mon 2026-11-23 08:59").AddSeconds(30), Hours));
    }
}
