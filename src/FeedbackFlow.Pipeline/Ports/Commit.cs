using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>A feedback and what its words say. Written once.</summary>
/// <param name="Task">The task it opened or joined when it came; null where it needed none.</param>
public sealed record ReadFeedback(Feedback Feedback, Reading Reading, TaskId? Task = null)
{
    /// <summary>Under which key its answer is kept for a while (<see cref="StoredAnswer.Hash"/>); null where no key was given.</summary>
    public string? AnswerKey { get; init; }
}

/// <summary>A feedback in a customer's history.</summary>
public sealed record HistoryLine(CustomerId Customer, FeedbackId Feedback);

/// <summary>The answer that was given to a submission, kept so that a repeated one gets the same.</summary>
/// <param name="Hash">From <see cref="SubmissionKey"/>.</param>
/// <param name="Content">From <see cref="SubmissionKey"/>.</param>
public sealed record StoredAnswer(string Hash, string Content, FeedbackId Feedback, TaskId? Task, string? Owner, DateTimeOffset? PromisedBy, DateTimeOffset Until);

/// <summary>The steps that came for one person at once and go out in one letter.</summary>
/// <param name="Letter">The letter that will tell them; it is written when it leaves, at <paramref name="DueAt"/>.</param>
/// <param name="Steps">Each task once, with the newest of its steps.</param>
public sealed record SummarySheet(PersonId Person, LetterId Letter, DateTimeOffset DueAt, IReadOnlyList<SummaryStep> Steps);

public sealed record SummaryStep(TaskId Task, LadderStep Step);

/// <summary>From the feedback's arrival to the alert's hand-over.</summary>
public sealed record AlertLatency(LetterId Letter, DateTimeOffset At, TimeSpan Took);

/// <summary>How many promises that were told ended how.</summary>
public sealed record PromiseTally(int Kept, int Late, int Broken)
{
    public static PromiseTally Zero { get; } = new(0, 0, 0);

    public PromiseTally Plus(LedgerMark mark) => mark switch
    {
        LedgerMark.Kept => this with { Kept = Kept + 1 },
        LedgerMark.Late => this with { Late = Late + 1 },
        LedgerMark.Broken => this with { Broken = Broken + 1 },
        LedgerMark.Told or LedgerMark.Released or LedgerMark.Disputed => this,
    };
}

/// <summary>A business's last fire drill: when each step was reached. It is the only thing that stays of one.</summary>
/// <param name="Key">Hash of the key under which the drill's feedback was taken, so that a drill whose process died is found again.</param>
/// <param name="By">Name of the person who pressed the button.</param>
/// <param name="StoredAt">The words were read, and the task and its letters were on disk.</param>
/// <param name="SentAt">The alert was handed to the channel.</param>
/// <param name="NudgeDue">When the queue's message was meant to come back.</param>
/// <param name="NudgedAt">When it did.</param>
/// <param name="TakenAt">Somebody took it or closed it.</param>
/// <param name="EndedAt">Everything else of it was removed; null while it runs.</param>
public sealed record Drill(
    string Key, string By, DateTimeOffset StartedAt, FeedbackId? Feedback, TaskId? Task, DateTimeOffset? StoredAt, DateTimeOffset? SentAt, DateTimeOffset NudgeDue, DateTimeOffset? NudgedAt,
    DateTimeOffset? TakenAt, DateTimeOffset? EndedAt);

/// <param name="Hash">From <see cref="CustomerIdentity"/>.</param>
/// <param name="Apology">What was remembered under it; null where nothing was.</param>
public sealed record ForgottenContact(string Hash, ApologyMark? Apology);

/// <summary>A job as it is found under one of its contacts.</summary>
/// <param name="Hash">From <see cref="CustomerIdentity"/>.</param>
public sealed record JobContact(string Hash, JobId Job);

/// <summary>Everything of one business that changes together: it is stored whole or not at all.</summary>
public sealed record Commit(string Business)
{
    /// <summary>The settings as the verb has read them, so that nobody on the way to the store reads them again; null where it has not. Never stored.</summary>
    public Business? Seen { get; init; }

    public ReadFeedback? Feedback { get; init; }

    public Change<CustomerLine>? Customer { get; init; }

    public IReadOnlyList<ContactLine> NewContacts { get; init; } = [];

    /// <summary>Contacts that may still point at somebody who is being erased, and belong to somebody new.</summary>
    public IReadOnlyList<ContactLine> RenewedContacts { get; init; } = [];

    /// <summary>Hashes under which nobody is found any more, nor an apology remembered.</summary>
    public IReadOnlyList<ForgottenContact> ForgottenContacts { get; init; } = [];

    /// <summary>Contacts of <see cref="Job"/>, by their hashes, under which erasing finds it.</summary>
    public IReadOnlyList<string> JobContacts { get; init; } = [];

    /// <summary>Jobs that are found no more under a contact.</summary>
    public IReadOnlyList<JobContact> ForgottenJobs { get; init; } = [];

    /// <summary>A feedback without its words: the one way in which one that was written is written again.</summary>
    public ReadFeedback? ErasedFeedback { get; init; }

    public Change<ApologyMark>? Apology { get; init; }

    public Change<CallBackTask>? Task { get; init; }

    /// <summary>Lines for the timeline of <see cref="Task"/> or of <see cref="EventsOf"/>.</summary>
    public IReadOnlyList<TaskEvent> Events { get; init; } = [];

    /// <summary>The task the events belong to, when the task itself does not change.</summary>
    public TaskId? EventsOf { get; init; }

    public IReadOnlyList<Change<OutboxEntry>> Letters { get; init; } = [];

    public IReadOnlyList<Change<Link>> Links { get; init; } = [];

    public Change<Job>? Job { get; init; }

    public Change<StoredAnswer>? Answer { get; init; }

    public Change<Business>? Settings { get; init; }

    public Change<PromiseTally>? Tally { get; init; }

    public Change<Drill>? Drill { get; init; }

    public IReadOnlyList<Change<SummarySheet>> Summaries { get; init; } = [];

    public AlertLatency? Latency { get; init; }

    /// <summary>What came from elsewhere and what became of it.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    public Change<ReviewLine>? Review { get; init; }

    /// <summary>Feedback that turned out to be a customer's.</summary>
    public IReadOnlyList<HistoryLine> Histories { get; init; } = [];

    public Change<PendingReview>? Pending { get; init; }
}

public enum CommitResult
{
    Committed,

    /// <summary>Somebody was faster; nothing was written. Read again and decide again.</summary>
    LostRace,
}
