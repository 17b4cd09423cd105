using System.Globalization;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace FeedbackFlow.App.Cli;

/// <summary>Moments as they are written on a command line: <c>2026-12-24</c> or <c>2026-12-24T13:00</c>, by the clock on the business's wall.</summary>
internal static class WallTime
{
    public const string Form = "Write a day such as 2026-12-24, or a time such as 2026-12-24T13:00.";

    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static bool IsOne(string text) => Read(text, endOfDay: false) is not null;

    /// <param name="endOfDay">What a day without a time stands for: its end, or its beginning.</param>
    public static DateTimeOffset? At(string text, bool endOfDay, Business business) =>
        Read(text, endOfDay) is { } local ? local.InZone(WorkingTime.ZoneOf(business.Zone), Resolvers.LenientResolver).ToDateTimeOffset() : null;

    public static string Say(DateTimeOffset at, Business business) =>
        Instant.FromDateTimeOffset(at).InZone(WorkingTime.ZoneOf(business.Zone)).LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static LocalDateTime? Read(string text, bool endOfDay)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day) return (endOfDay ? day.Value.PlusDays(1) : day.Value).AtMidnight();
        return Minutes.Parse(text) is { Success: true } minute ? minute.Value : null;
    }
}
