using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>Reads a review at its platform, where a notice only named it.</summary>
public interface IReviewReader
{
    /// <summary>The review as the platform writes it; never throws for what the platform answers.</summary>
    Task<FetchedReview> FetchAsync(Source source, string reviewId, CancellationToken ct);
}

public enum FetchKind
{
    Found,

    /// <summary>The platform has no such review (any more).</summary>
    Gone,

    /// <summary>It may work later.</summary>
    TryAgain,

    /// <summary>It will never work as it is: access is missing or was withdrawn.</summary>
    Refused,
}

/// <param name="Body">UTF-8 JSON of the review; empty unless found.</param>
/// <param name="Problem">What went wrong, without addresses or content.</param>
public sealed record FetchedReview(FetchKind Kind, ReadOnlyMemory<byte> Body, string? Problem = null);
