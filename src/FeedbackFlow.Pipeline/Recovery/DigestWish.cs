namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>How often somebody wants to read how the business stands.</summary>
public enum DigestWish
{
    None,

    /// <summary>On the first working day of a week: the week before.</summary>
    Weekly,

    /// <summary>On each working day; on the first of a week with the week before.</summary>
    Daily,
}
