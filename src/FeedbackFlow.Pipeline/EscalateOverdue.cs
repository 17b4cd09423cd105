using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline;

/// <summary>Takes the step that time has brought to a task: reminder, escalation, broken promise.</summary>
public sealed class EscalateOverdue(
    ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, Summaries summaries, SendLetters send, Races races, Turns turns, TimeProvider clock)
{
    private sealed record Look(DateTimeOffset? Next, IReadOnlyList<LetterId> Written);

    /// <summary>Gives the moment at which to look again, or null when time has nothing more to do with this task.</summary>
    public async Task<DateTimeOffset?> LookAtAsync(string business, TaskId id, CancellationToken ct)
    {
        // Steps that come at once gather on one sheet and change one tally.
        var look = await races.RunAsync(turns, $"steps of {business}", limit => TryAsync(business, id, limit));
        foreach (var letter in look.Written) await send.SendOwnAsync(business, letter, ct);
        return look.Next;
    }

    private async Task<Look?> TryAsync(string slug, TaskId id, CancellationToken ct)
    {
        var task = await lookups.TaskAsync(slug, id, ct);
        var stored = await lookups.BusinessAsync(slug, ct);
        if (task is null || stored is null || task.Value.Ladder.NextAt is null) return new(null, []);
        var business = stored.Value.At(task.Value.Branch);
        var (now, hours) = (clock.GetUtcNow(), business.Hours());
        if (EscalationLadder.Due(task.Value, hours, now) is not { } step)
            return task.Value.Ladder.NextAt > now ? new(task.Value.Ladder.NextAt, []) : await RearmAsync(slug, task, hours, ct);

        var after = EscalationLadder.Take(task.Value, step, hours, now);
        var (written, gathered) = after.IsOpen ? await WriteAsync(business, after, step, now, ct) : ([], []);
        var needed = gathered.Where(sheet => sheet.Begins is not null).Select(sheet => new Nudge(slug, [sheet.Begins!.Id], null, now, sheet.Sheet.After.DueAt)).ToList();
        if (written.Count > 0) needed.Add(Nudge.ForCommit(slug, [.. written.Select(letter => letter.Letter.Id)], null, now));
        var broke = after.Promise.State == PromiseState.Broken && task.Value.Promise.State == PromiseState.Pending;
        var commit = new Commit(slug)
        {
            Task = task.To(after),
            Events = broke ? [new(now, TaskEventKind.PromiseBroken)] : [],
            Letters =
            [
                .. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now))),
                .. gathered.Where(sheet => sheet.Begins is not null).Select(sheet => Change.New(OutboxEntry.Gathering(sheet.Begins!, sheet.Sheet.After.DueAt))),
            ],
            Summaries = [.. gathered.Select(sheet => sheet.Sheet)],
            Links = [.. written.SelectMany(letter => letter.Links).Select(Change.New)],
            Tally = await Tallies.AfterAsync(lookups, slug, task.Value, after, ct),
        };
        if (await commits.CommitAsync(commit, needed, nudges, clock, ct) == CommitResult.LostRace) return null;
        Steps.PromisesSettled(commit.Tally);
        return new(after.Ladder.NextAt, [.. written.Select(letter => letter.Letter.Id)]);
    }

    /// <summary>The business changed its hours after the step was stored: its moment has come, but by the new hours it is still to come.</summary>
    private async Task<Look?> RearmAsync(string business, Versioned<CallBackTask> task, WorkingTime hours, CancellationToken ct)
    {
        var armed = EscalationLadder.Arm(task.Value, hours);
        return await commits.CommitAsync(new Commit(business) { Task = task.To(armed) }, ct) == CommitResult.LostRace ? null : new(armed.Ladder.NextAt, []);
    }

    private async Task<(IReadOnlyList<WrittenLetter> Alone, IReadOnlyList<Summaries.Joined> Gathered)> WriteAsync(
        Business business, CallBackTask task, LadderStep step, DateTimeOffset now, CancellationToken ct)
    {
        var cause = await CauseOf.NewestAsync(lookups, business.Slug, task, ct);
        var crowded = await summaries.CrowdedAsync(business, now, ct);
        var (alone, gathered) = (new List<WrittenLetter>(), new List<Summaries.Joined>());
        foreach (var told in WhoIsTold.Of(step, business, task, now))
        {
            if (await summaries.JoinAsync(business, task, step, told, crowded, now, ct) is { } joined) gathered.Add(joined);
            else alone.Add(await letters.StepAsync(business, task, cause, step, told, now));
        }

        return (alone, gathered);
    }
}
