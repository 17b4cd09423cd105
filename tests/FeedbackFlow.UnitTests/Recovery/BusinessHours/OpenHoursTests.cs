using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class OpenHoursTests
{
    [Theory]
    [InlineData("08:00", "10:00", "2026-11-23T08:00:00", true)]
    [InlineData("08:00", "10:00", "2026-11-23T07:59:59", false)]
    [InlineData("08:00", "10:00", "2026-11-23T09:59:59", true)]
    [InlineData("08:00", "10:00", "2026-11-23T10:00:00", false)]
    [InlineData("08:00", "10:00", "2026-11-24T09:00:00", false)]
    // Until midnight.
    [InlineData("22:00", "00:00", "2026-11-23T23:59:59", true)]
    [InlineData("22:00", "00:00", "2026-11-23T21:59:59", false)]
    [InlineData("22:00", "00:00", "2026-11-24T00:00:00", false)]
    [InlineData("00:00", "00:00", "2026-11-23T00:00:00", true)]
    public void A_shift_of_Monday_holds_its_beginning_and_not_its_end(string from, string to, string local, bool holds) =>
        Assert.Equal(holds, Businesses.Hours(DayOfWeek.Monday, from, to).Holds(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture)));
}
