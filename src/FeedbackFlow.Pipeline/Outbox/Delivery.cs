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
    /// <summary>Which channel gave this answer; null where there is only one.</summary>
    public string? Via { get; init; }

    /// <summary>The channel surely did not take it (throttled, over its quota, not let in), so another one may have it without the letter arriving twice.</summary>
    public bool NotTaken { get; init; }

    public static Delivery Sent { get; } = new(DeliveryKind.Sent);
}
