using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

public enum TaskEventKind
{
    Opened,
    FeedbackAdded,
    ApologySent,
    AlertSent,
    Claimed,
    HandedOver,
    NoAnswer,
    Reached,
    Reminded,
    Escalated,
    PromiseBroken,
    Closed,
    Reopened,
    LetterSetAside,
    NobodyCalled,
    OtherTimeAsked,
    WritingAsked,
    NoCallAsked,
    CheckBackSent,
    SolvedSaid,
    NotSolvedSaid,

    /// <summary>What the customer said and who it was has been erased, because the customer asked for it.</summary>
    Erased,

    /// <summary>The channel took a letter, and it did not arrive.</summary>
    LetterBounced,

    /// <summary>The public review it is about was taken back by who wrote it.</summary>
    ReviewDeleted,

    /// <summary>A person said which known customer the review is from.</summary>
    CustomerMatched,

    /// <summary>The customer was told that it arrived, in a time of rest.</summary>
    AcknowledgementSent,

    /// <summary>The customer was told of the attempt and of the next call.</summary>
    TriedSent,

    /// <summary>The customer was told that nobody calls again by himself.</summary>
    GaveUpSent,

    /// <summary>Somebody told the detector that it had read wrongly.</summary>
    ReadingCorrected,

    /// <summary>The business's reply stands under the public review.</summary>
    RepliedInPublic,
}

/// <summary>One line of a task's timeline. Never edited.</summary>
/// <param name="Who">Name of the person who acted or was written to; null where the program acted.</param>
/// <param name="Detail">Reason, outcome or gesture as typed by a person, data wherever it is shown; of a letter that did not arrive, the service's word for why.</param>
public sealed record TaskEvent(DateTimeOffset At, TaskEventKind Kind, string? Who = null, FeedbackId? Feedback = null, Outcome? Outcome = null, string? Detail = null)
{
    /// <summary>By which way the letter of this line left; null where there was only mail.</summary>
    public WayKind? By { get; init; }

    /// <summary>The ways that were tried before and did not take it.</summary>
    public IReadOnlyList<WayKind> NotBy { get; init; } = [];
}
