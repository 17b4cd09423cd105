using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.App.Pages.Health;

public sealed record PromiseCounts(int Kept, int Late, int Broken);

/// <param name="AlertLatencyP95Ms">From acceptance to hand-over of the alert; null while there was none.</param>
/// <param name="OutboxOldestSeconds">Age of the oldest letter that waits; null when none waits.</param>
/// <param name="Promises">Only for somebody signed in to the business.</param>
/// <param name="SetAside">Letters that wait for a person; null when not signed in.</param>
/// <param name="Poison">Messages set aside by the queue; null when not known.</param>
public sealed record StatusModel(PageFrame Frame, double? AlertLatencyP95Ms, double? OutboxOldestSeconds, PromiseCounts? Promises, int? SetAside, int? Poison)
{
    /// <summary>Times that nobody was told; null when not signed in.</summary>
    public TargetTally? Targets { get; init; }

    /// <summary>Where a fire drill is started; null when nobody is signed in.</summary>
    public string? DrillUrl { get; init; }
}
