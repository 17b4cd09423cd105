using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class QuietHoursTests
{
    private const string Zone = "Asia/Jerusalem";

    [Theory]
    [InlineData("21:00-07:00", "Mon 2026-11-23 20:59", null)]
    [InlineData("21:00-07:00", "Mon 2026-11-23 21:00", "Tue 2026-11-24 07:00")]
    [InlineData("21:00-07:00", "Tue 2026-11-24 06:59", "Tue 2026-11-24 07:00")]
    [InlineData("21:00-07:00", "Tue 2026-11-24 07:00", null)]
    [InlineData("14:00-16:00", "Mon 2026-11-23 13:59", null)]
    [InlineData("14:00-16:00", "Mon 2026-11-23 14:00", "Mon 2026-11-23 16:00")]
    [InlineData("14:00-16:00", "Mon 2026-11-23 16:00", null)]
    // Clocks go forward at two on Friday 26 March 2027 and back at two on Sunday 31 October 2027.
    [InlineData("22:00-02:30", "Fri 2027-03-26 01:30", "Fri 2027-03-26 03:00")]
    [InlineData("22:00-07:00", "Sat 2027-10-30 23:00", "Sun 2027-10-31 07:00")]
    public void They_end_by_the_clock_on_the_wall(string hours, string at, string? end) =>
        Assert.Equal(end is null ? null : A.Time(end), QuietHours.Read(hours)!.EndOf(A.Time(at), Zone));

    /// <summary>An hour that comes twice is quiet both times, and no end lies in the past: a letter would wait for it for ever.</summary>
    [Theory]
    [InlineData("22:00-01:30")]
    [InlineData("01:15-01:45")]
    [InlineData("22:00-02:00")]
    public void The_end_is_always_still_to_come(string hours)
    {
        var quiet = QuietHours.Read(hours)!;
        foreach (var day in new[] { "Sat 2027-10-30 20:00", "Thu 2027-03-25 20:00" })
            for (var minute = 0; minute < 12 * 60; minute++)
            {
                var at = A.Time(day).AddMinutes(minute);
                if (quiet.EndOf(at, Zone) is { } end) Assert.True(end > at, $"{hours} at {at:O} ends at {end:O}");
            }
    }

    [Theory]
    [InlineData("21:00-07:00", "21:00-07:00")]
    [InlineData("9:00 - 10:00", "09:00-10:00")]
    [InlineData("07:00-23:00", "07:00-23:00")]
    [InlineData("07:00-23:01", null)]
    [InlineData("21:00-21:00", null)]
    [InlineData("21:00", null)]
    [InlineData("24:00-07:00", null)]
    [InlineData("at night", null)]
    [InlineData("", null)]
    public void They_are_read_as_they_are_written(string text, string? written) => Assert.Equal(written, QuietHours.Read(text)?.Written);
}
