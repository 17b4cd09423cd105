using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

public enum DeliveryHeard
{
    /// <summary>It arrived, or was heard before, or nobody waits for it any more.</summary>
    NothingToDo,

    /// <summary>The letter goes through the next channel, or a person sees that it did not arrive.</summary>
    Done,

    /// <summary>No letter of ours.</summary>
    Unknown,

    /// <summary>It is still being sent: its sender has not written down that the channel took it. Say it again in a while.</summary>
    TooEarly,
}

/// <summary>
/// Hears that a letter did not arrive. Those who act (managers, owners) are written to through the next channel; a customer's letter that bounced takes back that its promise was
/// told by mail. Reports come at least once and in any order; each channel's failure counts once.
/// </summary>
public sealed class HearDelivery(ILists lists, ILookups lookups, ICommits commits, INudges nudges, Races races, TimeProvider clock)
{
    public async Task<DeliveryHeard> RunAsync(DeliveryReport report, CancellationToken ct)
    {
        if (report.Arrived) return DeliveryHeard.NothingToDo;
        if (await BusinessOfAsync(report, ct) is not { } business) return DeliveryHeard.Unknown;
        return (await races.RunAsync(limit => TryAsync(business, report, limit))).Heard;
    }

    private sealed record Result(DeliveryHeard Heard);

    private async Task<Result?> TryAsync(string business, DeliveryReport report, CancellationToken ct)
    {
        if (await lookups.LetterAsync(business, report.Letter, ct) is not { } entry) return new(DeliveryHeard.Unknown);
        if (!entry.Value.IsFinished && !entry.Value.NotVia.Contains(report.Via)) return new(DeliveryHeard.TooEarly);
        if (entry.Value.State != LetterState.Sent || entry.Value.Via != report.Via || entry.Value.NotVia.Contains(report.Via)) return new(DeliveryHeard.NothingToDo);

        var now = clock.GetUtcNow();
        var isCustomers = Erased.IsToCustomer(entry.Value.Letter.Kind);
        var after = entry.Value with
        {
            State = isCustomers ? LetterState.SetAside : LetterState.Waiting, DueAt = now, Attempts = 0, SentAt = null, Via = null, NotVia = [.. entry.Value.NotVia, report.Via],
            Problem = report.Status, Tries = entry.Value.Tries with { On = null, Before = 0 },
        };
        var task = entry.Value.Letter.Task is { } id ? await lookups.TaskAsync(business, id, ct) : null;
        var commit = new Commit(business)
        {
            Letters = [entry.To(after)],
            Task = isCustomers && task is not null && task.Value.Promise.MadeAt <= entry.Value.Letter.WrittenAt && task.Value.Promise.NotToldBy(ToldBy.Mail) is var untold
                && untold.Told.Count < task.Value.Promise.Told.Count ? task.To(task.Value with { Promise = untold }) : null,
            EventsOf = task?.Value.Id,
            Events = task is null ? [] : [new(now, TaskEventKind.LetterBounced, entry.Value.Letter.To.Name, Detail: report.Status)],
        };
        IReadOnlyList<Nudge> needed = isCustomers ? [] : [new Nudge(business, [report.Letter], null, now, now)];
        return await commits.CommitAsync(commit, needed, nudges, clock, ct) == CommitResult.LostRace ? null : new(DeliveryHeard.Done);
    }

    /// <summary>
    /// A report names the letter and the address, not the business. Who works here is found by the address; anybody else by asking each business for the letter, which is
    /// dear only where many businesses share a store, and only for the few letters that do not arrive.
    /// </summary>
    private async Task<string?> BusinessOfAsync(DeliveryReport report, CancellationToken ct)
    {
        foreach (var slug in await lists.WorkplacesAsync(report.To.ToLowerInvariant(), ct))
            if (await lookups.LetterAsync(slug, report.Letter, ct) is not null) return slug;
        string? next = null;
        do
        {
            var page = await lists.BusinessesAsync(100, next, ct);
            foreach (var slug in page.Items)
                if (await lookups.LetterAsync(slug, report.Letter, ct) is not null) return slug;
            next = page.Next;
        }
        while (next is not null);
        return null;
    }
}
