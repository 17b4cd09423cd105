using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class WorkingTimeTests
{
    [Theory]
    [InlineData("Sun 2026-11-22 07:59", false)]
    [InlineData("Sun 2026-11-22 08:00", true)]
    [InlineData("Sun 2026-11-22 17:59", true)]
    [InlineData("Sun 2026-11-22 18:00", false)]
    [InlineData("Fri 2026-11-20 12:59", true)]
    [InlineData("Fri 2026-11-20 13:00", false)]
    [InlineData("Sat 2026-11-21 11:00", false)]
    [InlineData("Wed 2026-04-01 12:59", true)]
    [InlineData("Wed 2026-04-01 13:00", false)]
    [InlineData("Thu 2026-04-02 11:00", false)]
    public void A_plumber_is_open_from_opening_until_just_before_closing(string at, bool open)
    {
        var time = Businesses.Plumber;
        Assert.Equal(open, time.IsOpen(WallClock.Read(at, time.Zone)));
    }

    [Theory]
    [InlineData("Sun 2026-11-22 11:11", "Sun 2026-11-22 11:11")]
    [InlineData("Sun 2026-11-22 18:00", "Mon 2026-11-23 08:00")]
    [InlineData("Fri 2026-11-20 13:00", "Sun 2026-11-22 08:00")]
    [InlineData("Wed 2026-04-01 13:00", "Fri 2026-04-03 08:00")]
    [InlineData("Fri 2026-09-11 13:00", "Mon 2026-09-14 08:00")]
    public void The_next_opening_is_now_when_open(string at, string opening)
    {
        var time = Businesses.Plumber;
        Assert.Equal(opening, WallClock.Write(time.NextOpen(WallClock.Read(at, time.Zone)), time.Zone));
    }

    [Theory]
    [InlineData("Sun 2026-11-22 10:00", "Mon 2026-11-23 18:00")]
    [InlineData("Sun 2026-11-22 06:00", "Mon 2026-11-23 18:00")] // The day that has not opened yet is still today.
    [InlineData("Mon 2026-11-23 00:00", "Tue 2026-11-24 18:00")]
    [InlineData("Thu 2026-11-19 17:40", "Fri 2026-11-20 13:00")]
    [InlineData("Fri 2026-11-20 10:00", "Sun 2026-11-22 18:00")]
    [InlineData("Sat 2026-11-21 10:00", "Sun 2026-11-22 18:00")]
    [InlineData("Tue 2026-03-31 10:00", "Wed 2026-04-01 13:00")]
    [InlineData("Wed 2026-04-01 10:00", "Fri 2026-04-03 13:00")]
    [InlineData("Fri 2026-09-11 10:00", "Mon 2026-09-14 18:00")]
    [InlineData("Wed 2024-10-02 10:00", "Sun 2024-10-06 18:00")]
    [InlineData("Sat 2026-10-24 10:00", "Sun 2026-10-25 18:00")]
    public void A_plumbers_next_working_day_ends(string at, string end)
    {
        var time = Businesses.Plumber;
        Assert.Equal(end, WallClock.Write(time.EndOfNextWorkingDay(WallClock.Read(at, time.Zone)), time.Zone));
    }

    [Theory]
    [InlineData("Tue 2026-11-24 10:00", "Thu 2026-11-26 19:00")] // Wednesday is a day off; the break does not end the day.
    [InlineData("Thu 2026-08-13 10:00", "Fri 2026-08-14 12:00")]
    [InlineData("Fri 2026-08-14 10:00", "Fri 2026-08-21 12:00")]
    public void A_salons_next_working_day_ends(string at, string end)
    {
        var time = Businesses.Salon;
        Assert.Equal(end, WallClock.Write(time.EndOfNextWorkingDay(WallClock.Read(at, time.Zone)), time.Zone));
    }

    [Theory]
    [InlineData("Sun 2026-11-22 06:00", "Sun 2026-11-22 18:00")]
    [InlineData("Sun 2026-11-22 17:59", "Sun 2026-11-22 18:00")]
    [InlineData("Sun 2026-11-22 18:00", null)]
    [InlineData("Fri 2026-11-20 10:00", "Fri 2026-11-20 13:00")]
    [InlineData("Sat 2026-11-21 10:00", null)]
    [InlineData("Wed 2026-04-01 10:00", "Wed 2026-04-01 13:00")]
    [InlineData("Thu 2026-04-02 10:00", null)]
    public void A_plumbers_day_closes(string at, string? closing) => Assert.Equal(closing, ClosingOf(Businesses.Plumber, at));

    [Fact]
    public void A_break_does_not_close_a_day_and_a_night_shift_closes_at_midnight()
    {
        Assert.Equal("Sun 2026-11-22 19:00", ClosingOf(Businesses.Salon, "Sun 2026-11-22 10:00"));
        Assert.Equal("Sun 2026-11-22 19:00", ClosingOf(Businesses.Salon, "Sun 2026-11-22 14:00"));
        Assert.Equal("Mon 2026-11-23 00:00", ClosingOf(Businesses.Restaurant, "Sun 2026-11-22 20:00"));
    }

    private static string? ClosingOf(WorkingTime time, string at) =>
        time.ClosingOfDay(WallClock.Read(at, time.Zone)) is { } closing ? WallClock.Write(closing, time.Zone) : null;

    [Theory]
    [InlineData("Sun 2026-11-22 06:00", "Mon 2026-11-23 08:00")] // The day that has not opened yet is still today.
    [InlineData("Sun 2026-11-22 23:59", "Mon 2026-11-23 08:00")]
    [InlineData("Mon 2026-11-23 00:00", "Tue 2026-11-24 08:00")]
    [InlineData("Fri 2026-11-20 10:00", "Sun 2026-11-22 08:00")]
    [InlineData("Wed 2026-04-01 10:00", "Fri 2026-04-03 08:00")]
    public void A_plumbers_next_working_day_begins(string at, string opening)
    {
        var time = Businesses.Plumber;
        Assert.Equal(opening, WallClock.Write(time.NextWorkingDay(WallClock.Read(at, time.Zone)), time.Zone));
    }

    public static TheoryData<string, WorkingTime, string, int, string> HalfDays { get; } = new()
    {
        { "cut at one o'clock", Businesses.Plumber, "Fri 2026-11-20 10:00", 3, "Fri 10:00-13:00, Sun 08:00-13:00, Sun 13:00-18:00" },
        { "an hour is enough", Businesses.Plumber, "Sun 2026-11-22 12:00", 2, "Sun 12:00-13:00, Sun 13:00-18:00" },
        { "less than an hour is not", Businesses.Plumber, "Sun 2026-11-22 12:01", 1, "Sun 13:00-18:00" },
        { "a break over noon", Businesses.Salon, "Sun 2026-11-22 08:00", 3, "Sun 09:00-13:00, Sun 16:00-19:00, Mon 09:00-13:00" },
        { "an evening", Businesses.Restaurant, "Sun 2026-11-22 08:00", 1, "Sun 17:00-00:00" },
        { "one o'clock in London", Businesses.LondonOffice, "Mon 2026-11-23 08:00", 2, "Mon 09:00-13:00, Mon 13:00-17:00" },
        { "none", Businesses.In("Asia/Jerusalem", new([], false, [])), "Sun 2026-11-22 08:00", 2, "" },
    };

    [Theory]
    [MemberData(nameof(HalfDays))]
    public void Mornings_and_afternoons_of_an_hour_at_least(string story, WorkingTime time, string from, int most, string halves)
    {
        var found = time.HalfDays(WallClock.Read(from, time.Zone), TimeSpan.FromHours(1), most);
        Assert.Equal((story, halves), (story, string.Join(", ", found.Select(half => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{half.From:ddd HH:mm}-{half.By:HH:mm}")))));
    }

    [Fact]
    public void A_business_that_lies_in_times_of_rest_never_opens_again()
    {
        var at = WallClock.Read("Sun 2026-11-22 20:00", Businesses.Plumber.Zone);
        var onShabbat = new WorkingWeek([Businesses.Hours(DayOfWeek.Saturday, "10:00", "12:00")], JewishHolidays: false, []);
        Assert.True(Businesses.Plumber.OpensAgain(at));
        Assert.True(Businesses.In("Asia/Jerusalem", onShabbat).OpensAgain(at));
        Assert.False(new WorkingTime(onShabbat, Businesses.Plumber.Zone, new RestTimes(Cities.Find("haifa"), Businesses.Plumber.Zone)).OpensAgain(at));
    }

    [Fact]
    public void A_next_working_day_may_be_the_only_one_for_years()
    {
        DateOnly[] closed = [.. Enumerable.Range(0, 1500).Select(new DateOnly(2026, 11, 24).AddDays)];
        var time = Businesses.In("Asia/Jerusalem", WorkingWeek.Israeli with { ClosedDays = closed });

        var end = time.EndOfNextWorkingDay(WallClock.Read("Sun 2026-11-22 10:00", time.Zone));

        Assert.Equal("Mon 2026-11-23 18:00", WallClock.Write(end, time.Zone));
    }

    [Theory]
    [InlineData("Sun 2026-11-22 10:00", "Sun 2026-11-22 11:00", 60)]
    [InlineData("Sun 2026-11-22 11:00", "Sun 2026-11-22 10:00", 0)]
    [InlineData("Sun 2026-11-22 17:00", "Mon 2026-11-23 09:00", 120)]
    [InlineData("Fri 2026-11-20 13:00", "Sun 2026-11-22 08:00", 0)]
    [InlineData("Sun 2026-11-22 00:00", "Sun 2026-11-29 00:00", 3300)]
    [InlineData("Sun 2026-03-29 00:00", "Sun 2026-04-05 00:00", 2400)] // Three whole days, the eve and the Friday of Pesach.
    public void Open_time_between_two_moments_of_a_plumber(string from, string to, int minutes)
    {
        var time = Businesses.Plumber;
        Assert.Equal(TimeSpan.FromMinutes(minutes), time.Between(WallClock.Read(from, time.Zone), WallClock.Read(to, time.Zone)));
    }

    [Fact]
    public void A_day_has_as_many_hours_as_the_clocks_give_it()
    {
        var time = Businesses.RoundTheClock("Asia/Jerusalem");

        Assert.Equal(TimeSpan.FromHours(23), time.Between(At("Fri 2026-03-27 00:00"), At("Sat 2026-03-28 00:00")));
        Assert.Equal(TimeSpan.FromHours(25), time.Between(At("Sun 2026-10-25 00:00"), At("Mon 2026-10-26 00:00")));

        DateTimeOffset At(string text) => WallClock.Read(text, time.Zone);
    }

    [Fact]
    public void The_same_moment_told_from_abroad_gets_the_same_deadline_in_the_business_s_own_time()
    {
        var time = Businesses.Plumber;
        var fromNewYork = new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.FromHours(-5)); // Noon in Jerusalem.

        var deadline = time.Add(fromNewYork, TimeSpan.FromHours(1));

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.FromHours(2)), deadline);
        Assert.Equal(TimeSpan.FromHours(2), deadline.Offset);
    }

    [Fact]
    public void Seconds_and_less_are_kept()
    {
        var time = Businesses.Plumber;
        var start = WallClock.Read("Sun 2026-11-22 17:59", time.Zone).AddTicks(1);

        Assert.Equal(WallClock.Read("Mon 2026-11-23 08:00", time.Zone).AddTicks(1), time.Add(start, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Hours_that_overlap_count_once_even_where_nobody_checked_them()
    {
        var time = Businesses.In("Asia/Jerusalem", new WorkingWeek(
            [
                Businesses.Hours(DayOfWeek.Sunday, "12:00", "16:00"),
                Businesses.Hours(DayOfWeek.Sunday, "08:00", "14:00"),
                Businesses.Hours(DayOfWeek.Sunday, "09:00", "10:00"),
            ],
            JewishHolidays: false,
            ClosedDays: []));
        var morning = WallClock.Read("Sun 2026-11-22 08:00", time.Zone);

        Assert.Equal("Sun 2026-11-22 16:00", WallClock.Write(time.Add(morning, TimeSpan.FromHours(8)), time.Zone));
        Assert.Equal(TimeSpan.FromHours(8), time.Between(morning, morning.AddDays(1)));
    }

    [Fact]
    public void A_date_that_a_country_left_out_is_not_a_working_day()
    {
        // Samoa went from Thu 29 December 2011 straight to Sat 31 December.
        var time = Businesses.Daily("Pacific/Apia", "09:00", "17:00");
        var evening = WallClock.Read("Thu 2011-12-29 16:00", time.Zone);

        Assert.Equal("Sat 2011-12-31 10:00", WallClock.Write(time.Add(evening, TimeSpan.FromHours(2)), time.Zone));
        Assert.Equal("Sat 2011-12-31 17:00", WallClock.Write(time.EndOfNextWorkingDay(evening), time.Zone));
    }

    [Fact]
    public void A_business_may_close_on_the_ninth_of_Av()
    {
        var time = Businesses.In("Asia/Jerusalem", WorkingWeek.Israeli with { ClosesOnTishaBAv = true });

        var deadline = time.Add(WallClock.Read("Wed 2026-07-22 17:30", time.Zone), TimeSpan.FromHours(1));

        Assert.Equal("Fri 2026-07-24 08:30", WallClock.Write(deadline, time.Zone));
    }

    [Fact]
    public void A_business_that_is_always_closed_is_told_so()
    {
        var time = Businesses.In("Asia/Jerusalem", new WorkingWeek([], JewishHolidays: false, []));
        var at = WallClock.Read("Sun 2026-11-22 10:00", time.Zone);

        Assert.False(time.IsOpen(at));
        Assert.Equal(TimeSpan.Zero, time.Between(at, at.AddYears(5)));
        Assert.Null(time.ClosingOfDay(at));
        foreach (Func<object> ask in new Func<object>[] { () => time.NextOpen(at), () => time.Add(at, TimeSpan.FromMinutes(1)), () => time.EndOfNextWorkingDay(at), () => time.NextWorkingDay(at) })
            Assert.Contains("no open hour in the 400 days", Assert.Throws<InvalidOperationException>(ask).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_hundred_closed_days_are_too_many_and_a_year_of_them_is_not()
    {
        var at = WallClock.Read("Sun 2026-11-22 20:00", Businesses.Plumber.Zone);

        Assert.Equal("Tue 2027-11-23 08:00", WallClock.Write(ClosedFor(365).NextOpen(at), Businesses.Plumber.Zone));
        Assert.Throws<InvalidOperationException>(() => ClosedFor(402).NextOpen(at));

        static WorkingTime ClosedFor(int days) => Businesses.In(
            "Asia/Jerusalem",
            WorkingWeek.Israeli with { ClosedDays = [.. Enumerable.Range(0, days).Select(new DateOnly(2026, 11, 23).AddDays)] });
    }

    [Fact]
    public void An_amount_of_open_time_is_not_negative() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Businesses.Plumber.Add(WallClock.Read("Sun 2026-11-22 10:00", Businesses.Plumber.Zone), TimeSpan.FromMinutes(-1)));
}
