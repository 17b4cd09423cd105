using System.Globalization;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using NodaTime;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class SunsetTests
{
    /// <summary>
    /// Published times. Tel Aviv 2026: NOAA solar calculator for Ramat Aviv, and the Religious Council's Friday calendar 5786 (candle lighting 22 minutes before
    /// sunset). Jerusalem: Hebcal (candle lighting 40 minutes before). London and New York: their almanacs at the solstices.
    /// </summary>
    [Theory]
    [InlineData("tel-aviv", "2026-01-14", "16:58")]
    [InlineData("tel-aviv", "2026-01-16", "16:59")]
    [InlineData("tel-aviv", "2026-03-26", "17:56")]
    [InlineData("tel-aviv", "2026-03-27", "18:57")]
    [InlineData("tel-aviv", "2026-07-01", "19:51")]
    [InlineData("tel-aviv", "2026-07-15", "19:48")]
    [InlineData("tel-aviv", "2026-07-17", "19:47")]
    [InlineData("tel-aviv", "2026-08-28", "19:10")]
    [InlineData("tel-aviv", "2026-10-23", "18:00")]
    [InlineData("tel-aviv", "2026-10-24", "17:59")]
    [InlineData("tel-aviv", "2026-10-25", "16:58")]
    [InlineData("tel-aviv", "2026-12-01", "16:36")]
    [InlineData("tel-aviv", "2026-12-21", "16:40")]
    [InlineData("jerusalem", "2022-12-23", "16:40")]
    public void Sunset_is_within_two_minutes_of_what_is_published(string city, string day, string published) =>
        Expect(Cities.Find(city), "Asia/Jerusalem", day, published);

    [Theory]
    [InlineData(51.51, -0.13, "Europe/London", "2026-06-21", "21:21")]
    [InlineData(51.51, -0.13, "Europe/London", "2026-12-21", "15:53")]
    [InlineData(40.71, -74.01, "America/New_York", "2026-06-21", "20:30")]
    [InlineData(40.71, -74.01, "America/New_York", "2026-12-21", "16:32")]
    public void It_is_the_same_formula_everywhere(double latitude, double longitude, string zone, string day, string published) =>
        Expect(new Place(latitude, longitude), zone, day, published);

    [Fact]
    public void The_sun_sets_later_in_the_west_and_in_summer_in_the_north()
    {
        var summer = new DateOnly(2026, 6, 21);
        Assert.True(At("tel-aviv", summer) > At("jerusalem", summer));
        Assert.True(At("kiryat-shmona", summer) > At("eilat", summer).AddMinutes(5));
        var winter = new DateOnly(2026, 12, 21);
        Assert.True(At("eilat", winter) > At("haifa", winter));
    }

    /// <summary>Every city of the table lies in Israel, and none far from where its neighbours see the sun set.</summary>
    [Fact]
    public void Every_city_is_within_ten_minutes_of_Jerusalem()
    {
        foreach (var day in Enumerable.Range(0, 12).Select(month => new DateOnly(2026, 1 + month, 15)))
            Assert.All(Cities.Names, city => Assert.True((At(city, day) - At("jerusalem", day)).Duration() < TimeSpan.FromMinutes(10), city));
        Assert.True(Cities.Names.Count >= 30);
    }

    [Fact]
    public void Beyond_the_polar_circle_there_is_an_answer_too() => Assert.Equal(2026, Sunset.On(new(2026, 6, 21), new(78.2, 15.6)).Year);

    private static DateTimeOffset At(string city, DateOnly day) => Sunset.On(day, Cities.Find(city));

    private static void Expect(Place place, string zone, string day, string published)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var local = Instant.FromDateTimeOffset(Sunset.On(date, place)).InZone(DateTimeZoneProviders.Tzdb[zone]).TimeOfDay.ToTimeOnly();
        var minutes = (local - TimeOnly.ParseExact(published, "HH:mm", CultureInfo.InvariantCulture)).TotalMinutes;
        Assert.True(Math.Min(minutes, 1440 - minutes) <= 2, $"{day}: {local} is published as {published}.");
    }
}
