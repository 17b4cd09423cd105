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

/// <summary>Why a way other than mail did not take a letter, for the person who set it up.</summary>
public enum WayFailure
{
    /// <summary>Nothing is there any more: the webhook was revoked, the channel archived.</summary>
    Gone,

    /// <summary>It is not let in: the workspace forbids it, a key is wrong.</summary>
    NotAllowed,

    /// <summary>It does not understand the message: another kind of address than this way's.</summary>
    NotUnderstood,

    /// <summary>It points to another place, which is not followed.</summary>
    Moved,

    /// <summary>It leads into a private network.</summary>
    Private,

    /// <summary>No such number, or none that gets messages.</summary>
    BadNumber,

    /// <summary>Who has the number asked for no more messages.</summary>
    OptedOut,

    /// <summary>Too many messages at once.</summary>
    Busy,

    /// <summary>It has trouble of its own.</summary>
    Down,

    /// <summary>No answer, or no connection.</summary>
    NoAnswer,

    /// <summary>There is no account for it in the settings.</summary>
    NoAccount,
}

/// <param name="Problem">What went wrong, without addresses or content; null when sent.</param>
/// <param name="NotBefore">When the channel asked to be left alone until then.</param>
public sealed record Delivery(DeliveryKind Kind, string? Problem = null, DateTimeOffset? NotBefore = null)
{
    /// <summary>The problem of a letter that came back from every channel.</summary>
    public const string NoChannelLeft = "It did not arrive through any channel there is.";

    /// <summary>Which channel gave this answer; null where there is only one.</summary>
    public string? Via { get; init; }

    /// <summary>The channel surely did not take it (throttled, over its quota, not let in), so another one may have it without the letter arriving twice.</summary>
    public bool NotTaken { get; init; }

    /// <summary>Why a way did not take it; null for mail.</summary>
    public WayFailure? Because { get; init; }

    public static Delivery Sent { get; } = new(DeliveryKind.Sent);
}
