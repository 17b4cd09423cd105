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

    /// <summary>
    /// A second formula, of the Astronomical Almanac (low precision: 0.01 degrees from 1950 to 2050), with terms of its own. Months, years, both halves of the earth.
    /// </summary>
    [Theory]
    [InlineData(31.778, 35.235)]
    [InlineData(51.51, -0.13)]
    [InlineData(-33.92, 18.42)]
    [InlineData(40.71, -74.01)]
    [InlineData(0, 100)]
    public void It_is_within_five_seconds_of_the_almanac(double latitude, double longitude)
    {
        var place = new Place(latitude, longitude);
        for (var day = new DateOnly(1951, 1, 3); day.Year < 2050; day = day.AddDays(61))
            Assert.True((Sunset.On(day, place) - ByTheAlmanac(day, place)).Duration() < TimeSpan.FromSeconds(5), $"{day}: {Sunset.On(day, place):T}, almanac {ByTheAlmanac(day, place):T}");
    }

    private static DateTimeOffset ByTheAlmanac(DateOnly day, Place place)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var at = midnight.AddHours(18 - (place.Longitude / 15));
        for (var look = 0; look < 4; look++)
        {
            var days = (at - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays;
            var (mean, anomaly, tilt) = (Turn(280.460 + (0.9856474 * days)), Turn(357.528 + (0.9856003 * days)), Turn(23.439 - (0.0000004 * days)));
            var longitude = mean + Turn((1.915 * Math.Sin(anomaly)) + (0.020 * Math.Sin(2 * anomaly)));
            var ascension = Math.Atan2(Math.Cos(tilt) * Math.Sin(longitude), Math.Cos(longitude));
            var declination = Math.Asin(Math.Sin(tilt) * Math.Sin(longitude));
            var ahead = Math.IEEERemainder(mean - ascension, Math.Tau);
            var north = Turn(place.Latitude);
            var afterNoon = Math.Acos((Math.Sin(Turn(-50.0 / 60)) - (Math.Sin(north) * Math.Sin(declination))) / (Math.Cos(north) * Math.Cos(declination)));
            at = midnight.AddDays(0.5 - (place.Longitude / 360) + ((afterNoon - ahead) / Math.Tau));
        }

        return at;

        static double Turn(double degrees) => degrees * Math.PI / 180;
    }

    [Fact]
    public void Beyond_the_polar_circle_it_is_the_lowest_moment_of_summer_and_the_highest_of_winter()
    {
        var longyearbyen = new Place(78.2, 15.6);
        Near("2026-06-21T22:59Z", Sunset.On(new(2026, 6, 21), longyearbyen));
        Near("2026-12-21T10:57Z", Sunset.On(new(2026, 12, 21), longyearbyen));

        static void Near(string expected, DateTimeOffset sunset) =>
            Assert.True((sunset - DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture)).Duration() < TimeSpan.FromMinutes(2), $"{sunset}");
    }

    [Fact]
    public void A_city_that_is_not_known_rests_with_Jerusalem()
    {
        Assert.True(Cities.IsKnown("haifa"));
        Assert.False(Cities.IsKnown("atlantis"));
        Assert.False(Cities.IsKnown(null));
        Assert.NotEqual(Cities.Find("jerusalem"), Cities.Find("haifa"));
        Assert.Equal(Cities.Find("jerusalem"), Cities.Find("atlantis"));
        Assert.Equal(Cities.Find("jerusalem"), Cities.Find(null));
    }

    private static DateTimeOffset At(string city, DateOnly day) => Sunset.On(day, Cities.Find(city));

    private static void Expect(Place place, string zone, string day, string published)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var local = Instant.FromDateTimeOffset(Sunset.On(date, place)).InZone(DateTimeZoneProviders.Tzdb[zone]).TimeOfDay.ToTimeOnly();
        var minutes = (local - TimeOnly.ParseExact(published, "HH:mm", CultureInfo.InvariantCulture)).TotalMinutes;
        Assert.True(Math.Min(minutes, 1440 - minutes) <= 2, $"{day}: {local} is published as {published}.");
    }
}
