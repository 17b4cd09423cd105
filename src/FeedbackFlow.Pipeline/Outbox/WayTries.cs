using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>How far a letter has come on the ways of the person it goes to.</summary>
/// <param name="On">The way it is on; null before the first.</param>
/// <param name="Since">When it came on it.</param>
/// <param name="Before">Attempts on the ways before.</param>
/// <param name="Refused">Ways that never take it.</param>
/// <param name="Late">Ways that did not take it within their time.</param>
public sealed record WayTries(WayKind? On, DateTimeOffset Since, int Before, IReadOnlyList<WayKind> Refused, IReadOnlyList<WayKind> Late)
{
    public static WayTries None { get; } = new(null, default, 0, [], []);

    /// <summary>The ways that did not take it, as they were tried.</summary>
    public IReadOnlyList<WayKind> Passed => [.. Late.Concat(Refused).Where(way => way != On).Distinct()];
}
