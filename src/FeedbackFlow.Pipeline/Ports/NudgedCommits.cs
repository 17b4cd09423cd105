using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>The order of the nudge protocol (design 4.5) in one place: nudge, commit, and look whether the nudge was still in time.</summary>
public static class NudgedCommits
{
    /// <summary>A nudge this close to its moment may already be on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Enqueues the nudges and then commits what they name. A commit is not cancelled once it has begun, so a slow disk may land it after they have
    /// looked and found nothing; then they are enqueued again.
    /// </summary>
    public static async Task<CommitResult> CommitAsync(
        this ICommits commits, Commit commit, IReadOnlyList<Nudge> before, INudges nudges, TimeProvider clock, CancellationToken ct)
    {
        foreach (var nudge in before) await nudges.EnqueueAsync(nudge, ct);
        var result = await commits.CommitAsync(commit, ct);
        var now = clock.GetUtcNow();
        if (result == CommitResult.LostRace) return result;
        foreach (var late in before.Where(nudge => nudge.Due - now < Margin))
            await nudges.EnqueueAsync(late with { At = now, Due = now }, CancellationToken.None);
        return result;
    }
}
