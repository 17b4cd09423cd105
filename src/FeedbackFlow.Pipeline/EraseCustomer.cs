using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// Erases what a customer said and who it was, because the customer asked for it. Begun by one commit and then done in steps that can each be done again: whoever
/// dies half way is followed by a nudge. It ends with a second look, after everything that was on its way has landed.
/// </summary>
public sealed class EraseCustomer(ILookups lookups, ILists lists, ICommits commits, INudges nudges, IErasing erasing, Races races, TimeProvider clock)
{
    private const int PageSize = 100;

    private sealed record Found(bool Yes);

    /// <summary>When a letter changed under our hands or the files are in use, it is looked at again so much later.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>Nobody writes to a customer whose erasing has begun under the old name: the line is marked, the contacts go first. False where nobody is known.</summary>
    public async Task<bool> BeginAsync(string business, CustomerId customer, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return (await races.RunAsync(async limit =>
        {
            if (await lookups.CustomerAsync(business, customer, limit) is not { } line) return new Found(false);
            if (line.Value.Erasure is not null) return new Found(true);
            var now = clock.GetUtcNow();
            var begun = new Commit(business) { Customer = line.To(line.Value with { Erasure = new(now, null) }) };
            return await commits.CommitAsync(begun, [Nudge.ForErasing(business, customer, now)], nudges, clock, limit) == CommitResult.LostRace ? null : new Found(true);
        })).Yes;
    }

    /// <summary>Does what can be done now. Gives the moment at which to look again, or null when nothing is left.</summary>
    public async Task<DateTimeOffset?> LookAtAsync(string business, CustomerId customer, CancellationToken ct)
    {
        if (await lookups.CustomerAsync(business, customer, ct) is not { Value.Erasure: { DoneAt: null } erasure }) return null;
        if (await lookups.BusinessAsync(business, ct) is not { } settings) return null;
        var began = clock.GetUtcNow();
        await ForgetContactsAsync(settings.Value, customer, ct);
        await ChangeAsync(business, customer, Erased.Of, ct);
        var (tasks, feedbacks) = await WhatWasSaidAsync(business, customer, ct);
        DateTimeOffset? again = null;
        foreach (var task in tasks) again = Earlier(again, await EraseTaskAsync(business, task, ct));
        foreach (var feedback in feedbacks) await EraseFeedbackAsync(settings.Value, customer, feedback, ct);
        await ForgetCorrectionsAsync(business, feedbacks, ct);
        await erasing.ForgetDeliveriesAsync(business, feedbacks.ToHashSet(), ct);
        if (again is not null) return again;
        // Whoever had begun to write before the mark was set has landed or given up by then.
        if (began < erasure.AskedAt + Nudge.AfterCommit) return erasure.AskedAt + Nudge.AfterCommit;
        if (!await erasing.SettleAsync(ct)) return clock.GetUtcNow() + Again;
        await ChangeAsync(business, customer, line => line with { Erasure = line.Erasure! with { DoneAt = clock.GetUtcNow() } }, ct);
        return null;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    /// <summary>First of all nobody is found any more under these contacts: what comes in from now on is somebody new.</summary>
    private async Task ForgetContactsAsync(Business business, CustomerId customer, CancellationToken ct)
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        if (await lookups.CustomerAsync(business.Slug, customer, ct) is { } line) hashes.UnionWith(Hashes(business, line.Value.Contact));
        await foreach (var said in FeedbacksAsync(business.Slug, customer, ct)) hashes.UnionWith(Hashes(business, said.Feedback.Contact));
        foreach (var hash in hashes)
        {
            var known = await lookups.ContactAsync(business.Slug, hash, ct);
            if (known.Customer != customer) continue;
            await EraseJobsAsync(business.Slug, hash, ct);
            await commits.CommitAsync(new Commit(business.Slug) { ForgottenContacts = [new(hash, known.Apology?.Value)] }, ct);
        }
    }

    private async Task EraseJobsAsync(string business, string hash, CancellationToken ct)
    {
        while (await lists.JobsOfAsync(business, hash, PageSize, null, ct) is { Items: { Count: > 0 } jobs })
        {
            foreach (var job in jobs)
            {
                if (await lookups.JobAsync(business, job, ct) is { } known) await commits.CommitAsync(new Commit(business) { Job = known.To(Erased.Of(known.Value)), Links = await LinksOfAsync(business, known.Value, ct) }, ct);
                await commits.CommitAsync(new Commit(business) { ForgottenJobs = [new(hash, job)] }, ct);
            }
        }
    }

    /// <summary>A job's link carries a copy of it.</summary>
    private async Task<IReadOnlyList<Change<Link>>> LinksOfAsync(string business, Job? job, CancellationToken ct) =>
        job?.Link is { } hash && await lookups.LinkAsync(business, hash, ct) is { Value.About: { } copy } link ? [link.To(link.Value with { About = Erased.Of(copy) })] : [];

    private async Task<(IReadOnlyList<TaskId> Tasks, IReadOnlyList<FeedbackId> Feedbacks)> WhatWasSaidAsync(string business, CustomerId customer, CancellationToken ct)
    {
        var (tasks, feedbacks) = (new HashSet<TaskId>(), new List<FeedbackId>());
        await foreach (var said in FeedbacksAsync(business, customer, ct))
        {
            tasks.Add(CorrectReading.TaskOf(said));
            feedbacks.Add(said.Feedback.Id);
        }

        return ([.. tasks], feedbacks);
    }

    /// <summary>The task first: whoever would still write a letter about it from what was read before, loses the race.</summary>
    private async Task<DateTimeOffset?> EraseTaskAsync(string business, TaskId id, CancellationToken ct)
    {
        var looked = await races.RunAsync(async limit =>
        {
            if (await lookups.TaskAsync(business, id, limit) is not { } task) return new Found(false);
            if (task.Value.ErasedAt is not null) return new Found(true);
            var (now, after) = (clock.GetUtcNow(), Erased.Of(task.Value, clock.GetUtcNow()));
            var commit = new Commit(business)
            {
                Task = task.To(after), Events = [new(now, TaskEventKind.Erased)], Tally = await Tallies.AfterAsync(lookups, business, task.Value, after, limit),
            };
            return await commits.CommitAsync(commit, limit) == CommitResult.LostRace ? null : new Found(true);
        });
        if (!looked.Yes) return null;
        await erasing.RewriteTimelineAsync(business, id, Erased.Of, ct);
        return await EraseLettersAsync(business, id, ct);
    }

    /// <summary>A letter that somebody is sending right now is left until the lease ends.</summary>
    private async Task<DateTimeOffset?> EraseLettersAsync(string business, TaskId task, CancellationToken ct)
    {
        DateTimeOffset? again = null;
        string? next = null;
        do
        {
            var page = await lists.LettersOfAsync(business, task, PageSize, next, ct);
            foreach (var id in page.Items)
            {
                if (await lookups.LetterAsync(business, id, ct) is not { } entry) continue;
                var now = clock.GetUtcNow();
                if (entry.Value is { State: LetterState.Leased } && entry.Value.DueAt > now) again = Earlier(again, entry.Value.DueAt);
                else if (!Erased.Is(entry.Value.Letter) && await commits.CommitAsync(new Commit(business) { Letters = [entry.To(Erased.Of(entry.Value, now))] }, ct) == CommitResult.LostRace) again = Earlier(again, now + Again);
                else await erasing.ForgetLetterAsync(id, ct);
            }

            next = page.Next;
        }
        while (next is not null);
        return again;
    }

    private Task EraseFeedbackAsync(Business business, CustomerId customer, FeedbackId id, CancellationToken ct) => races.RunAsync(async limit =>
    {
        if (await lookups.FeedbackAsync(business.Slug, id, limit) is not { Feedback.ErasedAt: null } said) return new Found(true);
        var job = said.Feedback.Job is { } of ? await lookups.JobAsync(business.Slug, of, limit) : null;
        var answer = said.AnswerKey is { } key ? await lookups.AnswerAsync(business.Slug, key, limit) : null;
        var forgotten = new List<ForgottenContact>();
        foreach (var hash in Hashes(business, said.Feedback.Contact))
            if (await lookups.ContactAsync(business.Slug, hash, limit) is var known && known.Customer == customer) forgotten.Add(new(hash, known.Apology?.Value));
        var commit = new Commit(business.Slug)
        {
            ErasedFeedback = said with { Feedback = Erased.Of(said.Feedback, clock.GetUtcNow()), Reading = Erased.Of(said.Reading) },
            // The key still answers: the same submission sent again must not bring back what was erased.
            Answer = answer is null || answer.Value.Feedback != id ? null : answer.To(answer.Value with { Content = "" }),
            Job = job?.To(Erased.Of(job.Value)),
            Links = await LinksOfAsync(business.Slug, job?.Value, limit),
            ForgottenContacts = forgotten,
        };
        return await commits.CommitAsync(commit, ct) == CommitResult.LostRace ? null : new Found(true);
    });

    /// <summary>What people taught from these words goes with them.</summary>
    private Task ForgetCorrectionsAsync(string slug, IReadOnlyList<FeedbackId> feedbacks, CancellationToken ct)
    {
        var from = feedbacks.ToHashSet();
        return races.RunAsync(async limit =>
        {
            if (await lookups.BusinessAsync(slug, limit) is not { } business || !business.Value.Corrections.Any(learnt => from.Contains(learnt.From))) return new Found(true);
            var after = business.Value with { Corrections = [.. business.Value.Corrections.Where(learnt => !from.Contains(learnt.From))] };
            return await commits.CommitAsync(new Commit(slug) { Settings = business.To(after) }, ct) == CommitResult.LostRace ? null : new Found(true);
        });
    }

    private Task ChangeAsync(string business, CustomerId customer, Func<CustomerLine, CustomerLine> change, CancellationToken ct) => races.RunAsync(async limit =>
    {
        var line = (await lookups.CustomerAsync(business, customer, limit))!;
        return await commits.CommitAsync(new Commit(business) { Customer = line.To(change(line.Value)) }, ct) == CommitResult.LostRace ? null : new Found(true);
    });

    private async IAsyncEnumerable<ReadFeedback> FeedbacksAsync(string business, CustomerId customer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? next = null;
        do
        {
            var page = await lists.FeedbacksOfAsync(business, customer, PageSize, next, ct);
            foreach (var said in page.Items) yield return said;
            next = page.Next;
        }
        while (next is not null);
    }

    private static IEnumerable<string> Hashes(Business business, Contact contact)
    {
        if (contact.Phone is { } phone) yield return CustomerIdentity.PhoneHash(business.ContactKey, phone);
        if (contact.Email is { } email) yield return CustomerIdentity.EmailHash(business.ContactKey, email);
    }
}
