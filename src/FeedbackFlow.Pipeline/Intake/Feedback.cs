namespace FeedbackFlow.Pipeline.Intake;

/// <summary>How the words came in.</summary>
public enum Channel
{
    Form,
    Review,
    Phone,
    Mail,
    Letter,
}

/// <summary>Which door a feedback came through; it decides what a letter may repeat (design 4.9).</summary>
public enum Origin
{
    /// <summary>The business's own systems, with a key.</summary>
    Api,

    /// <summary>A job's link that only this customer has.</summary>
    JobLink,

    /// <summary>A link that hangs on a magnet, a form or a review site elsewhere: nobody is known.</summary>
    OpenLink,

    /// <summary>A fire drill: nobody said it, and nothing of it stays.</summary>
    Drill,
}

/// <summary>What a customer said. Never edited.</summary>
/// <param name="Text">The original words, at most 10,000 characters; null where there were none.</param>
/// <param name="Place">The label of the open link it came by (magnet, van, branch); null elsewhere.</param>
public sealed record Feedback(
    FeedbackId Id,
    DateTimeOffset At,
    Channel Channel,
    Origin Origin,
    Rating? Rating,
    string? Text,
    bool WantsCall,
    Contact Contact,
    CustomerId? Customer,
    JobId? Job,
    string? Place)
{
    /// <summary>
    /// Who wrote is surely the person of the contact: the business's own system says so, or a job's link came back with the details of the job. Only then
    /// a letter may carry the customer's page.
    /// </summary>
    public bool SenderIsKnown { get; init; }

    /// <summary>Words, names and addresses were erased at this moment; ids, times and ratings stayed.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    public bool IsPublic => Channel == Channel.Review;

    /// <summary>Where it was said, when that was not here; null for our own doors.</summary>
    public Provenance? From { get; init; }
}

/// <summary>Where a feedback from elsewhere was said.</summary>
/// <param name="Source">Name of the source in the business's settings.</param>
/// <param name="OccurredAt">By the sender's clock; null where it said none.</param>
/// <param name="Url">Where it can be read in public.</param>
/// <param name="Reference">What the sender was given to recognise the customer by; data wherever it is shown.</param>
/// <param name="Details">Further answers of a form; data wherever they are shown.</param>
public sealed record Provenance(string Source, DateTimeOffset? OccurredAt, string? Url, string? Reference, IReadOnlyList<Detail> Details)
{
    /// <summary>The platform's own id of the review, by which it is answered there; null for what is no review.</summary>
    public string? ReviewId { get; init; }

    public const int LongestReviewId = 400;

    /// <summary>The event as it came, kept a while; it goes when the feedback is erased.</summary>
    public ReceiptId? Receipt { get; init; }
}

/// <summary>A question or field elsewhere and what was given for it.</summary>
public sealed record Detail(string Label, string Value)
{
    public const int Most = 20;
    public const int LongestLabel = 120;
    public const int LongestValue = 500;
}
