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

    /// <summary>A link that hangs on a magnet: nobody is known.</summary>
    OpenLink,
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
    public bool IsPublic => Channel == Channel.Review;
}
