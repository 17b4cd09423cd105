using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>What erasing needs beside look-ups and commits: it reaches what is otherwise written once. Everything can be done again without harm.</summary>
public interface IErasing
{
    /// <summary>Rewrites each line of a task's timeline as <paramref name="change"/> says; lines that stay as they are are not touched.</summary>
    Task RewriteTimelineAsync(string business, TaskId task, Func<TaskEvent, TaskEvent> change, CancellationToken ct);

    /// <summary>Removes the bodies that senders delivered for these feedbacks; a delivery is kept for some days, to be looked at.</summary>
    Task ForgetDeliveriesAsync(string business, IReadOnlySet<FeedbackId> feedbacks, CancellationToken ct);

    /// <summary>Deletes what the channel kept of a letter that was handed over (the file of the folder); nothing where it kept nothing.</summary>
    Task ForgetLetterAsync(LetterId letter, CancellationToken ct);

    /// <summary>Removes a feedback, the answer kept for it, its task, timeline and letters, every row of them. Only for what never was: a fire drill.</summary>
    Task RemoveAsync(string business, FeedbackId feedback, TaskId task, string answer, CancellationToken ct);

    /// <summary>
    /// Makes sure that what was replaced or removed stands nowhere in the store's files any more, its log included. False when somebody was reading: ask again
    /// later. A backup that was made before is not the store's file.
    /// </summary>
    Task<bool> SettleAsync(CancellationToken ct);
}
