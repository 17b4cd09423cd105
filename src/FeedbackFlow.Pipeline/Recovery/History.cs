using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What was between the business and this customer before the feedback.</summary>
/// <param name="OpenTask">The customer's open task; null where there is none.</param>
/// <param name="Waiting">Earlier contacts that nobody answered, oldest first.</param>
public sealed record History(CallBackTask? OpenTask, IReadOnlyList<DateTimeOffset> Waiting, IReadOnlyList<Rating> LastScores, DateTimeOffset? LastApologyAt)
{
    public static History None { get; } = new(null, [], [], null);
}
