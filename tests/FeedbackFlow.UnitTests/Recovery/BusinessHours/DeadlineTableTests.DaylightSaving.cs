using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

/// <summary>
/// Israel 2026: Fri 27 March 02:00 becomes 03:00, Sun 25 October 02:00 becomes 01:00. London: Sun 29 March 01:00 and Sun 25 October 02:00. New York: Sun
/// 8 March 02:00 and Sun 1 November 02:00.
/// </summary>
public partial class DeadlineTableTests
{
    /// <summary>Closed at night, so only the clock on the wall counts.</summary>
    [Theory]
    [InlineData("Thu 2026-03-26 17:40", 60, "Fri 2026-03-27 08:40")]
    [InlineData("Thu 2026-03-26 17:00", 360, "Fri 2026-03-27 13:00")]
    [InlineData("Fri 2026-03-27 01:30", 60, "Fri 2026-03-27 09:00")]
    [InlineData("Fri 2026-03-27 12:30", 60, "Sun 2026-03-29 08:30")]
    [InlineData("Fri 2026-10-23 12:30", 60, "Sun 2026-10-25 08:30")]
    [InlineData("Sat 2026-10-24 23:00", 60, "Sun 2026-10-25 09:00")]
    [InlineData("Sun 2026-10-25 01:30+03:00", 60, "Sun 2026-10-25 09:00")]
    [InlineData("Sun 2026-10-25 01:30+02:00", 60, "Sun 2026-10-25 09:00")]
    public void Plumber_around_the_change_of_the_clocks(string start, int minutes, string deadline) => Expect(Businesses.Plumber, start, minutes, deadline);

    [Theory]
    // The skipped hour: after 01:59 comes 03:00.
    [InlineData("Fri 2026-03-27 00:00", 119, "Fri 2026-03-27 01:59")]
    [InlineData("Fri 2026-03-27 01:00", 60, "Fri 2026-03-27 03:00")]
    [InlineData("Fri 2026-03-27 01:30", 60, "Fri 2026-03-27 03:30")]
    [InlineData("Fri 2026-03-27 00:00", 180, "Fri 2026-03-27 04:00")]
    [InlineData("Thu 2026-03-26 12:00", 1440, "Fri 2026-03-27 13:00")]
    // The repeated hour: 01:00 to 02:00 comes twice.
    [InlineData("Sun 2026-10-25 00:30", 60, "Sun 2026-10-25 01:30+03:00")]
    [InlineData("Sun 2026-10-25 00:30", 120, "Sun 2026-10-25 01:30+02:00")]
    [InlineData("Sun 2026-10-25 01:30+03:00", 60, "Sun 2026-10-25 01:30+02:00")]
    [InlineData("Sun 2026-10-25 01:30+02:00", 60, "Sun 2026-10-25 02:30")]
    [InlineData("Sun 2026-10-25 00:00", 180, "Sun 2026-10-25 02:00")]
    [InlineData("Sat 2026-10-24 12:00", 1440, "Sun 2026-10-25 11:00")]
    // Any other night, and a week that never closes.
    [InlineData("Fri 2026-11-20 23:00", 60, "Sat 2026-11-21 00:00")]
    [InlineData("Fri 2026-11-20 23:30", 60, "Sat 2026-11-21 00:30")]
    [InlineData("Sat 2026-11-21 12:00", 10080, "Sat 2026-11-28 12:00")]
    public void Round_the_clock_in_Jerusalem(string start, int minutes, string deadline) =>
        Expect(Businesses.RoundTheClock("Asia/Jerusalem"), start, minutes, deadline);

    /// <summary>Every night from 22:00 to 06:00: seven hours in the night of spring, nine in the night of autumn.</summary>
    [Theory]
    [InlineData("Fri 2026-11-20 12:00", 60, "Fri 2026-11-20 23:00")]
    [InlineData("Fri 2026-11-20 23:59", 2, "Sat 2026-11-21 00:01")]
    [InlineData("Fri 2026-11-20 22:00", 480, "Sat 2026-11-21 06:00")]
    [InlineData("Fri 2026-11-20 22:00", 481, "Sat 2026-11-21 22:01")]
    [InlineData("Thu 2026-03-26 22:00", 420, "Fri 2026-03-27 06:00")]
    [InlineData("Thu 2026-03-26 22:00", 421, "Fri 2026-03-27 22:01")]
    [InlineData("Sat 2026-10-24 22:00", 540, "Sun 2026-10-25 06:00")]
    [InlineData("Sat 2026-10-24 22:00", 541, "Sun 2026-10-25 22:01")]
    public void Night_line_in_Jerusalem(string start, int minutes, string deadline) =>
        Expect(Businesses.NightLine("Asia/Jerusalem"), start, minutes, deadline);

    /// <summary>Every day 02:00-06:00; in the night of spring there is no two o'clock, so it opens at three.</summary>
    [Theory]
    [InlineData("Thu 2026-03-26 12:00", 0, "Fri 2026-03-27 03:00")]
    [InlineData("Thu 2026-03-26 12:00", 60, "Fri 2026-03-27 04:00")]
    [InlineData("Thu 2026-03-26 12:00", 180, "Fri 2026-03-27 06:00")]
    [InlineData("Thu 2026-03-26 12:00", 181, "Sat 2026-03-28 02:01")]
    [InlineData("Sun 2026-10-25 01:30+02:00", 60, "Sun 2026-10-25 03:00")]
    public void Bakery_that_opens_inside_the_skipped_hour(string start, int minutes, string deadline) =>
        Expect(Businesses.Daily("Asia/Jerusalem", "02:00", "06:00"), start, minutes, deadline);

    /// <summary>Every day 02:00-03:00: one day in spring has no such hour.</summary>
    [Theory]
    [InlineData("Thu 2026-03-26 02:30", 60, "Sat 2026-03-28 02:30")]
    [InlineData("Thu 2026-03-26 12:00", 30, "Sat 2026-03-28 02:30")]
    public void Delivery_hour_that_is_skipped_whole(string start, int minutes, string deadline) =>
        Expect(Businesses.Daily("Asia/Jerusalem", "02:00", "03:00"), start, minutes, deadline);

    /// <summary>Every day 01:00-01:30: in the night of autumn the clock shows it twice, with half an hour between.</summary>
    [Theory]
    [InlineData("Sat 2026-10-24 12:00", 30, "Sun 2026-10-25 01:30+03:00")]
    [InlineData("Sat 2026-10-24 12:00", 45, "Sun 2026-10-25 01:15+02:00")]
    [InlineData("Sun 2026-10-25 01:45+03:00", 0, "Sun 2026-10-25 01:00+02:00")]
    [InlineData("Sat 2026-10-24 12:00", 60, "Sun 2026-10-25 01:30+02:00")]
    [InlineData("Sat 2026-10-24 12:00", 61, "Mon 2026-10-26 01:01")]
    public void Delivery_hour_that_comes_twice(string start, int minutes, string deadline) =>
        Expect(Businesses.Daily("Asia/Jerusalem", "01:00", "01:30"), start, minutes, deadline);

    /// <summary>Monday to Friday 09:00-17:00.</summary>
    [Theory]
    [InlineData("Mon 2026-11-23 08:59", 1, "Mon 2026-11-23 09:01")]
    [InlineData("Mon 2026-11-23 09:00", 60, "Mon 2026-11-23 10:00")]
    [InlineData("Mon 2026-11-23 09:00", 480, "Mon 2026-11-23 17:00")]
    [InlineData("Mon 2026-11-23 09:00", 481, "Tue 2026-11-24 09:01")]
    [InlineData("Wed 2026-11-18 12:00", 2400, "Wed 2026-11-25 12:00")]
    [InlineData("Thu 2026-11-19 16:40", 60, "Fri 2026-11-20 09:40")]
    [InlineData("Thu 2026-11-19 17:40", 60, "Fri 2026-11-20 10:00")]
    [InlineData("Fri 2026-11-20 16:00", 60, "Fri 2026-11-20 17:00")]
    [InlineData("Fri 2026-11-20 16:00", 61, "Mon 2026-11-23 09:01")]
    [InlineData("Fri 2026-11-20 17:00", 60, "Mon 2026-11-23 10:00")]
    [InlineData("Sat 2026-11-21 10:00", 60, "Mon 2026-11-23 10:00")]
    [InlineData("Sun 2026-11-22 10:00", 180, "Mon 2026-11-23 12:00")]
    // Clocks change in a weekend, which is closed.
    [InlineData("Fri 2026-03-27 16:30", 60, "Mon 2026-03-30 09:30")]
    [InlineData("Fri 2026-10-23 16:30", 60, "Mon 2026-10-26 09:30")]
    // Neither Yom Kippur (Mon 21 September) nor Christmas is closed unless the business says so.
    [InlineData("Mon 2026-09-21 10:00", 60, "Mon 2026-09-21 11:00")]
    [InlineData("Fri 2026-12-25 10:00", 60, "Fri 2026-12-25 11:00")]
    public void Office_in_London(string start, int minutes, string deadline) => Expect(Businesses.LondonOffice, start, minutes, deadline);

    [Theory]
    [InlineData("Sun 2026-03-29 00:30", 60, "Sun 2026-03-29 02:30")]
    [InlineData("Sun 2026-03-29 00:00", 1440, "Mon 2026-03-30 01:00")]
    [InlineData("Sun 2026-10-25 00:30", 60, "Sun 2026-10-25 01:30+01:00")]
    [InlineData("Sun 2026-10-25 00:30", 120, "Sun 2026-10-25 01:30+00:00")]
    [InlineData("Sun 2026-10-25 00:00", 1440, "Sun 2026-10-25 23:00")]
    public void Round_the_clock_in_London(string start, int minutes, string deadline) =>
        Expect(Businesses.RoundTheClock("Europe/London"), start, minutes, deadline);

    /// <summary>Monday to Friday 09:00-17:00, closed on Thanksgiving (Thu 26 November) and at Christmas (Fri 25 December).</summary>
    [Theory]
    [InlineData("Fri 2026-03-06 16:30", 60, "Mon 2026-03-09 09:30")]
    [InlineData("Fri 2026-10-30 16:30", 60, "Mon 2026-11-02 09:30")]
    [InlineData("Wed 2026-11-25 16:30", 60, "Fri 2026-11-27 09:30")]
    [InlineData("Thu 2026-11-26 11:00", 180, "Fri 2026-11-27 12:00")]
    [InlineData("Thu 2026-12-24 16:30", 60, "Mon 2026-12-28 09:30")]
    public void Office_in_New_York(string start, int minutes, string deadline) => Expect(Businesses.NewYorkOffice, start, minutes, deadline);

    [Theory]
    [InlineData("Sun 2026-03-08 01:30", 60, "Sun 2026-03-08 03:30")]
    [InlineData("Sun 2026-11-01 00:30", 60, "Sun 2026-11-01 01:30-04:00")]
    [InlineData("Sun 2026-11-01 00:30", 120, "Sun 2026-11-01 01:30-05:00")]
    [InlineData("Sun 2026-11-01 01:30-05:00", 30, "Sun 2026-11-01 02:00")]
    public void Round_the_clock_in_New_York(string start, int minutes, string deadline) =>
        Expect(Businesses.RoundTheClock("America/New_York"), start, minutes, deadline);
}
