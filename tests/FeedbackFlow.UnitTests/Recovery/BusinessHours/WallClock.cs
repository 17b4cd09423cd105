using System.Globalization;
using NodaTime;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

/// <summary>
/// Times as a business owner writes them: <c>Thu 2026-11-19 17:40</c>. In the hour that daylight saving repeats the offset says which of the two is meant:
/// <c>Sun 2026-10-25 01:30+02:00</c>.
/// </summary>
internal static class WallClock
{
    private const string Pattern = "ddd yyyy-MM-dd HH:mm";

    public static DateTimeOffset Read(string text, DateTimeZone zone)
    {
        var length = "Thu 2026-11-19 17:40".Length;
        var local = LocalDateTime.FromDateTime(DateTime.ParseExact(text[..length], Pattern, CultureInfo.InvariantCulture));
        var mapping = zone.MapLocal(local);
        if (text.Length == length)
        {
            return mapping.Single().ToDateTimeOffset();
        }

        var offset = Offset.FromTicks(TimeSpan.Parse(text[length..].TrimStart('+'), CultureInfo.InvariantCulture).Ticks);
        return new[] { mapping.First(), mapping.Last() }.Single(moment => moment.Offset == offset).ToDateTimeOffset();
    }

    public static string Write(DateTimeOffset at, DateTimeZone zone)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(zone);
        var repeated = zone.MapLocal(local.LocalDateTime).Count > 1;
        return local.ToDateTimeOffset().ToString(repeated ? Pattern + "zzz" : Pattern, CultureInfo.InvariantCulture);
    }
}
