using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Sends letters under a lease, when they may leave. A letter is sent once in effect (design 4.6).</summary>
public sealed class SendLetters(
    ILookups lookups, ICommits commits, INudges nudges, ILetterChannel channel, WriteAgain again, MarkLetters marks, Races races, TimeProvider clock, Random random)
{
    /// <summary>A send is cancelled this long before its lease ends, so that two senders never overlap.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Letters of one commit that end within this time of each other are marked by one call to the store.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends a letter that this process committed as leased to itself. When the lease is no longer ours, the nudge has it.</summary>
    public async Task SendOwnAsync(string business, LetterId id, CancellationToken ct)
    {
        if (await lookups.LetterAsync(business, id, ct) is { } entry && await lookups.BusinessAsync(business, ct) is { } settings)
            await marks.RunAsync(business, [.. new[] { await HandOverOwnAsync(settings.Value, entry, ct) }.OfType<HandedOver>()]);
    }

    /// <summary>The same for all letters of a commit, at once: one that hangs does not hold up the others.</summary>
    /// <param name="business">As the request that committed them read it.</param>
    public async Task SendOwnAsync(Business business, IReadOnlyList<LetterId> ids, CancellationToken ct)
    {
        var left = (await lookups.LettersAsync(business.Slug, ids, ct)).Select(entry => HandOverOwnAsync(business, entry, ct)).ToList();
        var failures = new List<Exception>();
        while (left.Count > 0)
        {
            await Task.WhenAny(left);
            if (!left.TrueForAll(sending => sending.IsCompleted)) await Task.WhenAny(Task.WhenAll(left), Task.Delay(Together, ct));
            var done = left.FindAll(sending => sending.IsCompleted);
            left.RemoveAll(done.Contains);
            failures.AddRange(done.Select(sending => sending.Exception?.InnerException).OfType<Exception>());
            try
            {
                await marks.RunAsync(business.Slug, [.. done.Where(sending => sending.IsCompletedSuccessfully).Select(sending => sending.Result).OfType<HandedOver>()]);
            }
            catch (Exception failure)
            {
                // The others are still on their way, and are marked all the same.
                failures.Add(failure);
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    /// <summary>Null where there is nothing to mark.</summary>
    private async Task<HandedOver?> HandOverOwnAsync(Business business, Versioned<OutboxEntry> entry, CancellationToken ct)
    {
        if (entry is not { Value: { State: LetterState.Leased, Attempts: 1 } } || entry.Value.DueAt - Margin <= clock.GetUtcNow()) return null;
        var (place, now, kind) = (await SeenFromAsync(business, entry.Value.Letter, ct), clock.GetUtcNow(), entry.Value.Letter.Kind);
        // What rests is given back; the nudge of the commit follows it from there.
        if ((LetterUse.WaitsUntil(kind, place, now) ?? LetterUse.QuietUntil(entry.Value.Letter, place, now)) is { } end) return new(entry, entry.Value.HeldUntil(end));
        if (LetterUse.IsSoftened(kind, place, now)) return new(entry, entry.Value with { State = LetterState.Waiting, DueAt = now });
        return await HandOverAsync(place, entry, chained: false, ct);
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
        var task = entry.Value.Letter.Task is { } about ? (await lookups.TaskAsync(business, about, ct))?.Value : null;
        if (await HasLostItsUseAsync(business, entry.Value.Letter, task, now, ct))
        {
            await marks.RunAsync(business, entry, entry.Value with { State = LetterState.Withdrawn, DueAt = now });
            return null;
        }

        if (await lookups.BusinessAsync(business, ct) is not { } settings) return null;
        var place = await SeenFromAsync(settings.Value, entry.Value.Letter, ct);
        if (RetryPolicy.IsUsedUp(OnItsWay(entry.Value, Reach.Of(entry.Value.Letter, place, now), entry.Value.Attempts, now)))
        {
            await marks.RunAsync(business, entry, entry.Value with { State = LetterState.SetAside, DueAt = now, Problem = "Every sender died or ran out of time." });
            return null;
        }

        if (LetterUse.WaitsUntil(entry.Value.Letter.Kind, place, now) is { } end)
            return await commits.CommitAsync(new Commit(business) { Letters = [entry.To(entry.Value.HeldUntil(end))] }, ct) == CommitResult.LostRace ? now : end;

        var written = await WrittenAsync(place, entry.Value, LetterUse.IsOutdated(entry.Value.Letter, task), now, ct);
        if (written is null)
        {
            await marks.RunAsync(business, entry, entry.Value with { State = LetterState.Withdrawn, DueAt = now });
            return null;
        }

        if (LetterUse.QuietUntil(written.Letter, place, now) is { } quiet)
            return await commits.CommitAsync(new Commit(business) { Letters = [entry.To(entry.Value.HeldUntil(quiet))] }, ct) == CommitResult.LostRace ? now : quiet;

        var leased = OnItsWay(entry.Value with { Letter = written.Letter }, Reach.Of(written.Letter, place, now), entry.Value.Attempts, now) with
        {
            State = LetterState.Leased, DueAt = now + OutboxEntry.LeaseTime, Attempts = entry.Value.Attempts + 1, Held = false,
        };
        var claim = new Commit(business) { Letters = [entry.To(leased)], Links = [.. written.Links.Select(Change.New)], Summaries = written.Sheet is { } sheet ? [sheet] : [] };
        if (await commits.CommitAsync(claim, ct) == CommitResult.LostRace) return now;
        var mine = await lookups.LetterAsync(business, id, ct);
        var after = mine is { Value: { State: LetterState.Leased } held } && (held.DueAt, held.Attempts) == (leased.DueAt, leased.Attempts) ? await SendAsync(place, mine, ct) : mine?.Value;
        return after is null || after.IsFinished ? null : after.DueAt;
    }

    /// <summary>The letter as it leaves now; null when it says nothing any more.</summary>
    private async Task<WrittenLetter?> WrittenAsync(Business place, OutboxEntry entry, bool outdated, DateTimeOffset now, CancellationToken ct) =>
        LetterUse.IsSoftened(entry.Letter.Kind, place, now) ? await again.SoftenedAsync(place, entry.Letter, ct)
        : entry.Held || outdated ? await again.RunAsync(place, entry.Letter, ct)
        : new(entry.Letter, []);

    /// <summary>A person sends a letter again that was set aside. False when it is not any more, or when a newer one stands in its place: then it is withdrawn.</summary>
    public async Task<bool> SendAgainAsync(string business, LetterId id, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var put = await races.RunAsync(limit => PutBackAsync(business, id, limit));
        // The first nudge keeps it from being forgotten; this one only saves the person its 45 seconds.
        if (put.Entry is { } entry) await nudges.EnqueueAsync(new Nudge(business, [id], null, entry.DueAt, entry.DueAt), ct);
        return put.Entry is not null;
    }

    private sealed record PutBack(OutboxEntry? Entry);

    private async Task<PutBack?> PutBackAsync(string business, LetterId id, CancellationToken ct)
    {
        if (await lookups.LetterAsync(business, id, ct) is not { Value.State: LetterState.SetAside } entry) return new(null);
        var now = clock.GetUtcNow();
        if (await IsReplacedAsync(business, entry.Value.Letter, ct))
        {
            var withdrawn = new Commit(business) { Letters = [entry.To(entry.Value with { State = LetterState.Withdrawn, DueAt = now })] };
            return await commits.CommitAsync(withdrawn, ct) == CommitResult.LostRace ? null : new(null);
        }

        var waiting = entry.Value with { State = LetterState.Waiting, DueAt = now, Attempts = 0, Tries = WayTries.None };
        var result = await commits.CommitAsync(new Commit(business) { Letters = [entry.To(waiting)] }, [Nudge.ForCommit(business, [id], null, now)], nudges, clock, ct);
        return result == CommitResult.LostRace ? null : new(waiting);
    }

    private static OutboxEntry OnItsWay(OutboxEntry entry, Reach reach, int begun, DateTimeOffset now) =>
        reach.Ways.Count == 0 ? entry with { Tries = WayTries.None } : WayOrder.Begin(entry, reach.Kinds, begun, now);

    private async Task<OutboxEntry?> SendAsync(Business place, Versioned<OutboxEntry> mine, CancellationToken ct)
    {
        var handed = await HandOverAsync(place, mine, chained: true, ct);
        return await marks.RunAsync(place.Slug, handed.Leased, handed.After);
    }

    private async Task<HandedOver> HandOverAsync(Business place, Versioned<OutboxEntry> mine, bool chained, CancellationToken ct)
    {
        using var step = Steps.Begin("send");
        var (business, begunAt) = (place.Slug, clock.GetUtcNow());
        var reach = Reach.Of(mine.Value.Letter, place, begunAt);
        var leased = mine with { Value = OnItsWay(mine.Value, reach, mine.Value.Attempts - 1, begunAt) };
        step?.SetTag("feedbackflow.letter", leased.Value.Letter.Id.Value).SetTag("feedbackflow.kind", leased.Value.Letter.Kind.ToString());
        var delivery = await DeliverAsync(leased.Value, reach, ct);
        step?.SetTag("feedbackflow.delivery", delivery.Kind.ToString()).SetTag("feedbackflow.via", delivery.Via);
        var now = clock.GetUtcNow();
        var after = WayOrder.After(leased.Value, delivery, reach.Kinds, now, random.NextDouble());
        // Every way that may be used in quiet hours refused: the others have their turn when they end.
        if (after.State == LetterState.SetAside && reach.OthersFrom is { } later) after = leased.Value.HeldUntil(later) with { Problem = delivery.Problem };
        // One that is only late keeps them waiting no longer than that either.
        if (!after.IsFinished && reach.OthersFrom is { } others && after.DueAt > others) after = after with { DueAt = others };
        // The nudge that is being followed looks again by itself; a process that sends its own letter has none for the retry yet.
        if (!chained && !after.IsFinished) await nudges.EnqueueAsync(new Nudge(business, [after.Letter.Id], null, now, after.DueAt), ct);
        return new(leased, after);
    }

    private async Task<Delivery> DeliverAsync(OutboxEntry leased, Reach reach, CancellationToken ct)
    {
        var left = leased.DueAt - Margin - clock.GetUtcNow();
        if (left <= TimeSpan.Zero) return new(DeliveryKind.TryAgain, "The lease was nearly over.");
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(ct);
        lease.CancelAfter(left);
        try
        {
            return await channel.SendAsync(leased.Letter, new(leased.Attempts > 1 || leased.Problem is not null, leased.NotVia) { Way = reach.Find(leased.Tries.On) }, lease.Token);
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

    private async Task<bool> HasLostItsUseAsync(string business, Letter letter, CallBackTask? task, DateTimeOffset now, CancellationToken ct) =>
        LetterUse.IsOver(letter, task, now) || (letter.Kind == LetterKind.CheckBack && task is not null && await HasOtherMatterAsync(business, task, ct)) || await IsReplacedAsync(business, letter, ct);

    /// <summary>Under a review stands one reply, the newest; an older one would be put in its place.</summary>
    private async Task<bool> IsReplacedAsync(string business, Letter letter, CancellationToken ct) =>
        letter.Kind == LetterKind.Reply && (await lookups.ReviewAsync(business, ReviewLine.HashOf(letter.To.Name, letter.To.Address), ct))?.Value.Reply != letter.Id;

    /// <summary>Who has a new matter with us is not asked whether the old one is solved.</summary>
    private async Task<bool> HasOtherMatterAsync(string business, CallBackTask task, CancellationToken ct) =>
        task.Customer is { } who && (await lookups.CustomerAsync(business, who, ct))?.Value.OpenTask is not null;
}
