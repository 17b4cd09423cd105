using System.Globalization;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;

namespace FeedbackFlow.ContractTests.Engines.Memory;

/// <summary>
/// Rows and queues of one machine that never fails by itself, for histories by the thousand. It keeps the contract of the real engines and tells which rows
/// changed, so that a check after every step need not read everything.
/// </summary>
internal sealed class MemoryEngine(TimeProvider clock) : IRowEngine, IQueueEngine
{
    private readonly Dictionary<string, Partition> partitions = [];
    private readonly Dictionary<string, List<Message>> queues = [];
    private readonly Lock gate = new();
    private long writes;

    /// <summary>Rows that were written since the last look; a null row was removed.</summary>
    public List<(string Partition, string Key, Row? Row)> Changes { get; } = [];

    public Task<Row?> GetAsync(string partition, string key, CancellationToken ct)
    {
        Limits.CheckPartition(partition);
        Limits.CheckKey(key);
        ct.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(Of(partition).Rows.GetValueOrDefault(key));
    }

    public Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct)
    {
        Limits.CheckPartition(partition);
        Limits.CheckTake(take);
        ct.ThrowIfCancellationRequested();
        lock (gate)
        {
            var (here, first) = (Of(partition), continuation ?? from);
            if (string.CompareOrdinal(first, to) >= 0) return Task.FromResult(new RowPage([], null));
            var keys = here.Keys.GetViewBetween(first, to).TakeWhile(key => string.CompareOrdinal(key, to) < 0).Take(take + 1).ToList();
            return Task.FromResult(new RowPage([.. keys.Take(take).Select(key => here.Rows[key])], keys.Count > take ? keys[take] : null));
        }
    }

    public Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        Limits.CheckBatch(partition, commitId, changes);
        ct.ThrowIfCancellationRequested();
        lock (gate)
        {
            var here = Of(partition);
            if (changes.Any(change => !Holds(change, here.Rows.GetValueOrDefault(change.Key)))) return Task.FromResult(BatchResult.Conflict);
            foreach (var change in changes)
            {
                if (change.Action is RowAction.Delete or RowAction.Remove)
                {
                    if (here.Rows.Remove(change.Key)) here.Keys.Remove(change.Key);
                    Changes.Add((partition, change.Key, null));
                    continue;
                }

                var row = new Row(change.Key, change.Body!, change.Version, commitId, (++writes).ToString(CultureInfo.InvariantCulture));
                here.Rows[change.Key] = row;
                here.Keys.Add(change.Key);
                Changes.Add((partition, change.Key, row));
            }

            return Task.FromResult(BatchResult.Committed);
        }
    }

    public Task EnqueueAsync(string queue, string body, TimeSpan delay, CancellationToken ct)
    {
        QueueLimits.CheckEnqueue(queue, body, delay);
        ct.ThrowIfCancellationRequested();
        lock (gate) Queue(queue).Add(new(Guid.NewGuid().ToString("N"), body, clock.GetUtcNow() + delay));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan hideFor, CancellationToken ct)
    {
        QueueLimits.CheckReceive(queue, max, hideFor);
        ct.ThrowIfCancellationRequested();
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var taken = Queue(queue).Where(message => message.Visible <= now).OrderBy(message => message.Visible).Take(max).ToList();
            foreach (var message in taken) (message.Visible, message.Receipt, message.Taken) = (now + hideFor, Guid.NewGuid().ToString("N"), message.Taken + 1);
            return Task.FromResult<IReadOnlyList<QueueMessage>>([.. taken.Select(message => new QueueMessage(message.Id, message.Body, message.Receipt, message.Taken))]);
        }
    }

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken ct)
    {
        QueueLimits.CheckQueue(queue);
        ct.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(Queue(queue).RemoveAll(one => one.Id == message.Id && one.Receipt == message.Receipt) > 0);
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken ct)
    {
        QueueLimits.CheckPeek(queue, max);
        ct.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult<IReadOnlyList<QueueMessage>>([.. Queue(queue).OrderBy(message => message.Visible).Take(max).Select(message => new QueueMessage(message.Id, message.Body, message.Receipt, message.Taken))]);
    }

    /// <summary>When the next message becomes visible, hidden ones included.</summary>
    public DateTimeOffset? NextMessage(string queue)
    {
        lock (gate) return queues.TryGetValue(queue, out var messages) && messages.Count > 0 ? messages.Min(message => message.Visible) : null;
    }

    /// <summary>The first key that begins so: of a list by time, what is due first.</summary>
    public string? FirstKey(string partition, string prefix)
    {
        lock (gate) return Of(partition).Keys.GetViewBetween(prefix, prefix[..^1] + (char)(prefix[^1] + 1)).Min;
    }

    public IReadOnlyList<Row> AllRows(string partition)
    {
        lock (gate) return [.. Of(partition).Rows.Values];
    }

    private static bool Holds(RowChange change, Row? there) => change.Action switch
    {
        RowAction.Insert => there is null,
        RowAction.Replace or RowAction.Delete => there is not null && there.ETag == change.ETag,
        RowAction.Put or RowAction.Remove => true,
    };

    private Partition Of(string name)
    {
        if (!partitions.TryGetValue(name, out var partition)) partitions[name] = partition = new();
        return partition;
    }

    private List<Message> Queue(string name)
    {
        if (!queues.TryGetValue(name, out var messages)) queues[name] = messages = [];
        return messages;
    }

    private sealed class Partition
    {
        public Dictionary<string, Row> Rows { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Keys { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Message(string id, string body, DateTimeOffset visible)
    {
        public string Id => id;

        public string Body => body;

        public DateTimeOffset Visible { get; set; } = visible;

        public string Receipt { get; set; } = "never taken";

        public int Taken { get; set; }
    }
}
