using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>By what and when a person may be told something: said a second time, from the settings and the wall clock alone.</summary>
internal static class Reader
{
    /// <summary>When the quiet hours end that hold at this moment; null when none hold.</summary>
    public static DateTimeOffset? QuietEnd(Person person, string zone, DateTimeOffset at)
    {
        if (person.Quiet is not { } quiet) return null;
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var time = TimeOfDay(at);
        var (from, until) = (quiet.From.ToTimeSpan(), quiet.Until.ToTimeSpan());
        if (from < until ? time < from || time >= until : time < from && time >= until) return null;
        var end = at + Forward(until - time);
        // The clocks may change before it comes.
        return end + Nearest(until - TimeOfDay(end));

        TimeSpan TimeOfDay(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, clock).TimeOfDay;
    }

    /// <summary>Who marked a way for the quiet hours is reached in them.</summary>
    public static DateTimeOffset? MustWait(Person person, string zone, DateTimeOffset at) => person.Ways.Any(way => way.InQuietHours) ? null : QuietEnd(person, zone, at);

    /// <summary>In the person's own order; in quiet hours the marked ones, before them or instead of the others.</summary>
    public static IReadOnlyList<WayKind> Usable(Person person, DateTimeOffset? quietEnd, DateTimeOffset? mayWaitUntil)
    {
        List<(WayKind Kind, bool Marked)> ways = [.. person.Ways.Select(way => (way.Kind, way.InQuietHours))];
        if (!ways.Exists(way => way.Kind == WayKind.Mail)) ways.Add((WayKind.Mail, false));
        if (quietEnd is null || person.Ways.Count == 0) return [.. ways.Select(way => way.Kind)];
        var marked = ways.Where(way => way.Marked).Select(way => way.Kind).ToList();
        return marked.Count > 0 && quietEnd <= mayWaitUntil ? marked : [.. marked, .. ways.Where(way => !way.Marked).Select(way => way.Kind)];
    }

    private static TimeSpan Forward(TimeSpan difference) => difference < TimeSpan.Zero ? difference + TimeSpan.FromDays(1) : difference;

    private static TimeSpan Nearest(TimeSpan difference) =>
        difference > TimeSpan.FromHours(12) ? difference - TimeSpan.FromDays(1) : difference < TimeSpan.FromHours(-12) ? difference + TimeSpan.FromDays(1) : difference;
}
