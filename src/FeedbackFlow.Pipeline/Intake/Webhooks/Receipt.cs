namespace FeedbackFlow.Pipeline.Intake.Webhooks;

public enum ReceiptResult
{
    /// <summary>It became a feedback.</summary>
    Stored,

    /// <summary>It had come before: the first answer stands, nothing new was made.</summary>
    Repeated,

    /// <summary>A review that was known was changed.</summary>
    Edited,

    /// <summary>A review that was known was taken back.</summary>
    Deleted,

    /// <summary>An older state of a review than the one that is known.</summary>
    Outdated,

    /// <summary>A notice; the words are fetched.</summary>
    Pending,

    /// <summary>Kept as it came: an event of another kind.</summary>
    OtherType,

    /// <summary>Kept as it came: nothing was said in it.</summary>
    NothingSaid,

    /// <summary>The test button's own delivery: checked and read, and not stored.</summary>
    Tested,
    Refused,
}

/// <summary>What came to a source and what became of it; kept seven days. The owner sees the newest ten.</summary>
/// <param name="Reason">Why it was refused: the name of a <see cref="SignatureResult"/> or <see cref="RefusalReason"/>; null otherwise.</param>
/// <param name="Type">What the sender calls the event; empty where it was not read.</param>
/// <param name="Body">The event as it came, so that no field is lost, up to <see cref="LongestBody"/>; null where nobody was known to have sent it.</param>
public sealed record Receipt(
    ReceiptId Id, string Source, DateTimeOffset At, ReceiptResult Result, string? Reason, string Type, FeedbackId? Feedback, string? Body)
{
    public const int LongestBody = 65_536;
    public static readonly TimeSpan KeptFor = SubmissionKey.KeptFor;

    public const int LongestType = 120;
}
