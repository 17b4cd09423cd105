using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>A platform that shows one reply under each review: the last one that was written there. It often asks for patience.</summary>
internal sealed class SimReplies(Chance chance, TimeProvider clock) : IReviewReplies
{
    public Dictionary<string, string> Shown { get; } = new(StringComparer.Ordinal);

    public bool CanReply(Source source, string reviewId) => true;

    public Task<Delivery> ReplyAsync(Source source, string reviewId, string text, CancellationToken ct)
    {
        var trouble = chance.Random.Next(10);
        if (trouble < 3) return Task.FromResult(Chats.IsDown with { NotBefore = clock.GetUtcNow() + chance.Minutes(0, 300) });
        Shown[reviewId] = text;
        return trouble == 3 ? throw new OperationCanceledException("It hangs.") : Task.FromResult(Delivery.Sent);
    }
}
