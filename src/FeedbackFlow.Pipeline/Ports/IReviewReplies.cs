using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>Writes the business's public reply under a review at its platform. A review has one reply: writing it again replaces it, so a repeated call has one effect.</summary>
public interface IReviewReplies
{
    /// <summary>Whether replies to this source's review can be written from here: the platform takes them, and the owner gave access.</summary>
    bool CanReply(Source source, string reviewId);

    /// <summary>Never throws for what the platform answers; the problem carries neither addresses nor content.</summary>
    /// <param name="text">At most the format's <see cref="WebhookFormat.LongestReply"/>.</param>
    Task<Delivery> ReplyAsync(Source source, string reviewId, string text, CancellationToken ct);
}
