using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline;

/// <summary>Takes the step that time has brought to a task: reminder, escalation, broken promise.</summary>
public sealed class EscalateOverdue(
    ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, SendLetters send, Races races, TimeProvider clock)
{
    private sealed record Look(DateTimeOffset? Next, IReadOnlyList<LetterId> Written);

    /// <summary>Gives the moment at which to look again, or null when time has nothing more to do with this task.</summary>
    public async Task<DateTimeOffset?> LookAtAsync(string business, TaskId id, CancellationToken ct)
    {
        var look = await races.RunAsync(limit => TryAsync(business, id, limit));
        foreach (var letter in look.Written) await send.SendOwnAsync(business, letter, ct);
        return look.Next;
    }

    private async Task<Look?> TryAsync(string slug, TaskId id, CancellationToken ct)
    {
        var task = await lookups.TaskAsync(slug, id, ct);
        var business = await lookups.BusinessAsync(slug, ct);
        if (task is null || business is null || task.Value.Ladder.NextAt is null) return new(null, []);
        var (now, hours) = (clock.GetUtcNow(), business.Value.Hours());
        if (EscalationLadder.Due(task.Value, hours, now) is not { } step)
            return task.Value.Ladder.NextAt > now ? new(task.Value.Ladder.NextAt, []) : await RearmAsync(slug, task, hours, ct);

        var after = EscalationLadder.Take(task.Value, step, hours, now);
        var written = after.IsOpen ? await WriteAsync(business.Value, after, step, now, ct) : [];
        IReadOnlyList<Nudge> needed = written.Count > 0 ? [Nudge.ForCommit(slug, [.. written.Select(letter => letter.Letter.Id)], null, now)] : [];
        var broke = after.Promise.State == PromiseState.Broken && task.Value.Promise.State == PromiseState.Pending;
        var commit = new Commit(slug)
        {
            Task = task.To(after),
            Events = broke ? [new(now, TaskEventKind.PromiseBroken)] : [],
            Letters = [.. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now)))],
            Links = [.. written.SelectMany(letter => letter.Links).Select(Change.New)],
            Tally = broke && after.Promise.WasTold ? await TallyAsync(slug, PromiseState.Broken, ct) : null,
        };
        return await commits.CommitAsync(commit, needed, nudges, clock, ct) == CommitResult.LostRace
            ? null
            : new(after.Ladder.NextAt, [.. written.Select(letter => letter.Letter.Id)]);
    }

    /// <summary>The business changed its hours after the step was stored: its moment has come, but by the new hours it is still to come.</summary>
    private async Task<Look?> RearmAsync(string business, Versioned<CallBackTask> task, WorkingTime hours, CancellationToken ct)
    {
        var armed = EscalationLadder.Arm(task.Value, hours);
        return await commits.CommitAsync(new Commit(business) { Task = task.To(armed) }, ct) == CommitResult.LostRace ? null : new(armed.Ladder.NextAt, []);
    }

    private async Task<IReadOnlyList<WrittenLetter>> WriteAsync(Business business, CallBackTask task, LadderStep step, DateTimeOffset now, CancellationToken ct)
    {
        var cause = await lookups.FeedbackAsync(business.Slug, task.Feedbacks[^1], ct)
            ?? throw new StoreUnavailableException("The feedback of a task could not be read.");
        var owner = business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business);
        var people = step is LadderStep.Half or LadderStep.Late ? [owner] : DutyRoster.EscalationAt(business, task.Owner, now);
        var written = new List<WrittenLetter>();
        foreach (var person in people) written.Add(await letters.StepAsync(business, task, cause, step, person, now));
        return written;
    }

    private async Task<Change<PromiseTally>> TallyAsync(string business, PromiseState settled, CancellationToken ct)
    {
        var tally = await lookups.TallyAsync(business, ct);
        return new(tally?.Value, tally?.ETag, (tally?.Value ?? PromiseTally.Zero).Plus(settled));
    }
}
