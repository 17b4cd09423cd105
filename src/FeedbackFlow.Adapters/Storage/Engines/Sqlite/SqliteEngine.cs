using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>
/// Rows and queues in one file. Writes are answered once they are synced to disk; writes that wait at the same time share one sync. Reads see
/// everything that was answered. The disk, a lock held too long or a damaged file throw <see cref="StoreUnavailableException"/>; a call
/// after disposal throws <see cref="ObjectDisposedException"/>. Two processes may use one file; see <see cref="StoreLock"/> for servers.
/// </summary>
public sealed class SqliteEngine : IRowEngine, IQueueEngine, IRowCopies, IRowRemains, IAsyncDisposable
{
    private readonly SqliteFile file;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;
    private readonly TimeProvider clock;

    private SqliteEngine(SqliteFile file, SqliteTuning tuning, TimeProvider clock)
    {
        (this.file, this.clock) = (file, clock);
        writer = new(file, tuning);
        readers = new(file, tuning);
    }

    /// <summary>
    /// Opens the database file; makes it and its folder when missing, upgrades an older one. <see cref="StoreRefusedException"/> when it has a
    /// newer format or is not ours, <see cref="StoreUnavailableException"/> when it cannot be read or written.
    /// </summary>
    /// <param name="path">For example <c>data/feedbackflow.db</c>.</param>
    /// <param name="clock">Decides when a message of a queue is visible.</param>
    public static SqliteEngine Open(string path, TimeProvider clock) => Open(path, clock, new());

    internal static SqliteEngine Open(string path, TimeProvider clock, SqliteTuning tuning) => new(SqliteFile.Open(path, tuning), tuning, clock);

    /// <summary>Reads all of a backup before it is restored. Returns its format; <see cref="StoreRefusedException"/> says what is wrong with it.</summary>
    public static int CheckBackup(string path) => SqliteBackup.Check(path);

    /// <summary>
    /// Writes a consistent copy of everything committed so far to a new file, while work goes on. Blocks until it is on disk. An existing file
    /// throws <see cref="IOException"/>.
    /// </summary>
    public void BackupTo(string path) => SqliteBackup.Write(file, path);

    public Task<Row?> GetAsync(string partition, string key, CancellationToken ct)
    {
        Limits.CheckPartition(partition);
        Limits.CheckKey(key);
        return readers.ReadAsync(session => SqliteRows.Get(session, partition, key), ct);
    }

    public Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct)
    {
        Limits.CheckPartition(partition);
        Limits.CheckTake(take);
        return readers.ReadAsync(session => SqliteRows.Range(session, partition, from, to, take, continuation), ct);
    }

    public Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        Limits.CheckBatch(partition, commitId, changes);
        return writer.WriteAsync(session => SqliteRows.Commit(session, partition, commitId, changes), ct);
    }

    public async IAsyncEnumerable<(string Partition, Row Row)> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (partition, key) = ("", "");
        while (true)
        {
            var rows = await readers.ReadAsync(session => SqliteRows.After(session, partition, key, Limits.PageLength), ct);
            if (rows.Count == 0) yield break;
            foreach (var row in rows) yield return row;
            (partition, key) = (rows[^1].Partition, rows[^1].Row.Key);
        }
    }

    public Task EnqueueAsync(string queue, string body, TimeSpan delay, CancellationToken ct)
    {
        QueueLimits.CheckEnqueue(queue, body, delay);
        var due = clock.GetUtcNow() + delay;
        return writer.WriteAsync(session => SqliteQueues.Enqueue(session, queue, body, due), ct);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan hideFor, CancellationToken ct)
    {
        QueueLimits.CheckReceive(queue, max, hideFor);
        // Most looks find nothing; those should not take the write lock.
        var anyDue = await readers.ReadAsync(session => SqliteQueues.AnyDue(session, queue, clock.GetUtcNow()), ct);
        return anyDue
            ? await writer.WriteAsync(session => SqliteQueues.Receive(session, queue, max, clock.GetUtcNow(), hideFor), ct)
            : [];
    }

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken ct)
    {
        QueueLimits.CheckQueue(queue);
        return writer.WriteAsync(session => SqliteQueues.Delete(session, queue, message), ct);
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken ct)
    {
        QueueLimits.CheckPeek(queue, max);
        return readers.ReadAsync(session => SqliteQueues.Peek(session, queue, max), ct);
    }

    public Task<bool> WipeAsync(CancellationToken ct) => Task.Run(() => SqliteRemains.Wipe(file), ct);

    /// <summary>Finishes the work it has accepted, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await writer.DisposeAsync();
    }
}
