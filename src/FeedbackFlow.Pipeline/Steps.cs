using System.Diagnostics;
using System.Diagnostics.Metrics;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// What the program tells of itself: spans for the steps of a submission, and numbers. Ids, kinds and durations only; never words, names or addresses of a customer. Whoever
/// wants them listens by the name <see cref="Name"/>.
/// </summary>
public static class Steps
{
    public const string Name = "FeedbackFlow";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Latency =
        Meter.CreateHistogram<double>("feedbackflow.alert.latency", "s", "From the arrival of a feedback to the hand-over of its alert");

    private static readonly Histogram<double> Detecting = Meter.CreateHistogram<double>("feedbackflow.detector.time", "s", "Local reading of one text");
    private static readonly Counter<long> Settled = Meter.CreateCounter<long>("feedbackflow.promises", null, "Promises that were told, by how they ended");
    private static readonly Counter<long> FallBacks = Meter.CreateCounter<long>("feedbackflow.analyser.fallbacks", null, "Texts that a second analyser was to read and did not");
    private static readonly Gauge<double> OldestLetter = Meter.CreateGauge<double>("feedbackflow.outbox.age", "s", "Age of the oldest letter that is not sent");

    /// <summary>A span under the current one; null when nobody listens.</summary>
    public static Activity? Begin(string step) => Source.StartActivity(step);

    /// <summary>A span that goes on where a message was sent. A trace that cannot be read begins a new one.</summary>
    /// <param name="trace">A <c>traceparent</c> of the W3C, or null.</param>
    public static Activity? Continue(string step, string? trace) =>
        Source.StartActivity(step, ActivityKind.Consumer, ActivityContext.TryParse(trace, null, isRemote: true, out var parent) ? parent : default);

    /// <summary>What a message carries so that its follower goes on in the same trace; null when nobody listens.</summary>
    public static string? CurrentTrace => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } current ? current.Id : null;

    public static void AlertHandedOver(TimeSpan took) => Latency.Record(took.TotalSeconds);

    public static void TextRead(TimeSpan took) => Detecting.Record(took.TotalSeconds);

    /// <summary>What a commit added to the tally of promises; null where it added nothing.</summary>
    public static void PromisesSettled(Change<PromiseTally>? tally)
    {
        if (tally is null) return;
        var (before, after) = (tally.Before ?? PromiseTally.Zero, tally.After);
        Add("kept", after.Kept - before.Kept);
        Add("late", after.Late - before.Late);
        Add("broken", after.Broken - before.Broken);

        static void Add(string state, int more)
        {
            if (more > 0) Settled.Add(more, new KeyValuePair<string, object?>("state", state));
        }
    }

    public static void AnalyserFellBack(string analyser) => FallBacks.Add(1, new KeyValuePair<string, object?>("analyser", analyser));

    public static void OutboxAge(double seconds) => OldestLetter.Record(seconds);
}
