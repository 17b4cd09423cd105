using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class NextCallTests
{
    [Fact]
    public void The_second_call_comes_within_three_hours() => Assert.Equal(A.Time("Mon 2026-11-23 13:00"), By(Policy.Default, "Mon 2026-11-23 10:00"));

    [Theory]
    [InlineData("Mon 2026-11-23 09:00", "Mon 2026-11-23 11:00", "Tue 2026-11-24 18:00")]
    [InlineData("Mon 2026-11-23 15:00", "Mon 2026-11-23 17:30", "Tue 2026-11-24 10:30")]
    [InlineData("Mon 2026-11-23 08:30", "Mon 2026-11-23 17:30", "Tue 2026-11-24 13:00")]
    // On a short Friday the hours are those of the Friday.
    [InlineData("Thu 2026-11-26 09:00", "Thu 2026-11-26 17:30", "Fri 2026-11-27 13:00")]
    public void The_third_comes_on_another_day_at_an_hour_that_was_not_tried(string first, string second, string by) =>
        Assert.Equal(A.Time(by), By(Policy.Default, first, second));

    [Fact]
    public void Under_the_call_back_rule_every_next_call_follows_the_rule() =>
        Assert.Equal(A.Time("Mon 2026-11-23 14:00"), By(Policy.Statutory, "Mon 2026-11-23 09:00", "Mon 2026-11-23 11:00"));

    private static DateTimeOffset By(Policy policy, params string[] tried) =>
        NextCall.By([.. tried.Select(at => new Attempt(A.Time(at), false, "דנה"))], policy, Changed.Hours, A.Time(tried[^1]));
}
