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
public sealed record SummarySheet(PersonId Person, LetterId Letter, DateTimeOffset DueAt, IReadOnlyList<SummaryStep> Steps)
{
    /// <summary>When its letter was last written to leave: nobody joins it any more. Null while it gathers or waits.</summary>
    public DateTimeOffset? LeftAt { get; init; }
}

/// <param name="MayWaitUntil">As of the letter that would tell it alone.</param>
public sealed record SummaryStep(TaskId Task, LadderStep Step, DateTimeOffset? MayWaitUntil = null);

/// <summary>Until when a person was told how the business stands: the last working day, and the last week. A new one tells nothing, it only begins the count.</summary>
/// <param name="Tally">The counts of promises then, so that what ended since is the difference.</param>
public sealed record DigestMark(PersonId Person, DateTimeOffset At, PromiseTally Tally, DateTimeOffset WeekAt, PromiseTally WeekTally);

/// <summary>A feedback whose second reading is still to come.</summary>
/// <param name="AskAt">When the second analyser is asked again. A nudge for this moment was enqueued before it was stored.</param>
public sealed record LateReading(FeedbackId Feedback, DateTimeOffset AskAt);

/// <summary>From the feedback's arrival to the alert's hand-over.</summary>
public sealed record AlertLatency(LetterId Letter, DateTimeOffset At, TimeSpan Took);

/// <summary>How many promises that were told ended how.</summary>
public sealed record PromiseTally(int Kept, int Late, int Broken)
{
    public static PromiseTally Zero { get; } = new(0, 0, 0);

    /// <summary>Times that nobody was told; they are no promises and are counted apart.</summary>
    public TargetTally Targets { get; init; } = TargetTally.Zero;

    public PromiseTally Plus(LedgerMark mark) => mark switch
    {
        LedgerMark.Kept => this with { Kept = Kept + 1 },
        LedgerMark.Late => this with { Late = Late + 1 },
        LedgerMark.Broken => this with { Broken = Broken + 1 },
        LedgerMark.Told or LedgerMark.Released or LedgerMark.NotTold or LedgerMark.Disputed => this,
    };
}

/// <summary>How many targets ended how: a call by then, a call after it, none by the end of the next working day.</summary>
public sealed record TargetTally(int Met, int Late, int Missed)
{
    public static TargetTally Zero { get; } = new(0, 0, 0);

    public TargetTally Plus(PromiseState state) => state switch
    {
        PromiseState.Kept => this with { Met = Met + 1 },
        PromiseState.Late => this with { Late = Late + 1 },
        PromiseState.Broken => this with { Missed = Missed + 1 },
        PromiseState.Pending or PromiseState.Released => this,
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

/// <summary>What is known under a contact's hash.</summary>
/// <param name="Customer">Null where nobody is.</param>
/// <param name="Apology">The last first apology to the address of this hash; null where there was none.</param>
public sealed record KnownContact(CustomerId? Customer, Versioned<ApologyMark>? Apology)
{
    public static KnownContact Nobody { get; } = new(null, null);
}

/// <summary>People, absences or hours of a business changed, and open tasks must follow.</summary>
/// <param name="FollowedAt">Null while they have not: the sweep finds it.</param>
public sealed record RotaChange(DateTimeOffset At, DateTimeOffset? FollowedAt);

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

    public Change<RotaChange>? Rota { get; init; }

    public Change<Drill>? Drill { get; init; }

    public IReadOnlyList<Change<SummarySheet>> Summaries { get; init; } = [];

    public Change<DigestMark>? Digest { get; init; }

    /// <summary>Tasks that the new letters speak of beside the one they are about, so that erasing finds the letters.</summary>
    public IReadOnlyList<TaskId> Mentioned { get; init; } = [];

    /// <summary>A second reading that is still to come; written whatever is there.</summary>
    public LateReading? AsksLate { get; init; }

    /// <summary>A second reading that comes no more.</summary>
    public FeedbackId? AskedLate { get; init; }

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
