using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>Erasing over a row engine, the bytes it leaves behind, and the folder of letters.</summary>
/// <param name="mailFolder">Where letters lie as files, now or from an earlier time without a mail server.</param>
public sealed class Erasing(IRowEngine rows, IRowRemains remains, string mailFolder) : IErasing
{
    private const int PageSize = 50;

    public async Task RewriteTimelineAsync(string business, TaskId task, Func<TaskEvent, TaskEvent> change, CancellationToken ct)
    {
        var (from, to) = Keys.Range($"event-{task}-");
        string? next = null;
        do
        {
            var page = await rows.RangeAsync(business, from, to, PageSize, next, ct);
            var changes = page.Rows.Select(row => (Row: row, Before: RowFormat.Read<TaskEvent>(row))).Where(line => change(line.Before) != line.Before)
                .Select(line => new RowChange(RowAction.Put, line.Row.Key, RowFormat.Write(change(line.Before)), RowFormat.Version)).ToList();
            // Nobody else ever writes a line of a timeline again.
            if (changes.Count > 0) await rows.CommitAsync(business, Guid.NewGuid().ToString("N"), changes, ct);
            next = page.Continuation;
        }
        while (next is not null);
    }

    public async Task ForgetDeliveriesAsync(string business, IReadOnlySet<FeedbackId> feedbacks, CancellationToken ct)
    {
        var (from, to) = Keys.Range("receipt-");
        string? next = null;
        do
        {
            var page = await rows.RangeAsync(business, from, to, PageSize, next, ct);
            foreach (var row in page.Rows)
            {
                if (RowFormat.Read<Receipt>(row) is not { Body: not null, Feedback: { } feedback } receipt || !feedbacks.Contains(feedback)) continue;
                // One that expires meanwhile is gone all the same.
                await rows.CommitAsync(business, Guid.NewGuid().ToString("N"), [new(RowAction.Replace, row.Key, RowFormat.Write(receipt with { Body = null }), RowFormat.Version, row.ETag)], ct);
            }

            next = page.Continuation;
        }
        while (next is not null);
    }

    public Task ForgetLetterAsync(LetterId letter, CancellationToken ct)
    {
        var (file, aside) = (Path.Combine(mailFolder, letter + ".eml"), Path.Combine(mailFolder, "." + letter));
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        if (File.Exists(file)) File.Delete(file);
        return Task.CompletedTask;
    }

    public async Task RemoveAsync(string business, FeedbackId feedback, TaskId task, string answer, CancellationToken ct)
    {
        foreach (var about in await RowsAsync(business, Keys.Range($"about-{task}-"), ct))
        {
            var id = new LetterId(RowFormat.Read<Pointer>(about).Key);
            if (await rows.GetAsync(business, Keys.Letter(id), ct) is { } row)
                await RemoveAsync(business, [about.Key, row.Key, Keys.Due(RowFormat.Read<OutboxEntry>(row).DueAt, id), Keys.Aside(id)], ct);
            await ForgetLetterAsync(id, ct);
        }

        // Together: no feedback without its task, no task without its feedback.
        var found = await rows.GetAsync(business, Keys.Task(task), ct);
        IEnumerable<string> lists = found is null ? [] : [found.Key, .. RowBatch.Lists(RowFormat.Read<CallBackTask>(found))];
        await RemoveAsync(business, [Keys.Feedback(feedback), .. lists], ct);
        foreach (var page in (await RowsAsync(business, Keys.Range($"event-{task}-"), ct)).Chunk(PageSize)) await RemoveAsync(business, [.. page.Select(row => row.Key)], ct);
        if (await rows.GetAsync(business, Keys.Answer(answer), ct) is { } kept)
            await RemoveAsync(business, [kept.Key, Keys.Expiry(RowFormat.Read<StoredAnswer>(kept).Until, kept.Key)], ct);
    }

    public Task<bool> SettleAsync(CancellationToken ct) => remains.WipeAsync(ct);

    private async Task<IReadOnlyList<Row>> RowsAsync(string business, (string From, string To) range, CancellationToken ct)
    {
        var (all, next) = (new List<Row>(), (string?)null);
        do
        {
            var page = await rows.RangeAsync(business, range.From, range.To, PageSize, next, ct);
            all.AddRange(page.Rows);
            next = page.Continuation;
        }
        while (next is not null);
        return all;
    }

    private Task RemoveAsync(string business, IReadOnlyList<string> keys, CancellationToken ct) =>
        rows.CommitAsync(business, Guid.NewGuid().ToString("N"), [.. keys.Select(key => new RowChange(RowAction.Remove, key))], ct);
}
