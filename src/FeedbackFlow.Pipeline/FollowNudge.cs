using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// Looks at what a nudge names. A nudge ends only when that is finished: before it completes, the next one is enqueued for the moment that is
/// still to come (design 4.5).
/// </summary>
public sealed class FollowNudge(SendLetters send, EscalateOverdue escalate, INudges nudges, TimeProvider clock)
{
    public async Task RunAsync(Nudge nudge, CancellationToken ct)
    {
        // The queue's clock is only a hint, and long waits come in pieces.
        if (clock.GetUtcNow() < nudge.Due)
        {
            await nudges.EnqueueAsync(nudge, ct);
            return;
        }

        var (unfinished, moments) = (new List<LetterId>(), new List<DateTimeOffset>());
        foreach (var letter in nudge.Letters)
        {
            if (await send.LookAtAsync(nudge.Business, letter, ct) is not { } again) continue;
            unfinished.Add(letter);
            moments.Add(again);
        }

        var step = nudge.Task is { } task ? await escalate.LookAtAsync(nudge.Business, task, ct) : null;
        if (step is { } next) moments.Add(next);
        if (moments.Count == 0) return;
        await nudges.EnqueueAsync(new Nudge(nudge.Business, unfinished, step is null ? null : nudge.Task, clock.GetUtcNow(), moments.Min()), ct);
    }
}
