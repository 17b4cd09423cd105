using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

public enum TaskState
{
    Open,
    Claimed,
    Closed,
}

public enum Priority
{
    Critical,
    High,
    Normal,
}

public enum Outcome
{
    Saved,
    Lost,
    NotReached,
    NoFault,
    Duplicate,
}

/// <summary>Somebody tried to speak with the customer.</summary>
public sealed record Attempt(DateTimeOffset At, bool Reached, string By);

/// <param name="By">Name of the person who closed it.</param>
public sealed record Closing(Outcome Outcome, string Reason, string? Gesture, string By, DateTimeOffset At);

/// <summary>A call-back that somebody owns, with a deadline. At most one is open per customer.</summary>
/// <param name="Feedbacks">What it is about, oldest first: the one that opened it and the newest, <see cref="MostFeedbacks"/> at most. The customer's history has all.</param>
/// <param name="Promise">The one that counts now; after "no answer" a new one, the settled ones stay in <paramref name="EarlierPromises"/>.</param>
/// <param name="Ladder">Which reminders and escalations have been sent, and when the next step is.</param>
/// <param name="ApologySentAt">When the apology was committed; null while none was.</param>
public sealed record CallBackTask(
    TaskId Id,
    DateTimeOffset OpenedAt,
    TaskState State,
    Priority Priority,
    PersonId Owner,
    CustomerId? Customer,
    Contact Contact,
    IReadOnlyList<FeedbackId> Feedbacks,
    IReadOnlyList<Reason> Reasons,
    Promise Promise,
    IReadOnlyList<Promise> EarlierPromises,
    IReadOnlyList<Attempt> Attempts,
    Closing? Closing,
    Ladder Ladder,
    DateTimeOffset? ApologySentAt)
{
    /// <summary>Keeps the row far below what a store takes, however often one customer writes.</summary>
    public const int MostFeedbacks = 1_000;

    public static IReadOnlyList<FeedbackId> WithNewest(IReadOnlyList<FeedbackId> feedbacks, FeedbackId newest) =>
        feedbacks.Count < MostFeedbacks ? [.. feedbacks, newest] : [feedbacks[0], .. feedbacks.TakeLast(MostFeedbacks - 2), newest];

    public bool IsOpen => State != TaskState.Closed;

    /// <summary>Since when the customer waits for a person.</summary>
    public DateTimeOffset WaitingSince => OpenedAt;
}
