using System.Collections.Concurrent;
using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.TestKit;

/// <summary>A platform where reviews can be read and answered, and keys are published.</summary>
public sealed class ReviewSite : IReviewReader, IReviewReplies, IPublishedKeys
{
    private readonly ConcurrentDictionary<string, string> reviews = new(StringComparer.Ordinal);

    /// <summary>What it answers instead, while it is set.</summary>
    public FetchedReview? Trouble { get; set; }

    public IReadOnlyList<PublishedKey>? Keys { get; set; } = [];

    /// <summary>Writes every review that is asked for; null where only those are there that were put there.</summary>
    public Func<string, byte[]>? Writes { get; set; }

    public int Fetched { get; private set; }

    /// <summary>The reply that stands under each review: the last one that was written.</summary>
    public ConcurrentDictionary<string, string> Replies { get; } = new(StringComparer.Ordinal);

    /// <summary>What it says to a reply instead of taking it, while it is set.</summary>
    public Delivery? ReplyTrouble { get; set; }

    public void Has(string name, string json) => reviews[name] = json;

    public Task<FetchedReview> FetchAsync(Source source, string reviewId, CancellationToken ct)
    {
        Fetched++;
        if (Trouble is { } trouble) return Task.FromResult(trouble);
        if (Writes is { } writes) return Task.FromResult(new FetchedReview(FetchKind.Found, writes(reviewId)));
        return Task.FromResult(reviews.TryGetValue(reviewId, out var review) ? new FetchedReview(FetchKind.Found, Encoding.UTF8.GetBytes(review)) : new(FetchKind.Gone, default));
    }

    public bool CanReply(Source source, string reviewId) => source.Format == "google" && source.Push?.CanFetch == true;

    public Task<Delivery> ReplyAsync(Source source, string reviewId, string text, CancellationToken ct)
    {
        if (ReplyTrouble is { } trouble) return Task.FromResult(trouble);
        Replies[reviewId] = text;
        return Task.FromResult(Delivery.Sent);
    }

    public Task<IReadOnlyList<PublishedKey>?> KeysAsync(Uri address, string? unknown, CancellationToken ct) => Task.FromResult(Keys);
}
