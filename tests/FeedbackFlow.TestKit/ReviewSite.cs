using System.Collections.Concurrent;
using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.TestKit;

/// <summary>A platform where reviews can be read, and keys are published.</summary>
public sealed class ReviewSite : IReviewReader, IPublishedKeys
{
    private readonly ConcurrentDictionary<string, string> reviews = new(StringComparer.Ordinal);

    /// <summary>What it answers instead, while it is set.</summary>
    public FetchedReview? Trouble { get; set; }

    public IReadOnlyList<PublishedKey>? Keys { get; set; } = [];

    public int Fetched { get; private set; }

    public void Has(string name, string json) => reviews[name] = json;

    public Task<FetchedReview> FetchAsync(Source source, string reviewId, CancellationToken ct)
    {
        Fetched++;
        if (Trouble is { } trouble) return Task.FromResult(trouble);
        return Task.FromResult(reviews.TryGetValue(reviewId, out var review) ? new FetchedReview(FetchKind.Found, Encoding.UTF8.GetBytes(review)) : new(FetchKind.Gone, default));
    }

    public Task<IReadOnlyList<PublishedKey>?> KeysAsync(Uri address, string? unknown, CancellationToken ct) => Task.FromResult(Keys);
}
