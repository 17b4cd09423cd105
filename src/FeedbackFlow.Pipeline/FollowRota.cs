using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// After people, absences or hours changed: every open task whose owner is not on duty at its deadline goes to whoever is, with an alert, and reminders follow the
/// hours. The times that were told stay what they are.
/// </summary>
public sealed class FollowRota(ILookups lookups, ILists lists, ICommits commits, ActOnTask act, SendLetters send, TimeProvider clock)
{
    private const int PageSize = 100;

    public async Task RunAsync(string slug, CancellationToken ct)
    {
        var change = await lookups.RotaAsync(slug, ct);
        if (await lookups.BusinessAsync(slug, ct) is not { Value: var business }) return;
        string? next = null;
        do
        {
            var page = await lists.OpenTasksAsync(slug, PageSize, next, ct);
            foreach (var task in page.Items.Where(task => IsMoved(task, business.At(task.Branch))))
            {
                var acted = await act.RunAsync(business, task.Id, new ToWhoIsOnDuty(), ct);
                foreach (var letter in acted.OwnLetters) await send.SendOwnAsync(slug, letter, ct);
            }

            next = page.Next;
        }
        while (next is not null);
        // One that came meanwhile is followed by its own nudge, and its mark stays.
        if (change is { Value.FollowedAt: null }) await commits.CommitAsync(new Commit(slug) { Rota = change.To(change.Value with { FollowedAt = clock.GetUtcNow() }) }, ct);
    }

    private bool IsMoved(CallBackTask task, Business place) =>
        TaskActs.Decide(task, new ToWhoIsOnDuty(), place, clock.GetUtcNow()).Result == ActResult.Done;
}
