using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <param name="Task">The task as it is now; null when there is none of that id.</param>
/// <param name="OwnLetters">Committed as leased to this process, which sends them now.</param>
public sealed record HeardCustomer(CustomerActResult Result, CallBackTask? Task, IReadOnlyList<LetterId> OwnLetters);

/// <summary>A customer acts on the own promise page; whoever has the task is told.</summary>
public sealed class HearCustomer(ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, Races races, Turns turns, TimeProvider clock)
{
    public async Task<HeardCustomer> RunAsync(Business business, TaskId id, CustomerAct act, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await races.RunAsync(turns, business.Slug + "\n" + id, limit => TryAsync(business, id, act, limit));
    }

    private async Task<HeardCustomer?> TryAsync(Business business, TaskId id, CustomerAct act, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await lookups.TaskAsync(business.Slug, id, ct) is not { } task) return new(CustomerActResult.Closed, null, []);
        business = business.At(task.Value.Branch);
        var customer = task.Value.Customer is { } who ? await lookups.CustomerAsync(business.Slug, who, ct) : null;
        var otherOpen = customer?.Value.OpenTask is { } open && open != id;
        var decision = CustomerActs.Decide(task.Value, act, business, otherOpen, now);
        if (decision.After is not { } after) return new(decision.Result, task.Value, []);

        var written = await WriteAsync(business, after, decision.Letter, now, ct);
        var reopened = after.IsOpen && !task.Value.IsOpen;
        var commit = new Commit(business.Slug)
        {
            Task = task.To(after),
            Customer = customer is not null && reopened ? customer.To(customer.Value with { OpenTask = id }) : null,
            Events = decision.Events,
            Letters = [.. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now)))],
            Links = [.. written.SelectMany(letter => letter.Links).Select(Change.New)],
            Tally = await Tallies.AfterAsync(lookups, business.Slug, task.Value, after, ct),
        };
        return await commits.CommitAsync(commit, NudgesFor(business.Slug, task.Value, after, written, now), nudges, clock, ct) == CommitResult.LostRace
            ? null
            : new(CustomerActResult.Done, after, [.. written.Select(letter => letter.Letter.Id)]);
    }

    private async Task<IReadOnlyList<WrittenLetter>> WriteAsync(Business business, CallBackTask task, CustomerActLetter kind, DateTimeOffset now, CancellationToken ct)
    {
        if (kind == CustomerActLetter.None) return [];
        if (kind == CustomerActLetter.Wish) return [await letters.WishAsync(business, task, now)];
        var cause = await CauseOf.NewestAsync(lookups, business.Slug, task, ct);
        return [await letters.AlertAsync(business, task, cause, [], joined: false, DutyRoster.StandsIn(business, task, now), offersApology: false, now)];
    }

    /// <summary>A step that comes nearer than the task's chain of nudges would look gets a nudge of its own.</summary>
    private static IReadOnlyList<Nudge> NudgesFor(string business, CallBackTask before, CallBackTask after, IReadOnlyList<WrittenLetter> written, DateTimeOffset now)
    {
        var needed = new List<Nudge>();
        if (written.Count > 0) needed.Add(Nudge.ForCommit(business, [.. written.Select(letter => letter.Letter.Id)], null, now));
        if (after.Ladder.NextAt is { } next && (before.Ladder.NextAt is not { } known || next < known)) needed.Add(Nudge.ForStep(business, after.Id, now, next));
        return needed;
    }
}
