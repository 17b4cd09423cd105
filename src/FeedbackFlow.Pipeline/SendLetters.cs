using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Sends letters under a lease and marks what became of them. A letter is sent once in effect (design 4.6).</summary>
public sealed class SendLetters(ILookups lookups, ICommits commits, INudges nudges, ILetterChannel channel, WriteAgain again, Races races, TimeProvider clock, Random random)
{
    /// <summary>A send is cancelled this long before its lease ends, so that two senders never overlap.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Sends a letter that this process committed as leased to itself. When the lease is no longer ours, the nudge has it.</summary>
    public async Task SendOwnAsync(string business, LetterId id, CancellationToken ct)
    {
        if (await lookups.LetterAsync(business, id, ct) is { } entry && await lookups.BusinessAsync(business, ct) is { } settings) await SendOwnAsync(settings.Value, entry, ct);
    }

    /// <summary>The same for all letters of a commit, at once: one that hangs does not hold up the others.</summary>
    /// <param name="business">As the request that committed them read it.</param>
    public async Task SendOwnAsync(Business business, IReadOnlyList<LetterId> ids, CancellationToken ct) =>
        await Task.WhenAll((await lookups.LettersAsync(business.Slug, ids, ct)).Select(entry => SendOwnAsync(business, entry, ct)));

    private async Task SendOwnAsync(Business business, Versioned<OutboxEntry> entry, CancellationToken ct)
    {
        if (entry is not { Value: { State: LetterState.Leased, Attempts: 1 } } || entry.Value.DueAt - Margin <= clock.GetUtcNow()) return;
        var (place, now, kind) = (await SeenFromAsync(business, entry.Value.Letter, ct), clock.GetUtcNow(), entry.Value.Letter.Kind);
        // What rests is given back; the nudge of the commit follows it from there.
        if (LetterUse.WaitsUntil(kind, place, now) is { } end) await MarkAsync(business.Slug, entry, entry.Value.HeldUntil(end), ct);
        else if (LetterUse.IsSoftened(kind, place, now)) await MarkAsync(business.Slug, entry, entry.Value with { State = LetterState.Waiting, DueAt = now }, ct);
        else await SendAsync(business.Slug, entry, chained: false, ct);
    }

    /// <summary>The business from the branch that the letter is about: each rests by its own sunset.</summary>
    private async Task<Business> SeenFromAsync(Business business, Letter letter, CancellationToken ct) =>
        business.Branches.Count == 0 || letter.Task is not { } id ? business : business.At((await lookups.TaskAsync(business.Slug, id, ct))?.Value.Branch);

    /// <summary>
    /// What a nudge does for a letter: takes the lease when it is free, and sends. Gives the moment at which to look again, or null when the
    /// letter is finished (or was never committed).
    /// </summary>
    public async Task<DateTimeOffset?> LookAtAsync(string business, LetterId id, CancellationToken ct)
    {
        var entry = await lookups.LetterAsync(business, id, ct);
        if (entry is null || entry.Value.IsFinished) return null;
        var now = clock.GetUtcNow();
        if (entry.Value.DueAt > now) return entry.Value.DueAt;
        if (await HasLostItsUseAsync(business, entry.Value.Letter, now, ct))
        {
            await MarkAsync(business, entry, entry.Value with { State = LetterState.Withdrawn, DueAt = now }, ct);
            return null;
        }

        if (RetryPolicy.IsUsedUp(entry.Value))
        {
            await MarkAsync(business, entry, entry.Value with { State = LetterState.SetAside, DueAt = now, Problem = "Every sender died or ran out of time." }, ct);
            return null;
        }

        if (await lookups.BusinessAsync(business, ct) is not { } settings) return null;
        var place = await SeenFromAsync(settings.Value, entry.Value.Letter, ct);
        if (LetterUse.WaitsUntil(entry.Value.Letter.Kind, place, now) is { } end)
            return await commits.CommitAsync(new Commit(business) { Letters = [entry.To(entry.Value.HeldUntil(end))] }, ct) == CommitResult.LostRace ? now : end;

        var written = await WrittenAsync(place, entry.Value, now, ct);
        if (written is null)
        {
            await MarkAsync(business, entry, entry.Value with { State = LetterState.Withdrawn, DueAt = now }, ct);
            return null;
        }

        var leased = entry.Value with
        {
            Letter = written.Letter, State = LetterState.Leased, DueAt = now + OutboxEntry.LeaseTime, Attempts = entry.Value.Attempts + 1, Held = false,
        };
        var claim = new Commit(business) { Letters = [entry.To(leased)], Links = [.. written.Links.Select(Change.New)], Summaries = written.Sheet is { } sheet ? [sheet] : [] };
        if (await commits.CommitAsync(claim, ct) == CommitResult.LostRace) return now;
        var mine = await lookups.LetterAsync(business, id, ct);
        var after = mine is { Value: { State: LetterState.Leased } held } && (held.DueAt, held.Attempts) == (leased.DueAt, leased.Attempts) ? await SendAsync(business, mine, chained: true, ct) : mine?.Value;
        return after is null || after.IsFinished ? null : after.DueAt;
    }

    /// <summary>The letter as it leaves now; null when it says nothing any more.</summary>
    private async Task<WrittenLetter?> WrittenAsync(Business place, OutboxEntry entry, DateTimeOffset now, CancellationToken ct) =>
        LetterUse.IsSoftened(entry.Letter.Kind, place, now) ? await again.SoftenedAsync(place, entry.Letter, ct)
        : entry.Held ? await again.RunAsync(place, entry.Letter, ct)
        : new(entry.Letter, []);

    /// <summary>A person sends a letter again that was set aside.</summary>
    public async Task<bool> SendAgainAsync(string business, LetterId id, CancellationToken ct)
    {
        var entry = await lookups.LetterAsync(business, id, ct);
        if (entry is not { Value.State: LetterState.SetAside }) return false;
        var now = clock.GetUtcNow();
        var commit = new Commit(business) { Letters = [entry.To(entry.Value with { State = LetterState.Waiting, DueAt = now, Attempts = 0 })] };
        if (await commits.CommitAsync(commit, [Nudge.ForCommit(business, [id], null, now)], nudges, clock, ct) == CommitResult.LostRace) return false;
        // The first nudge keeps it from being forgotten; this one only saves the person its 45 seconds.
        await nudges.EnqueueAsync(new Nudge(business, [id], null, now, now), ct);
        return true;
    }

    private async Task<OutboxEntry?> SendAsync(string business, Versioned<OutboxEntry> leased, bool chained, CancellationToken ct)
    {
        using var step = Steps.Begin("send");
        step?.SetTag("feedbackflow.letter", leased.Value.Letter.Id.Value).SetTag("feedbackflow.kind", leased.Value.Letter.Kind.ToString());
        var delivery = await DeliverAsync(leased.Value, ct);
        step?.SetTag("feedbackflow.delivery", delivery.Kind.ToString()).SetTag("feedbackflow.via", delivery.Via);
        var now = clock.GetUtcNow();
        var after = RetryPolicy.After(leased.Value, delivery, now, random.NextDouble());
        // The nudge that is being followed looks again by itself; a process that sends its own letter has none for the retry yet.
        if (!chained && !after.IsFinished) await nudges.EnqueueAsync(new Nudge(business, [after.Letter.Id], null, now, after.DueAt), ct);
        return await MarkAsync(business, leased, after, ct);
    }

    private async Task<Delivery> DeliverAsync(OutboxEntry leased, CancellationToken ct)
    {
        var left = leased.DueAt - Margin - clock.GetUtcNow();
        if (left <= TimeSpan.Zero) return new(DeliveryKind.TryAgain, "The lease was nearly over.");
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(ct);
        lease.CancelAfter(left);
        try
        {
            return await channel.SendAsync(leased.Letter, new(leased.Attempts > 1 || leased.Problem is not null, leased.NotVia), lease.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(DeliveryKind.TryAgain, "The channel did not answer in time.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new(DeliveryKind.TryAgain, failure.GetType().Name);
        }
    }

    /// <summary>Stores the result. A task that changed meanwhile is read again; a letter that changed is somebody else's now and stays as it is.</summary>
    private Task<OutboxEntry> MarkAsync(string business, Versioned<OutboxEntry> before, OutboxEntry after, CancellationToken ct) =>
        races.RunAsync(async limit =>
        {
            var commit = new Commit(business) { Letters = [before.To(after)] };
            if (after.Letter.Task is { } taskId && EventOf(after) is { } happened)
                commit = commit with { EventsOf = taskId, Events = [new(clock.GetUtcNow(), happened, after.Letter.To.Name)] };
            // One that bounced was handed over once before, and that was measured.
            if (after is { State: LetterState.Sent, Letter: { Kind: LetterKind.Alert, IsDrill: false }, NotVia.Count: 0 })
                commit = commit with { Latency = new(after.Letter.Id, after.SentAt!.Value, after.SentAt.Value - after.Letter.WrittenAt) };
            // It tells the promise that stood when it was written, not one that was made since.
            if (after is { State: LetterState.Sent, Letter: { Kind: LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Tried, Task: { } told } }
                && await lookups.TaskAsync(business, told, limit) is { } task && task.Value.Promise.MadeAt <= after.Letter.WrittenAt)
                commit = commit with { Task = task.To(task.Value with { Promise = task.Value.Promise.ToldAlso(ToldBy.Mail) }) };
            if (await commits.CommitAsync(commit, ct) == CommitResult.Committed)
            {
                if (commit.Latency is { } latency) Steps.AlertHandedOver(latency.Took);
                return after;
            }

            var now = await lookups.LetterAsync(business, after.Letter.Id, limit);
            return now is null || now.ETag != before.ETag ? now?.Value ?? after : null;
        });

    private async Task<bool> HasLostItsUseAsync(string business, Letter letter, DateTimeOffset now, CancellationToken ct)
    {
        var task = letter.Task is { } id ? (await lookups.TaskAsync(business, id, ct))?.Value : null;
        return LetterUse.IsOver(letter, task, now) || (letter.Kind == LetterKind.CheckBack && task is not null && await HasOtherMatterAsync(business, task, ct));
    }

    /// <summary>Who has a new matter with us is not asked whether the old one is solved.</summary>
    private async Task<bool> HasOtherMatterAsync(string business, CallBackTask task, CancellationToken ct) =>
        task.Customer is { } who && (await lookups.CustomerAsync(business, who, ct))?.Value.OpenTask is not null;

    private static TaskEventKind? EventOf(OutboxEntry entry) => (entry.State, entry.Letter.Kind) switch
    {
        (LetterState.SetAside, _) => TaskEventKind.LetterSetAside,
        (LetterState.Sent, LetterKind.Apology) => TaskEventKind.ApologySent,
        (LetterState.Sent, LetterKind.Acknowledgement) => TaskEventKind.AcknowledgementSent,
        (LetterState.Sent, LetterKind.Tried) => TaskEventKind.TriedSent,
        (LetterState.Sent, LetterKind.GaveUp) => TaskEventKind.GaveUpSent,
        (LetterState.Sent, LetterKind.Alert) => TaskEventKind.AlertSent,
        (LetterState.Sent, LetterKind.Reminder) => TaskEventKind.Reminded,
        (LetterState.Sent, LetterKind.Escalation) => TaskEventKind.Escalated,
        (LetterState.Sent, LetterKind.CheckBack) => TaskEventKind.CheckBackSent,
        _ => null,
    };
}
