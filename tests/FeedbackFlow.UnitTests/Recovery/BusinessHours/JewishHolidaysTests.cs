using System.Globalization;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class JewishHolidaysTests
{
    /// <summary>As calendars print them; Rosh Hashana is its first day.</summary>
    [Theory]
    [InlineData(2019, "04-20", "04-26", "05-09", "06-09", "09-30", "10-09", "10-14", "10-21")]
    [InlineData(2020, "04-09", "04-15", "04-29", "05-29", "09-19", "09-28", "10-03", "10-10")]
    [InlineData(2021, "03-28", "04-03", "04-15", "05-17", "09-07", "09-16", "09-21", "09-28")]
    [InlineData(2022, "04-16", "04-22", "05-05", "06-05", "09-26", "10-05", "10-10", "10-17")]
    [InlineData(2023, "04-06", "04-12", "04-26", "05-26", "09-16", "09-25", "09-30", "10-07")]
    [InlineData(2024, "04-23", "04-29", "05-14", "06-12", "10-03", "10-12", "10-17", "10-24")]
    [InlineData(2025, "04-13", "04-19", "05-01", "06-02", "09-23", "10-02", "10-07", "10-14")]
    [InlineData(2026, "04-02", "04-08", "04-22", "05-22", "09-12", "09-21", "09-26", "10-03")]
    [InlineData(2027, "04-22", "04-28", "05-12", "06-11", "10-02", "10-11", "10-16", "10-23")]
    [InlineData(2028, "04-11", "04-17", "05-02", "05-31", "09-21", "09-30", "10-05", "10-12")]
    [InlineData(2029, "03-31", "04-06", "04-19", "05-20", "09-10", "09-19", "09-24", "10-01")]
    [InlineData(2030, "04-18", "04-24", "05-08", "06-07", "09-28", "10-07", "10-12", "10-19")]
    public void A_year_has_these_holidays_and_no_others(
        int year, string pesach, string seventhOfPesach, string yomHaAtzmaut, string shavuot, string roshHashana, string yomKippur, string sukkot, string simchatTorah)
    {
        string[] published = [pesach, seventhOfPesach, yomHaAtzmaut, shavuot, roshHashana, yomKippur, sukkot, simchatTorah];
        var dates = published.Select(text => Day($"{year}-{text}")).ToList();

        Assert.Equal(dates.Append(Day($"{year}-{roshHashana}").AddDays(1)).Order(), DaysOf(year, HolidayHours.Closed));
    }

    [Fact]
    public void The_short_days_of_2026_are_the_eves() =>
        Assert.Equal(
            ["04-01", "04-07", "04-21", "05-21", "09-11", "09-20", "09-25", "10-02"],
            DaysOf(2026, HolidayHours.ShortDay).Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-03-03", "Purim")]
    [InlineData("2026-04-05", "an intermediate day of Pesach")]
    [InlineData("2026-04-20", "the evening on which Yom HaZikaron begins")]
    [InlineData("2026-05-05", "Lag BaOmer")]
    [InlineData("2026-07-23", "the ninth of Av")]
    [InlineData("2026-09-14", "the fast of Gedaliah")]
    [InlineData("2026-10-04", "the day after Simchat Torah")]
    [InlineData("2026-12-06", "Hanukkah")]
    [InlineData("2027-03-23", "Purim of a leap year")]
    public void Other_days_of_the_calendar_are_working_days(string day, string name) =>
        Assert.True(JewishHolidays.On(Day(day)) == HolidayHours.Open, name);

    [Theory]
    [InlineData("2025-08-03")] // On its day, a Sunday.
    [InlineData("2026-07-23")]
    [InlineData("2027-08-12")] // A leap year.
    [InlineData("2022-08-07")] // Put off from Shabbat.
    [InlineData("2029-07-22")] // Put off from Shabbat.
    public void The_ninth_of_Av_is_fasted_on_one_day_of_the_year(string day) =>
        Assert.Equal([Day(day)], DaysOf(Day(day).Year).Where(JewishHolidays.IsTishaBAv));

    [Fact]
    public void Outside_the_calendar_there_are_no_holidays()
    {
        DateOnly[] days = [DateOnly.MinValue, new(1500, 9, 12), new(1582, 12, 31), new(2239, 9, 30), new(2300, 4, 22), DateOnly.MaxValue];

        Assert.All(days, day => Assert.Equal(HolidayHours.Open, JewishHolidays.On(day)));
        Assert.All(days, day => Assert.False(JewishHolidays.IsTishaBAv(day)));
    }

    [Fact]
    public void Yom_HaAtzmaut_is_once_a_year_on_a_Tuesday_Wednesday_or_Thursday()
    {
        foreach (var year in Enumerable.Range(1949, 250))
        {
            // The other eight closed days make the ninth this one.
            Assert.Equal(9, DaysOf(year, HolidayHours.Closed).Count());
        }

        Assert.All(
            Enumerable.Range(1949, 250).Select(YomHaAtzmaut),
            day => Assert.InRange(day.DayOfWeek, DayOfWeek.Tuesday, DayOfWeek.Thursday));
    }

    /// <summary>The only holiday between the seventh of Pesach and Shavuot.</summary>
    private static DateOnly YomHaAtzmaut(int year) => DaysOf(year, HolidayHours.Closed).ElementAt(2);

    private static IEnumerable<DateOnly> DaysOf(int year, HolidayHours hours) => DaysOf(year).Where(day => JewishHolidays.On(day) == hours);

    private static IEnumerable<DateOnly> DaysOf(int year) =>
        Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
