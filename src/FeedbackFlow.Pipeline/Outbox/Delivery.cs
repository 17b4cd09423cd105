namespace FeedbackFlow.Pipeline.Outbox;

public enum DeliveryKind
{
    /// <summary>The channel has it.</summary>
    Sent,

    /// <summary>It may work later.</summary>
    TryAgain,

    /// <summary>It will never work as it is: a person must look.</summary>
    Refused,
}

/// <param name="Problem">What went wrong, without addresses or content; null when sent.</param>
/// <param name="NotBefore">When the channel asked to be left alone until then.</param>
public sealed record Delivery(DeliveryKind Kind, string? Problem = null, DateTimeOffset? NotBefore = null)
{
    public static Delivery Sent { get; } = new(DeliveryKind.Sent);
}
