using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline;

/// <param name="Task">The task as it is now; null when there is none of that id.</param>
/// <param name="OwnLetters">Committed as leased to this process, which sends them now.</param>
public sealed record Acted(ActResult Result, CallBackTask? Task, IReadOnlyList<LetterId> OwnLetters);

/// <summary>A person acts on a task, from a one-tap link, a page or the API.</summary>
public sealed class ActOnTask(ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, Races races, Turns turns, TimeProvider clock)
{
    public async Task<Acted> RunAsync(Business business, TaskId id, Act act, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await races.RunAsync(turns, business.Slug + "\n" + id, limit => TryAsync(business, id, act, limit));
    }

    private async Task<Acted?> TryAsync(Business business, TaskId id, Act act, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await lookups.TaskAsync(business.Slug, id, ct) is not { } task) return new(ActResult.NotClosed, null, []);
        var customer = task.Value.Customer is { } who ? await lookups.CustomerAsync(business.Slug, who, ct) : null;
        if (act is Reopen && !task.Value.IsOpen && customer?.Value.OpenTask is not null) return new(ActResult.OtherOpen, task.Value, []);
        var decision = TaskActs.Decide(task.Value, act, business, now);
        if (decision.After is not { } after) return new(decision.Result, task.Value, []);

        var written = await WriteAsync(business, task.Value, after, act, now, ct);
        var commit = new Commit(business.Slug)
        {
            Task = task.To(after),
            Customer = customer is not null && CustomerAfter(customer.Value, task.Value, after, act) is { } changed && changed != customer.Value ? customer.To(changed) : null,
            Apology = act is SendApology ? await MarkedAsync(business, after.Contact.Email!, now, ct) : null,
            Events = decision.Events,
            EventsOf = after.Id,
            Letters = [.. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now)))],
            Links = [.. written.SelectMany(letter => letter.Links).Select(Change.New)],
            Tally = await TallyAsync(business.Slug, task.Value, after, ct),
        };
        return await commits.CommitAsync(commit, NudgesFor(business.Slug, task.Value, after, written, now), nudges, clock, ct) == CommitResult.LostRace
            ? null
            : new(ActResult.Done, after, [.. written.Select(letter => letter.Letter.Id)]);
    }

    private async Task<IReadOnlyList<WrittenLetter>> WriteAsync(
        Business business, CallBackTask before, CallBackTask after, Act act, DateTimeOffset now, CancellationToken ct)
    {
        if (act is not (HandOver or SendApology)) return [];
        var cause = act is SendApology ? await AddressGivenByAsync(business.Slug, after, ct) : await FeedbackAsync(business.Slug, after.Feedbacks[^1], ct);
        if (act is HandOver)
            return [await letters.AlertAsync(business, after, cause, [], joined: false, standsIn: false, offersApology: before.ApologySentAt is null && after.Contact.Email is not null, now)];
        var takesBlame = !after.Reasons.Any(reason => reason.Signal is SignalKind.Legal or SignalKind.Safety);
        return [new(await letters.ApologyAsync(business, after, cause, takesBlame, now), [])];
    }

    /// <summary>The feedback that gave the address: somebody else's words are not for it, even when the phone is the same.</summary>
    private async Task<ReadFeedback> AddressGivenByAsync(string business, CallBackTask task, CancellationToken ct)
    {
        foreach (var id in task.Feedbacks.Reverse())
            if (await FeedbackAsync(business, id, ct) is { Feedback.Contact.Email: not null } said) return said;
        return await FeedbackAsync(business, task.Feedbacks[^1], ct);
    }

    private async Task<ReadFeedback> FeedbackAsync(string business, FeedbackId id, CancellationToken ct) =>
        await lookups.FeedbackAsync(business, id, ct) ?? throw new StoreUnavailableException("The feedback of a task could not be read.");

    /// <summary>The task's own nudge follows its steps; a new one is needed only when the next step comes sooner than that one looks.</summary>
    private static IReadOnlyList<Nudge> NudgesFor(string business, CallBackTask before, CallBackTask after, IReadOnlyList<WrittenLetter> written, DateTimeOffset now)
    {
        var needed = new List<Nudge>();
        if (written.Count > 0) needed.Add(Nudge.ForCommit(business, [.. written.Select(letter => letter.Letter.Id)], null, now));
        if (after.Ladder.NextAt is { } next && (before.Ladder.NextAt is not { } known || next < known)) needed.Add(Nudge.ForStep(business, after.Id, now, next));
        return needed;
    }

    private static CustomerLine CustomerAfter(CustomerLine line, CallBackTask before, CallBackTask after, Act act)
    {
        if (after.Attempts.Count > before.Attempts.Count) line = line.AfterAttempt();
        if (!after.IsOpen && line.OpenTask == after.Id) return line with { OpenTask = null };
        return act is Reopen ? line with { OpenTask = after.Id } : line;
    }

    private async Task<Change<ApologyMark>> MarkedAsync(Business business, string email, DateTimeOffset now, CancellationToken ct)
    {
        var hash = CustomerIdentity.EmailHash(business.ContactKey, email);
        var before = await lookups.ApologyAsync(business.Slug, hash, ct);
        return new(before?.Value, before?.ETag, new(hash, now));
    }

    private async Task<Change<PromiseTally>?> TallyAsync(string business, CallBackTask before, CallBackTask after, CancellationToken ct)
    {
        var settled = after.EarlierPromises.Count > before.EarlierPromises.Count ? after.EarlierPromises[^1] : after.Promise;
        if (before.Promise.State != PromiseState.Pending || settled.State == PromiseState.Pending || !settled.WasTold) return null;
        var tally = await lookups.TallyAsync(business, ct);
        return new(tally?.Value, tally?.ETag, (tally?.Value ?? PromiseTally.Zero).Plus(settled.State));
    }
}
