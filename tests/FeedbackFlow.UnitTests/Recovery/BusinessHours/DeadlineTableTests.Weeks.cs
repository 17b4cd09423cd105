using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

/// <summary>A complaint comes in, so many minutes are promised: by when must somebody have called?</summary>
public partial class DeadlineTableTests
{
    /// <summary>Open Sunday to Thursday 08:00-18:00, Friday 08:00-13:00.</summary>
    [Theory]
    // Inside a working day.
    [InlineData("Sun 2026-11-22 08:00", 60, "Sun 2026-11-22 09:00")]
    [InlineData("Sun 2026-11-22 10:00", 60, "Sun 2026-11-22 11:00")]
    [InlineData("Sun 2026-11-22 10:15", 180, "Sun 2026-11-22 13:15")]
    [InlineData("Mon 2026-11-23 08:01", 15, "Mon 2026-11-23 08:16")]
    [InlineData("Tue 2026-11-24 12:34", 60, "Tue 2026-11-24 13:34")]
    [InlineData("Tue 2026-11-24 12:00", 0, "Tue 2026-11-24 12:00")]
    [InlineData("Wed 2026-11-25 14:50", 180, "Wed 2026-11-25 17:50")]
    [InlineData("Thu 2026-11-26 09:00", 480, "Thu 2026-11-26 17:00")]
    // Before opening: the clock starts at eight.
    [InlineData("Sun 2026-11-22 00:00", 1, "Sun 2026-11-22 08:01")]
    [InlineData("Sun 2026-11-22 07:00", 60, "Sun 2026-11-22 09:00")]
    [InlineData("Mon 2026-11-23 05:30", 180, "Mon 2026-11-23 11:00")]
    [InlineData("Wed 2026-11-25 07:59", 60, "Wed 2026-11-25 09:00")]
    [InlineData("Wed 2026-11-25 03:00", 0, "Wed 2026-11-25 08:00")]
    // Exactly until closing: the deadline is the closing, not the next morning.
    [InlineData("Sun 2026-11-22 08:00", 600, "Sun 2026-11-22 18:00")]
    [InlineData("Sun 2026-11-22 17:00", 60, "Sun 2026-11-22 18:00")]
    [InlineData("Sun 2026-11-22 17:59", 1, "Sun 2026-11-22 18:00")]
    [InlineData("Tue 2026-11-24 15:00", 180, "Tue 2026-11-24 18:00")]
    // One minute more goes over to the next morning.
    [InlineData("Sun 2026-11-22 08:00", 601, "Mon 2026-11-23 08:01")]
    [InlineData("Sun 2026-11-22 17:00", 61, "Mon 2026-11-23 08:01")]
    [InlineData("Sun 2026-11-22 17:59", 2, "Mon 2026-11-23 08:01")]
    [InlineData("Sun 2026-11-22 17:30", 60, "Mon 2026-11-23 08:30")]
    [InlineData("Mon 2026-11-23 16:40", 180, "Tue 2026-11-24 09:40")]
    [InlineData("Tue 2026-11-24 15:30", 180, "Wed 2026-11-25 08:30")]
    [InlineData("Wed 2026-11-25 16:00", 180, "Thu 2026-11-26 09:00")]
    [InlineData("Wed 2026-11-25 17:45", 60, "Thu 2026-11-26 08:45")]
    // After closing.
    [InlineData("Sun 2026-11-22 18:00", 0, "Mon 2026-11-23 08:00")]
    [InlineData("Sun 2026-11-22 18:00", 60, "Mon 2026-11-23 09:00")]
    [InlineData("Sun 2026-11-22 20:00", 180, "Mon 2026-11-23 11:00")]
    [InlineData("Sun 2026-11-22 23:59", 60, "Mon 2026-11-23 09:00")]
    [InlineData("Tue 2026-11-24 18:01", 15, "Wed 2026-11-25 08:15")]
    // Whole business days.
    [InlineData("Mon 2026-11-23 09:00", 600, "Tue 2026-11-24 09:00")]
    [InlineData("Mon 2026-11-23 09:00", 1200, "Wed 2026-11-25 09:00")]
    [InlineData("Sun 2026-11-22 12:00", 1800, "Wed 2026-11-25 12:00")]
    [InlineData("Wed 2026-11-18 08:00", 3000, "Tue 2026-11-24 13:00")]
    [InlineData("Sun 2026-11-15 08:00", 6600, "Fri 2026-11-27 13:00")]
    [InlineData("Sun 2026-11-15 08:00", 6601, "Sun 2026-11-29 08:01")]
    // Thursday evening: Friday morning is a working morning.
    [InlineData("Thu 2026-11-19 17:40", 60, "Fri 2026-11-20 08:40")]
    [InlineData("Thu 2026-11-19 17:00", 60, "Thu 2026-11-19 18:00")]
    [InlineData("Thu 2026-11-19 17:00", 90, "Fri 2026-11-20 08:30")]
    [InlineData("Thu 2026-11-19 18:00", 60, "Fri 2026-11-20 09:00")]
    [InlineData("Thu 2026-11-19 19:30", 60, "Fri 2026-11-20 09:00")]
    [InlineData("Thu 2026-11-19 23:00", 180, "Fri 2026-11-20 11:00")]
    [InlineData("Thu 2026-11-19 16:00", 420, "Fri 2026-11-20 13:00")]
    [InlineData("Thu 2026-11-19 16:00", 421, "Sun 2026-11-22 08:01")]
    [InlineData("Thu 2026-11-19 10:00", 600, "Fri 2026-11-20 10:00")]
    [InlineData("Thu 2026-11-19 10:00", 900, "Sun 2026-11-22 10:00")]
    // Short Friday.
    [InlineData("Fri 2026-11-20 07:15", 60, "Fri 2026-11-20 09:00")]
    [InlineData("Fri 2026-11-20 08:00", 60, "Fri 2026-11-20 09:00")]
    [InlineData("Fri 2026-11-20 08:00", 300, "Fri 2026-11-20 13:00")]
    [InlineData("Fri 2026-11-20 12:00", 60, "Fri 2026-11-20 13:00")]
    [InlineData("Fri 2026-11-20 11:00", 121, "Sun 2026-11-22 08:01")]
    [InlineData("Fri 2026-11-20 12:30", 60, "Sun 2026-11-22 08:30")]
    [InlineData("Fri 2026-11-20 12:59", 60, "Sun 2026-11-22 08:59")]
    [InlineData("Fri 2026-11-20 13:00", 0, "Sun 2026-11-22 08:00")]
    [InlineData("Fri 2026-11-20 13:00", 60, "Sun 2026-11-22 09:00")]
    [InlineData("Fri 2026-11-20 13:01", 1, "Sun 2026-11-22 08:01")]
    [InlineData("Fri 2026-11-20 14:30", 180, "Sun 2026-11-22 11:00")]
    [InlineData("Fri 2026-11-20 18:00", 60, "Sun 2026-11-22 09:00")]
    [InlineData("Fri 2026-11-20 09:00", 600, "Sun 2026-11-22 14:00")]
    [InlineData("Fri 2026-11-20 08:00", 900, "Sun 2026-11-22 18:00")]
    [InlineData("Fri 2026-11-20 08:00", 901, "Mon 2026-11-23 08:01")]
    // Shabbat: everything starts on Sunday at eight.
    [InlineData("Sat 2026-11-21 00:00", 60, "Sun 2026-11-22 09:00")]
    [InlineData("Sat 2026-11-21 10:00", 0, "Sun 2026-11-22 08:00")]
    [InlineData("Sat 2026-11-21 10:00", 60, "Sun 2026-11-22 09:00")]
    [InlineData("Sat 2026-11-21 23:59", 180, "Sun 2026-11-22 11:00")]
    [InlineData("Sat 2026-11-21 17:00", 600, "Sun 2026-11-22 18:00")]
    [InlineData("Sat 2026-11-21 17:00", 1200, "Mon 2026-11-23 18:00")]
    [InlineData("Sat 2026-11-21 12:00", 3300, "Fri 2026-11-27 13:00")]
    [InlineData("Sat 2026-11-21 12:00", 3301, "Sun 2026-11-29 08:01")]
    // New Year's night is a night like others.
    [InlineData("Thu 2026-12-31 17:30", 60, "Fri 2027-01-01 08:30")]
    public void Plumber_open_Sunday_to_Friday(string start, int minutes, string deadline) => Expect(Businesses.Plumber, start, minutes, deadline);

    /// <summary>
    /// Open Sunday to Thursday 09:00-13:00 and 16:00-19:00, Friday 09:00-12:00; closed on Wed 25 November and from Sun 16 to Thu 20 August 2026.
    /// </summary>
    [Theory]
    // The break at noon does not count.
    [InlineData("Sun 2026-11-22 09:30", 60, "Sun 2026-11-22 10:30")]
    [InlineData("Sun 2026-11-22 12:00", 60, "Sun 2026-11-22 13:00")]
    [InlineData("Sun 2026-11-22 12:00", 61, "Sun 2026-11-22 16:01")]
    [InlineData("Sun 2026-11-22 12:30", 60, "Sun 2026-11-22 16:30")]
    [InlineData("Sun 2026-11-22 13:00", 0, "Sun 2026-11-22 16:00")]
    [InlineData("Sun 2026-11-22 13:00", 60, "Sun 2026-11-22 17:00")]
    [InlineData("Sun 2026-11-22 14:00", 60, "Sun 2026-11-22 17:00")]
    [InlineData("Sun 2026-11-22 12:00", 240, "Sun 2026-11-22 19:00")]
    [InlineData("Sun 2026-11-22 09:00", 420, "Sun 2026-11-22 19:00")]
    [InlineData("Sun 2026-11-22 09:00", 421, "Mon 2026-11-23 09:01")]
    [InlineData("Sun 2026-11-22 18:30", 60, "Mon 2026-11-23 09:30")]
    [InlineData("Mon 2026-11-23 18:00", 360, "Tue 2026-11-24 17:00")]
    // One day off.
    [InlineData("Tue 2026-11-24 18:30", 60, "Thu 2026-11-26 09:30")]
    [InlineData("Tue 2026-11-24 16:00", 180, "Tue 2026-11-24 19:00")]
    [InlineData("Wed 2026-11-25 10:00", 60, "Thu 2026-11-26 10:00")]
    [InlineData("Wed 2026-11-25 17:00", 0, "Thu 2026-11-26 09:00")]
    // The end of the week.
    [InlineData("Thu 2026-11-26 18:30", 60, "Fri 2026-11-27 09:30")]
    [InlineData("Fri 2026-11-27 11:00", 60, "Fri 2026-11-27 12:00")]
    [InlineData("Fri 2026-11-27 11:30", 60, "Sun 2026-11-29 09:30")]
    [InlineData("Fri 2026-11-27 12:00", 60, "Sun 2026-11-29 10:00")]
    // A week's leave, with the Friday after it open again.
    [InlineData("Thu 2026-08-13 18:00", 420, "Fri 2026-08-21 12:00")]
    [InlineData("Fri 2026-08-14 11:30", 60, "Fri 2026-08-21 09:30")]
    [InlineData("Wed 2026-08-19 10:00", 60, "Fri 2026-08-21 10:00")]
    [InlineData("Thu 2026-08-20 18:00", 240, "Sun 2026-08-23 10:00")]
    // A holiday eve has a morning only; one on a Friday still ends at twelve.
    [InlineData("Tue 2026-03-31 18:30", 60, "Wed 2026-04-01 09:30")]
    [InlineData("Wed 2026-04-01 12:00", 60, "Wed 2026-04-01 13:00")]
    [InlineData("Wed 2026-04-01 12:30", 60, "Fri 2026-04-03 09:30")]
    [InlineData("Wed 2026-04-01 16:30", 60, "Fri 2026-04-03 10:00")]
    [InlineData("Fri 2026-09-11 11:30", 60, "Mon 2026-09-14 09:30")]
    public void Salon_with_a_break_at_noon_and_days_off(string start, int minutes, string deadline) => Expect(Businesses.Salon, start, minutes, deadline);

    /// <summary>Open Sunday to Thursday 10:00-15:00; Wed 1 April 2026 is the eve of Pesach.</summary>
    [Theory]
    [InlineData("Tue 2026-03-31 14:30", 60, "Wed 2026-04-01 10:30")]
    [InlineData("Wed 2026-04-01 10:00", 180, "Wed 2026-04-01 13:00")]
    [InlineData("Wed 2026-04-01 12:30", 60, "Sun 2026-04-05 10:30")]
    [InlineData("Wed 2026-04-01 14:00", 60, "Sun 2026-04-05 11:00")]
    public void Kiosk_whose_day_is_cut_by_a_holiday_eve(string start, int minutes, string deadline) => Expect(Businesses.Kiosk, start, minutes, deadline);

    /// <summary>Open Sunday to Thursday 17:00 to midnight; a holiday eve leaves nothing of it.</summary>
    [Theory]
    [InlineData("Mon 2026-11-23 12:00", 60, "Mon 2026-11-23 18:00")]
    [InlineData("Mon 2026-11-23 23:00", 60, "Tue 2026-11-24 00:00")]
    [InlineData("Mon 2026-11-23 23:30", 60, "Tue 2026-11-24 17:30")]
    [InlineData("Thu 2026-11-26 23:30", 60, "Sun 2026-11-29 17:30")]
    [InlineData("Tue 2026-03-31 23:30", 60, "Sun 2026-04-05 17:30")]
    [InlineData("Wed 2026-04-01 18:00", 60, "Sun 2026-04-05 18:00")]
    public void Restaurant_open_until_midnight(string start, int minutes, string deadline) => Expect(Businesses.Restaurant, start, minutes, deadline);

    private static void Expect(WorkingTime time, string start, int minutes, string deadline) =>
        Assert.Equal(deadline, WallClock.Write(time.Add(WallClock.Read(start, time.Zone), TimeSpan.FromMinutes(minutes)), time.Zone));
}
