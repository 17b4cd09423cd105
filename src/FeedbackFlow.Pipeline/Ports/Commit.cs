using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>A feedback and what its words say. Written once.</summary>
public sealed record ReadFeedback(Feedback Feedback, Reading Reading);

/// <summary>The answer that was given to a submission, kept so that a repeated one gets the same.</summary>
/// <param name="Hash">From <see cref="SubmissionKey"/>.</param>
/// <param name="Content">From <see cref="SubmissionKey"/>.</param>
public sealed record StoredAnswer(string Hash, string Content, FeedbackId Feedback, TaskId? Task, string? Owner, DateTimeOffset? PromisedBy, DateTimeOffset Until);

/// <summary>From the feedback's arrival to the alert's hand-over.</summary>
public sealed record AlertLatency(LetterId Letter, DateTimeOffset At, TimeSpan Took);

/// <summary>How many promises that were told ended how.</summary>
public sealed record PromiseTally(int Kept, int Late, int Broken)
{
    public static PromiseTally Zero { get; } = new(0, 0, 0);

    public PromiseTally Plus(PromiseState settled) => settled switch
    {
        PromiseState.Kept => this with { Kept = Kept + 1 },
        PromiseState.Late => this with { Late = Late + 1 },
        PromiseState.Broken => this with { Broken = Broken + 1 },
        PromiseState.Pending => this,
    };
}

/// <summary>Everything of one business that changes together: it is stored whole or not at all.</summary>
public sealed record Commit(string Business)
{
    public ReadFeedback? Feedback { get; init; }

    public Change<CustomerLine>? Customer { get; init; }

    public IReadOnlyList<ContactLine> NewContacts { get; init; } = [];

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

    public AlertLatency? Latency { get; init; }
}

public enum CommitResult
{
    Committed,

    /// <summary>Somebody was faster; nothing was written. Read again and decide again.</summary>
    LostRace,
}
