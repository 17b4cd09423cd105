using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Pipeline;

/// <summary>A person has an event posted again, whether it had arrived or not. It keeps its id, so a receiver that had it knows it.</summary>
public sealed class ReplayEvent(ILookups lookups, ICommits commits, INudges nudges, TimeProvider clock)
{
    public async Task<bool> RunAsync(string business, LetterId id, CancellationToken ct)
    {
        if (await lookups.LetterAsync(business, id, ct) is not { Value: { Letter.Kind: LetterKind.Event, IsFinished: true } } entry) return false;
        var now = clock.GetUtcNow();
        var commit = new Commit(business) { Letters = [entry.To(entry.Value with { State = LetterState.Waiting, DueAt = now, Attempts = 0, SentAt = null, Problem = null })] };
        if (await commits.CommitAsync(commit, [Nudge.ForCommit(business, [id], null, now)], nudges, clock, ct) == CommitResult.LostRace) return false;
        await nudges.EnqueueAsync(new Nudge(business, [id], null, now, now), ct);
        return true;
    }
}
