using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class CallWindowTests
{
    [Fact]
    public void Mornings_and_afternoons_of_the_next_days_are_offered() =>
        Assert.Equal(
            [
                "Mon 11:00-13:00", "Mon 13:00-18:00", "Tue 08:00-13:00", "Tue 13:00-18:00", "Wed 08:00-13:00", "Wed 13:00-18:00",
            ],
            Offered("Mon 2026-11-23 10:15"));

    /// <summary>Somebody must see it first, and less than an hour is no time to choose.</summary>
    [Theory]
    [InlineData("Mon 2026-11-23 10:30", "Mon 11:00-13:00")]
    [InlineData("Mon 2026-11-23 10:31", "Mon 11:30-13:00")]
    [InlineData("Mon 2026-11-23 11:30", "Mon 12:00-13:00")]
    [InlineData("Mon 2026-11-23 11:30:01", "Mon 13:00-18:00")]
    [InlineData("Mon 2026-11-23 16:30", "Mon 17:00-18:00")]
    [InlineData("Mon 2026-11-23 16:31", "Tue 08:00-13:00")]
    [InlineData("Fri 2026-11-27 09:00", "Fri 09:30-13:00")]
    [InlineData("Fri 2026-11-27 12:00", "Sun 08:00-13:00")]
    public void The_first_begins_on_the_next_half_hour_that_leaves_half_an_hour_and_lasts_an_hour_at_least(string now, string first) =>
        Assert.Equal(first, Offered(now)[0]);

    private static IReadOnlyList<string> Offered(string now) =>
        [.. CallWindow.Offered(Changed.Hours, A.Time(now)).Select(window => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{window.From:ddd HH:mm}-{window.By:HH:mm}"))];
}
