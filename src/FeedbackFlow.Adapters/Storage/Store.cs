using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>Commits and look-ups over a row engine: written once, the same on SQLite and on Azure Table Storage.</summary>
public sealed class Store(IRowEngine rows) : ICommits, ILookups
{
    public async Task<CommitResult> CommitAsync(Commit commit, CancellationToken ct)
    {
        var commitId = Guid.NewGuid().ToString("N");
        var changes = RowBatch.Of(commit, commitId);
        // These lists are other partitions: written first, so that a business that exists is always swept and its people can always sign in.
        if (commit.Settings is { } settings) await ListAsync(settings.After, commitId, ct);
        var result = await rows.CommitAsync(commit.Business, commitId, changes, ct);
        return result == BatchResult.Committed || await WasOursAsync(commit.Business, commitId, changes, ct) ? CommitResult.Committed : CommitResult.LostRace;
    }

    public Task<Versioned<Business>?> BusinessAsync(string slug, CancellationToken ct) => FindAsync<Business>(slug, Keys.Settings, ct);

    public async Task<KnownContact> ContactAsync(string business, string hash, CancellationToken ct)
    {
        var page = await rows.RangeAsync(business, Keys.Contact(hash), Keys.Contact(hash) + "~", Limits.PageLength, null, ct);
        var (contact, apology) = (page.Rows.FirstOrDefault(row => row.Key == Keys.Contact(hash)), page.Rows.FirstOrDefault(row => row.Key == Keys.Apology(hash)));
        return new(contact is null ? null : RowFormat.Read<ContactLine>(contact).Customer, apology is null ? null : new(RowFormat.Read<ApologyMark>(apology), apology.ETag));
    }

    public Task<Versioned<CustomerLine>?> CustomerAsync(string business, CustomerId id, CancellationToken ct) => FindAsync<CustomerLine>(business, Keys.Customer(id), ct);

    public Task<Versioned<CallBackTask>?> TaskAsync(string business, TaskId id, CancellationToken ct) => FindAsync<CallBackTask>(business, Keys.Task(id), ct);

    public async Task<ReadFeedback?> FeedbackAsync(string business, FeedbackId id, CancellationToken ct) =>
        (await FindAsync<ReadFeedback>(business, Keys.Feedback(id), ct))?.Value;

    public Task<Versioned<Job>?> JobAsync(string business, JobId id, CancellationToken ct) => FindAsync<Job>(business, Keys.Job(id), ct);

    public Task<Versioned<Link>?> LinkAsync(string business, string hash, CancellationToken ct) => FindAsync<Link>(business, Keys.Link(hash), ct);

    public Task<Versioned<StoredAnswer>?> AnswerAsync(string business, string hash, CancellationToken ct) => FindAsync<StoredAnswer>(business, Keys.Answer(hash), ct);

    public Task<Versioned<OutboxEntry>?> LetterAsync(string business, LetterId id, CancellationToken ct) => FindAsync<OutboxEntry>(business, Keys.Letter(id), ct);

    /// <summary>Letters of one commit have one time and so lie side by side; another's may lie between them, and a page that is too short for those is filled one by one.</summary>
    public async Task<IReadOnlyList<Versioned<OutboxEntry>>> LettersAsync(string business, IReadOnlyList<LetterId> ids, CancellationToken ct)
    {
        if (ids.Count < 2) return [.. (await Task.WhenAll(ids.Select(id => LetterAsync(business, id, ct)))).OfType<Versioned<OutboxEntry>>()];
        var keys = ids.Select(Keys.Letter).Order(StringComparer.Ordinal).ToList();
        var page = await rows.RangeAsync(business, keys[0], keys[^1] + "~", Limits.PageLength, null, ct);
        var found = page.Rows.Where(row => keys.Contains(row.Key)).ToDictionary(row => row.Key, row => new Versioned<OutboxEntry>(RowFormat.Read<OutboxEntry>(row), row.ETag));
        if (page.Continuation is not null)
        {
            foreach (var id in ids.Where(id => !found.ContainsKey(Keys.Letter(id))))
                if (await LetterAsync(business, id, ct) is { } entry) found.Add(Keys.Letter(id), entry);
        }

        return [.. ids.Select(id => found.GetValueOrDefault(Keys.Letter(id))).OfType<Versioned<OutboxEntry>>()];
    }

    public Task<Versioned<PromiseTally>?> TallyAsync(string business, CancellationToken ct) => FindAsync<PromiseTally>(business, Keys.Tally, ct);

    public Task<Versioned<ReviewLine>?> ReviewAsync(string business, string hash, CancellationToken ct) => FindAsync<ReviewLine>(business, Keys.Review(hash), ct);

    public Task<Versioned<PendingReview>?> PendingReviewAsync(string business, string hash, CancellationToken ct) => FindAsync<PendingReview>(business, Keys.Pending(hash), ct);

    public Task<Versioned<SummarySheet>?> SummaryAsync(string business, PersonId person, CancellationToken ct) =>
        FindAsync<SummarySheet>(business, Keys.Summary(person), ct);

    public Task<Versioned<DigestMark>?> DigestAsync(string business, PersonId person, CancellationToken ct) => FindAsync<DigestMark>(business, Keys.Digest(person), ct);

    public Task<Versioned<RotaChange>?> RotaAsync(string business, CancellationToken ct) => FindAsync<RotaChange>(business, Keys.Rota, ct);

    public Task<Versioned<Drill>?> DrillAsync(string business, CancellationToken ct) => FindAsync<Drill>(business, Keys.Drill, ct);

    private async Task<Versioned<T>?> FindAsync<T>(string business, string key, CancellationToken ct) where T : class =>
        await rows.GetAsync(business, key, ct) is { } row ? new(RowFormat.Read<T>(row), row.ETag) : null;

    /// <summary>
    /// A write that was sent twice by the network may answer "conflict" although its first copy was stored. Its rows then carry our commit id
    /// (design 4.4). A row that the commit made new is asked for where there is one: feedbacks and events are never written again, while a row that
    /// was replaced may carry somebody else's later commit by now.
    /// </summary>
    private async Task<bool> WasOursAsync(string business, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        var written = changes.FirstOrDefault(change => change.Action == RowAction.Insert) ?? changes.FirstOrDefault(change => change.Action == RowAction.Replace);
        return written is not null && (await rows.GetAsync(business, written.Key, ct))?.CommitId == commitId;
    }

    private async Task ListAsync(Business business, string commitId, CancellationToken ct)
    {
        await PutAsync(Keys.BusinessList, business.Slug);
        foreach (var person in business.People) await PutAsync(Keys.PeopleList, Keys.Workplace(person.Email, business.Slug));

        Task PutAsync(string partition, string key) =>
            rows.CommitAsync(partition, commitId, [new(RowAction.Put, key, RowFormat.Write(new Pointer(business.Slug)), RowFormat.Version)], ct);
    }
}
