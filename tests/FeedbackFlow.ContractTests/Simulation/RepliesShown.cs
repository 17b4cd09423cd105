using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using static FeedbackFlow.ContractTests.Simulation.BrokenInvariantException;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>Under a review stands the last reply that was sent, and no older one that came late.</summary>
internal sealed class RepliesShown(SimReplies replies)
{
    private readonly Dictionary<LetterId, string> reviewOf = [];
    private readonly Dictionary<string, OutboxEntry> newest = new(StringComparer.Ordinal);

    public void Changed(OutboxEntry entry)
    {
        if (reviewOf.TryAdd(entry.Letter.Id, entry.Letter.To.Address)) newest[entry.Letter.To.Address] = entry;
        // Who is erased leaves a letter without a review.
        else if (newest.GetValueOrDefault(reviewOf[entry.Letter.Id])?.Letter.Id != entry.Letter.Id) return;
        else if (entry.Letter.To.Address.Length == 0) newest.Remove(reviewOf[entry.Letter.Id]);
        else newest[entry.Letter.To.Address] = entry;
    }

    public void AtRest()
    {
        foreach (var (review, entry) in newest)
            Unless(entry.State == LetterState.Sent && replies.Shown.GetValueOrDefault(review) == entry.Letter.Text, $"Under {review} stands '{replies.Shown.GetValueOrDefault(review)}' and not '{entry.Letter.Text}', which is {entry.State}.");
    }
}
