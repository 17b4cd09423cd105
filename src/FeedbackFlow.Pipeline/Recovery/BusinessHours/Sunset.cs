namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>A place on the earth, in degrees; north and east are positive.</summary>
public readonly record struct Place(double Latitude, double Longitude);

/// <summary>
/// Sunset by the formula that the NOAA publishes (Solar Calculator, after Meeus, Astronomical Algorithms): the sun's upper edge at the horizon of the sea,
/// with 34 minutes of arc of refraction. Within a minute between the polar circles; hills and height above the sea are not considered.
/// </summary>
public static class Sunset
{
    /// <summary>Refraction and the sun's half diameter: the centre stands this far from the zenith.</summary>
    private const double ZenithDegrees = 90.833;

    /// <summary>When the sun sets there on this date. Beyond the polar circles, on days without a sunset, the sun's lowest or highest moment.</summary>
    public static DateTimeOffset On(DateOnly day, Place place)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        // A first look at noon is minutes off, because the sun moves on until the evening; the second is taken at the moment the first one gave.
        var minutes = MinutesAfterMidnight(midnight.AddHours(12), place);
        return midnight.AddMinutes(MinutesAfterMidnight(midnight.AddMinutes(minutes), place));
    }

    private static double MinutesAfterMidnight(DateTimeOffset at, Place place)
    {
        var century = ((at - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays) / 36_525;
        var meanLongitude = (280.46646 + (century * (36_000.76983 + (century * 0.0003032)))) % 360;
        var meanAnomaly = 357.52911 + (century * (35_999.05029 - (0.0001537 * century)));
        var eccentricity = 0.016708634 - (century * (0.000042037 + (0.0000001267 * century)));
        var centre = (Sin(meanAnomaly) * (1.914602 - (century * (0.004817 + (0.000014 * century)))))
            + (Sin(2 * meanAnomaly) * (0.019993 - (0.000101 * century)))
            + (Sin(3 * meanAnomaly) * 0.000289);
        var node = 125.04 - (1_934.136 * century);
        var longitude = meanLongitude + centre - 0.00569 - (0.00478 * Sin(node));
        var obliquity = 23 + ((26 + ((21.448 - (century * (46.815 + (century * (0.00059 - (century * 0.001813)))))) / 60)) / 60) + (0.00256 * Cos(node));
        var declination = Degrees(Math.Asin(Sin(obliquity) * Sin(longitude)));
        var y = Math.Pow(Math.Tan(Radians(obliquity / 2)), 2);
        var equationOfTime = 4 * Degrees(
            (y * Sin(2 * meanLongitude)) - (2 * eccentricity * Sin(meanAnomaly)) + (4 * eccentricity * y * Sin(meanAnomaly) * Cos(2 * meanLongitude))
            - (0.5 * y * y * Sin(4 * meanLongitude)) - (1.25 * eccentricity * eccentricity * Sin(2 * meanAnomaly)));
        var cosine = (Cos(ZenithDegrees) / (Cos(place.Latitude) * Cos(declination))) - (Math.Tan(Radians(place.Latitude)) * Math.Tan(Radians(declination)));
        var hourAngle = Degrees(Math.Acos(Math.Clamp(cosine, -1, 1)));
        return 720 - (4 * place.Longitude) - equationOfTime + (4 * hourAngle);
    }

    private static double Sin(double degrees) => Math.Sin(Radians(degrees));

    private static double Cos(double degrees) => Math.Cos(Radians(degrees));

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
