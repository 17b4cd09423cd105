using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// Looks at what a nudge names. A nudge ends only when that is finished: before it completes, the next one is enqueued for the moment that is
/// still to come (design 4.5).
/// </summary>
public sealed class FollowNudge(SendLetters send, EscalateOverdue escalate, FollowRota rota, EraseCustomer erase, FetchReview fetch, FireDrill drill, ReadLate late, INudges nudges, TimeProvider clock)
{
    public async Task RunAsync(Nudge nudge, CancellationToken ct)
    {
        using var trace = Steps.Continue("nudge", nudge.Trace);
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

        if (nudge.Rota) await rota.RunAsync(nudge.Business, ct);
        var step = nudge.Task is { } task ? await escalate.LookAtAsync(nudge.Business, task, ct) : null;
        if (step is { } next) moments.Add(next);
        var reading = nudge.Feedback is { } feedback ? await late.LookAtAsync(nudge.Business, feedback, ct) : null;
        if (reading is { } later) moments.Add(later);
        var left = nudge.Erase is { } customer ? await erase.LookAtAsync(nudge.Business, customer, ct) : null;
        if (left is { } moment) moments.Add(moment);
        var review = nudge.Review is { } hash ? await fetch.LookAtAsync(nudge.Business, hash, ct) : null;
        if (review is { } fetching) moments.Add(fetching);
        var drilling = nudge.Drill ? await drill.LookAtAsync(nudge.Business, ct) : null;
        if (drilling is { } look) moments.Add(look);
        if (moments.Count == 0) return;
        await nudges.EnqueueAsync(
            new Nudge(nudge.Business, unfinished, step is null ? null : nudge.Task, clock.GetUtcNow(), moments.Min())
            {
                Feedback = reading is null ? null : nudge.Feedback, Erase = left is null ? null : nudge.Erase,
                Review = review is null ? null : nudge.Review, Drill = drilling is not null, Trace = nudge.Trace,
            },
            ct);
    }
}
