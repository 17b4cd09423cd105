using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>"Look at these letters and this task now." Carries no data that matters: the stored rows decide.</summary>
/// <param name="At">When it was enqueued.</param>
/// <param name="Due">The moment it is for.</param>
/// <param name="Rota">Look who is on duty: people or hours of the business changed.</param>
public sealed record Nudge(string Business, IReadOnlyList<LetterId> Letters, TaskId? Task, DateTimeOffset At, DateTimeOffset Due, bool Rota = false)
{
    /// <summary>A feedback whose second reading is still to come; null for none.</summary>
    public FeedbackId? Feedback { get; init; }

    /// <summary>Where the trace of what caused this goes on (W3C <c>traceparent</c>); null where nobody listens.</summary>
    public string? Trace { get; init; }

    /// <summary>Go on erasing this customer; null for anything else.</summary>
    public CustomerId? Erase { get; init; }

    /// <summary>Look at the fire drill.</summary>
    public bool Drill { get; init; }

    public static Nudge ForErasing(string business, CustomerId customer, DateTimeOffset now) => new(business, [], null, now, now + AfterCommit) { Erase = customer };

    /// <summary>
    /// A commit's first nudge comes this much later: after the 10 s a commit may take and after the 30 s lease of its letters, so that it finds
    /// either nothing or something to do.
    /// </summary>
    public static readonly TimeSpan AfterCommit = TimeSpan.FromSeconds(45);

    /// <summary>Longer waits are chained (design 4.5).</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(6);

    /// <summary>The review whose words are to be fetched, by its hash.</summary>
    public string? Review { get; init; }

    public static Nudge ForReview(string business, string review, DateTimeOffset now, DateTimeOffset due) => new(business, [], null, now, due) { Review = review };

    public static Nudge ForCommit(string business, IReadOnlyList<LetterId> letters, TaskId? task, DateTimeOffset now) =>
        new(business, letters, task, now, now + AfterCommit);

    public static Nudge ForRota(string business, DateTimeOffset now) => new(business, [], null, now, now + AfterCommit, Rota: true);

    /// <summary>For a task's next step; one that is due at once still waits for the commit that stores it.</summary>
    public static Nudge ForStep(string business, TaskId task, DateTimeOffset now, DateTimeOffset step) =>
        new(business, [], task, now, step < now + AfterCommit ? now + AfterCommit : step);
}
