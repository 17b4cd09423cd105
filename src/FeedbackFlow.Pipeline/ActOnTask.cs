using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

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
        business = business.At(task.Value.Branch);
        var customer = task.Value.Customer is { } who ? await lookups.CustomerAsync(business.Slug, who, ct) : null;
        if (act is Reopen && !task.Value.IsOpen && customer?.Value.OpenTask is not null) return new(ActResult.OtherOpen, task.Value, []);
        var decision = TaskActs.Decide(task.Value, act, business, now);
        if (decision.After is not { } after) return new(decision.Result, task.Value, []);

        var written = await WriteAsync(business, task.Value, after, act, now, ct);
        var question = act is Close ? await QuestionAsync(business, after, now, ct) : null;
        if (question is not null) after = after with { CheckBacks = [.. after.CheckBacks, new(question.Letter.Id, null, null)] };
        var commit = new Commit(business.Slug)
        {
            Seen = business,
            Task = task.To(after),
            Customer = customer is not null && CustomerAfter(customer.Value, task.Value, after, act) is { } changed && changed != customer.Value ? customer.To(changed) : null,
            Apology = act is SendApology ? await MarkedAsync(business, after.Contact.Email!, now, ct) : null,
            Events = decision.Events,
            EventsOf = after.Id,
            Letters = [.. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now))), .. Later(question)],
            Links = [.. written.Append(question).OfType<WrittenLetter>().SelectMany(letter => letter.Links).Select(Change.New)],
            Tally = await Tallies.AfterAsync(lookups, business.Slug, task.Value, after, ct),
        };
        if (await commits.CommitAsync(commit, [.. NudgesFor(business.Slug, task.Value, after, written, now), .. NudgeFor(question, now)], nudges, clock, ct) == CommitResult.LostRace) return null;
        Steps.PromisesSettled(commit.Tally);
        return new(ActResult.Done, after, [.. written.Select(letter => letter.Letter.Id)]);
    }

    /// <summary>"Did we solve it?", for what was settled with the customer; written now, sent three days later in open time.</summary>
    private async Task<WrittenLetter?> QuestionAsync(Business business, CallBackTask closed, DateTimeOffset now, CancellationToken ct) =>
        closed is { Closing.Outcome: Outcome.Saved or Outcome.NoFault, Contact.Email: not null }
            ? await letters.CheckBackAsync(business, closed, await CauseOf.AddressAsync(lookups, business.Slug, closed, ct), business.Hours().NextOpen(now + CheckBack.After))
            : null;

    private static IEnumerable<Change<OutboxEntry>> Later(WrittenLetter? question) =>
        question is null ? [] : [Change.New(OutboxEntry.Waiting(question.Letter, question.Letter.WrittenAt))];

    private static IEnumerable<Nudge> NudgeFor(WrittenLetter? question, DateTimeOffset now) =>
        question is null ? [] : [new(question.Letter.Business, [question.Letter.Id], null, now, question.Letter.WrittenAt)];

    private async Task<IReadOnlyList<WrittenLetter>> WriteAsync(
        Business business, CallBackTask before, CallBackTask after, Act act, DateTimeOffset now, CancellationToken ct)
    {
        var written = new List<WrittenLetter>();
        if (act is SendApology) written.Add(await letters.ApologyAsync(business, after, await CauseOf.AddressAsync(lookups, business.Slug, after, ct), now));
        // Who has no phone was written to; what comes next is told by answering.
        if (act is NoAnswer && !(after.IsOpen && after.WantsNoCall) && after.Contact is { Email: not null } && (after.Contact.Phone is not null || !after.IsOpen))
            written.Add(await letters.AfterNoAnswerAsync(business, after, await CauseOf.AddressAsync(lookups, business.Slug, after, ct), now));
        // Who claims it knows; anybody else who has it from now on is told.
        if (act is not Claim && after.IsOpen && after.Owner != before.Owner)
        {
            var cause = await CauseOf.NewestAsync(lookups, business.Slug, after, ct);
            written.Add(await letters.AlertAsync(business, after, cause, [], joined: false, DutyRoster.StandsIn(business, after, now), TaskActs.OffersApology(after, now), now));
        }

        return written;
    }

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
        var before = (await lookups.ContactAsync(business.Slug, hash, ct)).Apology;
        return new(before?.Value, before?.ETag, new(hash, now));
    }
}
