using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Pipeline;

/// <summary>What a sweep found.</summary>
/// <param name="Letters">Letters whose nudge had been lost.</param>
/// <param name="Tasks">Tasks whose nudge had been lost.</param>
/// <param name="Expired">Rows removed because their time was over.</param>
/// <param name="Reviews">Reviews to be fetched whose nudge had been lost.</param>
/// <param name="Others">Changes of the rota, fire drills and second readings whose nudge had been lost.</param>
public sealed record Repaired(int Letters, int Tasks, int Expired, int Reviews = 0, int Others = 0)
{
    public bool IsNothing => Letters + Tasks + Reviews + Others == 0;
}

/// <summary>The sweep: repairs what a lost queue message would leave undone, and says how much it had to. In a healthy store that is nothing.</summary>
public sealed class RepairNudges(ILists lists, ILookups lookups, INudges nudges, TimeProvider clock)
{
    /// <summary>A nudge may be this late before it counts as lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private const int PageSize = 100;

    public Task<Repaired> RunAsync(CancellationToken ct) => RunAsync(now => now - Patience, ct);

    /// <summary>For a store whose queue starts empty, because it has just moved: every unsent letter and every step gets a nudge, those still to come as well.</summary>
    public Task<Repaired> RearmAsync(CancellationToken ct) => RunAsync(_ => DateTimeOffset.MaxValue, ct);

    private async Task<Repaired> RunAsync(Func<DateTimeOffset, DateTimeOffset> lostBefore, CancellationToken ct)
    {
        var total = new Repaired(0, 0, 0);
        await foreach (var business in AllAsync((next, token) => lists.BusinessesAsync(PageSize, next, token), ct))
        {
            var now = clock.GetUtcNow();
            var lost = lostBefore(now);
            await foreach (var letter in AllAsync((next, token) => lists.DueLettersAsync(business, lost, PageSize, next, token), ct))
            {
                await nudges.EnqueueAsync(new Nudge(business, [letter.Letter], null, now, now), ct);
                total = total with { Letters = total.Letters + 1 };
            }

            await foreach (var task in AllAsync((next, token) => lists.DueTasksAsync(business, lost, PageSize, next, token), ct))
            {
                await nudges.EnqueueAsync(new Nudge(business, [], task, now, now), ct);
                total = total with { Tasks = total.Tasks + 1 };
            }

            await foreach (var customer in AllAsync((next, token) => lists.ErasingAsync(business, PageSize, next, token), ct))
                await nudges.EnqueueAsync(new Nudge(business, [], null, now, now) { Erase = customer }, ct);

            await foreach (var review in AllAsync((next, token) => lists.DueReviewsAsync(business, lost, PageSize, next, token), ct))
            {
                await nudges.EnqueueAsync(Nudge.ForReview(business, review.Hash, now, now), ct);
                total = total with { Reviews = total.Reviews + 1 };
            }

            await foreach (var late in AllAsync((next, token) => lists.LateReadingsAsync(business, PageSize, next, token), ct))
            {
                if (late.AskAt >= lost) continue;
                await nudges.EnqueueAsync(new Nudge(business, [], null, now, now) { Feedback = late.Feedback }, ct);
                total = total with { Others = total.Others + 1 };
            }

            if (await lookups.RotaAsync(business, ct) is { Value: { FollowedAt: null } change } && change.At + Nudge.AfterCommit <= lost)
            {
                await nudges.EnqueueAsync(new Nudge(business, [], null, now, now, Rota: true), ct);
                total = total with { Others = total.Others + 1 };
            }

            if (await lookups.DrillAsync(business, ct) is { Value: { EndedAt: null } drill } && drill.StartedAt + FireDrill.Lasts <= lost)
            {
                await nudges.EnqueueAsync(new Nudge(business, [], null, now, now) { Drill = true }, ct);
                total = total with { Others = total.Others + 1 };
            }

            for (var removed = PageSize; removed == PageSize;)
            {
                removed = await lists.RemoveExpiredAsync(business, now, PageSize, ct);
                total = total with { Expired = total.Expired + removed };
            }
        }

        return total;
    }

    private static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<Page<T>>> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? next = null;
        do
        {
            var page = await read(next, ct);
            foreach (var item in page.Items) yield return item;
            next = page.Next;
        }
        while (next is not null);
    }
}
