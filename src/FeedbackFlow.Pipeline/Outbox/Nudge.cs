using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>"Look at these letters and this task now." Carries no data that matters: the stored rows decide.</summary>
/// <param name="At">When it was enqueued.</param>
/// <param name="Due">The moment it is for.</param>
public sealed record Nudge(string Business, IReadOnlyList<LetterId> Letters, TaskId? Task, DateTimeOffset At, DateTimeOffset Due)
{
    /// <summary>
    /// A commit's first nudge comes this much later: after the 10 s a commit may take and after the 30 s lease of its letters, so that it finds
    /// either nothing or something to do.
    /// </summary>
    public static readonly TimeSpan AfterCommit = TimeSpan.FromSeconds(45);

    /// <summary>Longer waits are chained (design 4.5).</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(6);

    public static Nudge ForCommit(string business, IReadOnlyList<LetterId> letters, TaskId? task, DateTimeOffset now) =>
        new(business, letters, task, now, now + AfterCommit);

    /// <summary>For a task's next step; one that is due at once still waits for the commit that stores it.</summary>
    public static Nudge ForStep(string business, TaskId task, DateTimeOffset now, DateTimeOffset step) =>
        new(business, [], task, now, step < now + AfterCommit ? now + AfterCommit : step);
}
