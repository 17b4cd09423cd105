using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// Asks the second analyser again about a feedback that was accepted without it and opened no task. What it says late can only open one: it closes nothing, changes no stored
/// reading, and writes to no customer.
/// </summary>
/// <param name="along">Null where there is no second analyser any more: nobody is left to ask.</param>
public sealed class ReadLate(ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, SendLetters send, Races races, TimeProvider clock, ReadAlong? along = null)
{
    /// <summary>After this the local reading stands: an answer of yesterday helps nobody who waited since.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(2);

    private sealed record Opened(IReadOnlyList<LetterId> Letters);

    public static LateReading Asks(FeedbackId feedback, DateTimeOffset now) => new(feedback, now + FirstWait);

    public static Nudge First(string business, FeedbackId feedback, DateTimeOffset now) => new(business, [], null, now, now + FirstWait) { Feedback = feedback };

    /// <summary>Gives the moment at which to ask again, or null when there is nothing more to ask.</summary>
    public async Task<DateTimeOffset?> LookAtAsync(string business, FeedbackId id, CancellationToken ct)
    {
        var again = await AskAsync(business, id, ct);
        // What is still to come stays where the sweep finds it, should its nudge be lost; what is not goes.
        await commits.CommitAsync(new Commit(business) { AsksLate = again is { } at ? new(id, at) : null, AskedLate = again is null ? id : null }, ct);
        return again;
    }

    private async Task<DateTimeOffset?> AskAsync(string business, FeedbackId id, CancellationToken ct)
    {
        if (along is null) return null;
        var said = await lookups.FeedbackAsync(business, id, ct);
        var settings = await lookups.BusinessAsync(business, ct);
        if (said is null || said.Feedback.ErasedAt is not null || said.Task is not null || settings is null || await lookups.TaskAsync(business, TaskOf(id), ct) is not null) return null;
        var local = Signals.SecondReading.Unmarked(said.Reading);
        var (reading, asked) = await along.RunAsync(said.Feedback.Text, said.Feedback.Rating, local, settings.Value.Policy.AlertThreshold, ReadAlong.LateLimit, ct);
        if (asked == Asked.Unanswered) return Again(said.Feedback.At);
        if (asked == Asked.No) return null;
        var opened = await races.RunAsync(limit => TryAsync(business, said with { Reading = reading }, limit));
        foreach (var letter in opened.Letters) await send.SendOwnAsync(business, letter, ct);
        return null;
    }

    /// <summary>One feedback has one late task, whoever asks how often: its id is the feedback's.</summary>
    private static TaskId TaskOf(FeedbackId id) => TaskId.From(id.Value);

    private async Task<Opened?> TryAsync(string slug, ReadFeedback said, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var business = (await lookups.BusinessAsync(slug, ct) ?? throw new StoreUnavailableException("The settings of a business could not be read.")).Value;
        var customer = said.Feedback.Customer is { } who ? await lookups.CustomerAsync(slug, who, ct) : null;
        // Who was erased meanwhile is not brought back by words that were read before.
        if (customer?.Value.Erasure is not null) return new([]);
        // Somebody already looks after this customer, or this was done before.
        if (customer?.Value.OpenTask is not null || await lookups.TaskAsync(slug, TaskOf(said.Feedback.Id), ct) is not null) return new([]);

        // Time is promised from now on, not from when nobody knew.
        var history = customer?.Value.ToHistory(null, null) ?? History.None;
        var plan = RecoveryPlanner.Decide(said.Feedback with { At = now }, said.Reading, history with { Waiting = [] }, business, TaskOf(said.Feedback.Id), shownOnPage: false, mayWrite: false);
        if (plan.Task is not { } task) return new([]);
        var alert = await letters.AlertAsync(business, task, said, [], joined: false, plan.StandsIn, offersApology: false, now);
        var commit = new Commit(slug)
        {
            Task = Change.New(task),
            Customer = customer?.To(customer.Value with { OpenTask = task.Id }),
            Events = [new(now, TaskEventKind.Opened, Feedback: said.Feedback.Id)],
            Letters = [Change.New(OutboxEntry.Leased(alert.Letter, now))],
            Links = [.. alert.Links.Select(Change.New)],
        };
        return await commits.CommitAsync(commit, [Nudge.ForCommit(slug, [alert.Letter.Id], task.Id, now)], nudges, clock, ct) == CommitResult.LostRace ? null : new([alert.Letter.Id]);
    }

    private DateTimeOffset? Again(DateTimeOffset since)
    {
        var now = clock.GetUtcNow();
        var waited = now - since;
        return waited >= Patience ? null : now + (waited > FirstWait ? waited : FirstWait);
    }
}
