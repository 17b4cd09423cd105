namespace FeedbackFlow.Pipeline.Intake.Webhooks;

public enum HeardKind
{
    /// <summary>Somebody said something.</summary>
    Said,

    /// <summary>A review was changed.</summary>
    Edited,

    /// <summary>A review was taken back.</summary>
    Deleted,

    /// <summary>A review was written whose words must be fetched.</summary>
    Notice,

    /// <summary>An event of a kind that is not read here; it is kept and answered as received.</summary>
    OtherType,

    /// <summary>A form without words, score or wish: kept, but there is nothing to read.</summary>
    NothingSaid,
}

/// <summary>One event of a delivery, in our words.</summary>
/// <param name="Key">Names the event over all its deliveries, within its source.</param>
/// <param name="Type">What the sender calls it; shown, never believed.</param>
public sealed record Heard(HeardKind Kind, string Key, string Type)
{
    public Submission? Submission { get; init; }

    /// <summary>The sender's id of the review; null for what is no review.</summary>
    public string? ReviewId { get; init; }

    /// <summary>When it was written or changed, by the sender's clock.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Where it can be read in public: http or https.</summary>
    public string? Url { get; init; }

    /// <summary>What the sender was given to recognise the customer by.</summary>
    public string? Reference { get; init; }

    /// <summary>Further answers, and what could not be understood as a field: shown to the manager as they came.</summary>
    public IReadOnlyList<Detail> Details { get; init; } = [];
}

public enum RefusalReason
{
    UnsupportedContentType,
    NotUtf8,
    NotJson,
    NotAnObject,
    MissingField,
    NothingSaid,
    TooManyEvents,

    /// <summary>The event itself is older than events are remembered: perhaps a repetition.</summary>
    EventTooOld,

    NotMultipart,
    NotAMessage,
}

/// <param name="Detail">What is wrong and how to mend it, without anything of the content.</param>
/// <param name="Field">JSON Pointer or name of the field; null where it is not about one.</param>
public sealed record Refusal(RefusalReason Reason, string Detail, string? Field = null);

/// <summary>What a format made of a delivery: its events, or why there are none.</summary>
public sealed record Parsed(IReadOnlyList<Heard> Events, Refusal? Refusal)
{
    public static Parsed Of(params IReadOnlyList<Heard> events) => new(events, null);

    public static Parsed No(RefusalReason reason, string detail, string? field = null) => new([], new(reason, detail, field));
}
