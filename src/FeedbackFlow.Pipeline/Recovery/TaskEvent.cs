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
}

/// <summary>One line of a task's timeline. Never edited.</summary>
/// <param name="Who">Name of the person who acted or was written to; null where the program acted.</param>
/// <param name="Detail">Reason, outcome or gesture as typed by a person; data wherever it is shown.</param>
public sealed record TaskEvent(DateTimeOffset At, TaskEventKind Kind, string? Who = null, FeedbackId? Feedback = null, Outcome? Outcome = null, string? Detail = null);
