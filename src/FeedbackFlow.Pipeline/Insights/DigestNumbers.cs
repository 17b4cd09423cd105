using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Insights;

/// <summary>From what is stored to the numbers of a digest.</summary>
public static class DigestNumbers
{
    private const int FewestOfATheme = 2;

    /// <summary>What somebody can do something about; who leaves or complains in public does it because of one of these.</summary>
    private static readonly SignalKind[] Themes = [SignalKind.Unreachable, SignalKind.PromiseBroken, SignalKind.Rude, SignalKind.Money, SignalKind.Safety];

    /// <param name="tasks">Nearest deadline first.</param>
    public static OpenMatters Open(IReadOnlyList<CallBackTask> tasks, Business business, DateTimeOffset now)
    {
        var real = tasks.Where(task => !task.IsDrill && task.ErasedAt is null).ToList();
        var late = real.Where(task => task.Promise.By < now).ToList();
        var today = real.Where(task => task.Promise.By >= now && DigestTime.IsToday(business, task.Promise.By, now)).ToList();
        return new(late, today, real.Count - late.Count - today.Count);
    }

    /// <param name="tasks">What each feedback opened or joined; null where it needed none.</param>
    public static CameIn CameIn(IReadOnlyCollection<Intake.TaskId?> tasks) => new(tasks.Count, tasks.Count(task => task is not null));

    public static int Closed(IEnumerable<CallBackTask> tasks, Outcome outcome) => tasks.Count(task => task is { IsDrill: false, Closing: { } closing } && closing.Outcome == outcome);

    /// <summary>What came most in these readings; the first in <see cref="Themes"/> where several came as often.</summary>
    public static (SignalKind? Theme, int Times) Theme(IReadOnlyList<Reading> readings, double from)
    {
        var most = Themes.Select(kind => (Kind: kind, Times: readings.Count(reading => reading.Find(kind)?.Confidence >= from))).MaxBy(theme => theme.Times);
        return most.Times >= FewestOfATheme ? (most.Kind, most.Times) : (null, 0);
    }

    public static int Praise(IEnumerable<Reading> readings, double from) => readings.Count(reading => reading.Find(SignalKind.Praise)?.Confidence >= from);
}
