using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>
/// The pattern of the Israeli regulations on telephone service (2012): a call within three hours; what was left in the last two hours of a working day may be
/// answered within three hours of the next one's start. Hours are counted in open time and never past the end of the day, which is at most stricter than the rule.
/// </summary>
public static class CallBackRule
{
    private static readonly TimeSpan Within = TimeSpan.FromHours(3);
    private static readonly TimeSpan LastOfTheDay = TimeSpan.FromHours(2);

    public static DateTimeOffset Deadline(DateTimeOffset now, WorkingTime hours)
    {
        var closing = hours.ClosingOfDay(now);
        var start = closing is { } end && (end - now >= LastOfTheDay || !HasOpened(now, hours)) ? now : hours.NextWorkingDay(now);
        return Promise.WholeMinute(Earlier(hours.Add(start, Within), hours.ClosingOfDay(hours.NextOpen(start))!.Value));
    }

    /// <summary>Before the first opening of its day a message waits for that day, however short it is.</summary>
    private static bool HasOpened(DateTimeOffset now, WorkingTime hours) => hours.NextOpen(hours.StartOfDay(now)) < now;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
