using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>The lists of pages and sweep: range reads over the index rows.</summary>
public sealed class StoreLists(IRowEngine rows) : ILists
{
    /// <summary>Two rows go for each expired one, and a batch holds a hundred.</summary>
    private const int MostRemovedInABatch = 50;

    public async Task<Page<string>> BusinessesAsync(int take, string? next, CancellationToken ct)
    {
        var page = await rows.RangeAsync(Keys.BusinessList, "0", "~", take, next, ct);
        return new([.. page.Rows.Select(row => row.Key)], page.Continuation);
    }

    public async Task<IReadOnlyList<string>> WorkplacesAsync(string email, CancellationToken ct)
    {
        var range = Keys.Range(Keys.Workplace(email, ""));
        return [.. (await PageAsync<Pointer>(Keys.PeopleList, range, 100, null, ct)).Items.Select(pointer => pointer.Key)];
    }

    public Task<Page<CallBackTask>> OpenTasksAsync(string business, int take, string? next, CancellationToken ct) =>
        PageAsync<CallBackTask>(business, Keys.Range("open-"), take, next, ct);

    public Task<Page<CallBackTask>> ClosedTasksAsync(string business, int take, string? next, CancellationToken ct) =>
        PageAsync<CallBackTask>(business, Keys.Range("closed-"), take, next, ct);

    public Task<Page<TaskEvent>> TimelineAsync(string business, TaskId task, int take, string? next, CancellationToken ct) =>
        PageAsync<TaskEvent>(business, Keys.Range($"event-{task}-"), take, next, ct);

    public Task<Page<ReadFeedback>> FeedbacksAsync(string business, int take, string? next, CancellationToken ct) =>
        PageAsync<ReadFeedback>(business, Keys.Range("feedback-"), take, next, ct);

    public Task<Page<ReadFeedback>> FeedbacksOfAsync(string business, CustomerId customer, int take, string? next, CancellationToken ct) =>
        PointedAtAsync<ReadFeedback>(business, Keys.Range($"history-{customer}-"), take, next, ct);

    public Task<Page<OutboxEntry>> LettersAsync(string business, int take, string? next, CancellationToken ct) =>
        PageAsync<OutboxEntry>(business, Keys.Range("letter-"), take, next, ct);

    public Task<Page<OutboxEntry>> PostedAsync(string business, string listener, int take, string? next, CancellationToken ct) =>
        PointedAtAsync<OutboxEntry>(business, Keys.Range($"posted-{listener}_"), take, next, ct);

    public Task<Page<OutboxEntry>> SetAsideAsync(string business, int take, string? next, CancellationToken ct) =>
        PointedAtAsync<OutboxEntry>(business, Keys.Range("aside-"), take, next, ct);

    public Task<Page<DueLetter>> DueLettersAsync(string business, DateTimeOffset before, int take, string? next, CancellationToken ct) =>
        PageAsync<DueLetter>(business, ("due-", "due-" + Keys.Ascending(before)), take, next, ct);

    public async Task<Page<TaskId>> DueTasksAsync(string business, DateTimeOffset before, int take, string? next, CancellationToken ct)
    {
        var page = await PageAsync<Pointer>(business, ("step-", "step-" + Keys.Ascending(before)), take, next, ct);
        return new([.. page.Items.Select(pointer => new TaskId(pointer.Key))], page.Next);
    }

    public async Task<Page<LetterId>> LettersOfAsync(string business, TaskId task, int take, string? next, CancellationToken ct)
    {
        var page = await PageAsync<Pointer>(business, Keys.Range($"about-{task}-"), take, next, ct);
        return new([.. page.Items.Select(pointer => new LetterId(pointer.Key))], page.Next);
    }

    public async Task<Page<JobId>> JobsOfAsync(string business, string hash, int take, string? next, CancellationToken ct)
    {
        var page = await PageAsync<Pointer>(business, Keys.Range($"jobof-{hash}-"), take, next, ct);
        return new([.. page.Items.Select(pointer => new JobId(pointer.Key))], page.Next);
    }

    public async Task<Page<CustomerId>> ErasingAsync(string business, int take, string? next, CancellationToken ct)
    {
        var page = await PageAsync<Pointer>(business, Keys.Range("erasing-"), take, next, ct);
        return new([.. page.Items.Select(pointer => new CustomerId(pointer.Key))], page.Next);
    }

    public Task<Page<AlertLatency>> LatenciesAsync(string business, int take, string? next, CancellationToken ct) =>
        PageAsync<AlertLatency>(business, Keys.Range("latency-"), take, next, ct);

    public Task<Page<Receipt>> ReceiptsAsync(string business, string source, int take, string? next, CancellationToken ct) =>
        PageAsync<Receipt>(business, Keys.Range($"receipt-{source}_"), take, next, ct);

    public Task<Page<PendingReview>> UnreadReviewsAsync(string business, string source, int take, string? next, CancellationToken ct) =>
        PageAsync<PendingReview>(business, Keys.Range($"unread-{source}_"), take, next, ct);

    public Task<Page<PendingReview>> DueReviewsAsync(string business, DateTimeOffset before, int take, string? next, CancellationToken ct) =>
        PageAsync<PendingReview>(business, ("fetch-", "fetch-" + Keys.Ascending(before)), take, next, ct);

    public Task<Page<LateReading>> LateReadingsAsync(string business, int take, string? next, CancellationToken ct) =>
        PageAsync<LateReading>(business, Keys.Range("late-"), take, next, ct);

    public Task<Page<LedgerLine>> LedgerAsync(string business, int take, string? next, CancellationToken ct) =>
        PageAsync<LedgerLine>(business, Keys.Range("ledger-"), take, next, ct);

    public async Task<int> RemoveExpiredAsync(string business, DateTimeOffset now, int take, CancellationToken ct)
    {
        var page = await rows.RangeAsync(business, "expiry-", "expiry-" + Keys.Ascending(now), take, null, ct);
        var removed = 0;
        foreach (var chunk in page.Rows.Chunk(MostRemovedInABatch))
        {
            // Whatever renews a row also writes its expiry: a conflict means that one of them was renewed since it was read, and the next sweep looks again.
            var removals = chunk.SelectMany(row => new RowChange[] { new(RowAction.Delete, row.Key, ETag: row.ETag), new(RowAction.Remove, RowFormat.Read<Pointer>(row).Key) });
            if (await rows.CommitAsync(business, Guid.NewGuid().ToString("N"), [.. removals], ct) == BatchResult.Committed) removed += chunk.Length;
        }

        return removed;
    }

    private async Task<Page<T>> PageAsync<T>(string business, (string From, string To) range, int take, string? next, CancellationToken ct)
    {
        var page = await rows.RangeAsync(business, range.From, range.To, take, next, ct);
        return new([.. page.Rows.Select(RowFormat.Read<T>)], page.Continuation);
    }

    /// <summary>A pointer whose row was removed in between is left out.</summary>
    private async Task<Page<T>> PointedAtAsync<T>(string business, (string From, string To) range, int take, string? next, CancellationToken ct)
    {
        var page = await PageAsync<Pointer>(business, range, take, next, ct);
        var found = await Task.WhenAll(page.Items.Select(pointer => rows.GetAsync(business, pointer.Key, ct)));
        return new([.. found.OfType<Row>().Select(RowFormat.Read<T>)], page.Next);
    }
}
