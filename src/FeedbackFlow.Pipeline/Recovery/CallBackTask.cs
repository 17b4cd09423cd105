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

/// <summary>"Did we solve it?", three days after closing.</summary>
/// <param name="Letter">The letter that asks; null when the customer said it unasked.</param>
/// <param name="Solved">The customer's answer; null while there is none.</param>
public sealed record CheckBack(LetterId? Letter, bool? Solved, DateTimeOffset? AnsweredAt)
{
    public static readonly TimeSpan After = TimeSpan.FromDays(3);
}

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

    /// <summary>Whom it was about was erased at this moment: nobody can be called any more, and a person closes it.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The customer said that no call is needed, and nothing has changed that since.</summary>
    public bool WantsNoCall => Reasons.Any(reason => reason.Kind == ReasonKind.AsksForNoCall);

    /// <summary>There is nobody to be called: time does nothing more to it, and a person closes it.</summary>
    public bool IsQuiet => ErasedAt is not null || WantsNoCall;

    /// <summary>A fire drill: it is shown as one, counted nowhere, and removed when it ends.</summary>
    public bool IsDrill { get; init; }

    /// <summary>How often the customer changed time or way; bounded, because each is told to the owner.</summary>
    public int Wishes { get; init; }

    /// <summary>What the customer was asked after each closing, and what the answers were, oldest first. They stand beside the first feedback.</summary>
    public IReadOnlyList<CheckBack> CheckBacks { get; init; } = [];

    /// <summary>What the customer said about this closing; null while nothing was said or the task is open.</summary>
    public CheckBack? AnswerSinceClosing => Closing is { } closing && CheckBacks is [.., { AnsweredAt: { } at } last] && at >= closing.At ? last : null;

    /// <summary>Whether this letter's question still stands: the task is closed as it was, and the customer has not answered.</summary>
    public bool StillAsks(LetterId letter) => !IsOpen && CheckBacks is [.., { AnsweredAt: null } last] && last.Letter == letter;

    /// <summary>The branch it belongs to; null for a business of one place.</summary>
    public string? Branch { get; init; }

    /// <summary>How many of <see cref="Attempts"/> belong to earlier rounds: a re-opened task, or a customer who wrote again, is tried from the beginning.</summary>
    public int AttemptsBefore { get; init; }

    /// <summary>The attempts of this round, oldest first.</summary>
    public IReadOnlyList<Attempt> AttemptsNow => [.. Attempts.Skip(AttemptsBefore)];

    public bool IsOpen => State != TaskState.Closed;

    /// <summary>Since when the customer waits for a person.</summary>
    public DateTimeOffset WaitingSince => OpenedAt;
}
