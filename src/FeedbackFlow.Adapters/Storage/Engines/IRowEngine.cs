using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage.Engines;

/// <summary>One stored row. <paramref name="Key"/> sorts ordinally inside its partition.</summary>
/// <param name="Key">Row key, already checked against the limits of both engines.</param>
/// <param name="Body">JSON text of the row.</param>
/// <param name="Version">Format version of the body; a newer one than the program knows is refused above the engine.</param>
/// <param name="CommitId">The commit that wrote this row, so that a retried write can be told from somebody else's.</param>
/// <param name="ETag">Opaque; changes with every write of the row.</param>
public sealed record Row(string Key, string Body, int Version, string CommitId, string ETag);

/// <summary>A page of a range read. <paramref name="Continuation"/> is opaque and null at the end; a page may be empty and still have one.</summary>
public sealed record RowPage(IReadOnlyList<Row> Rows, string? Continuation);

public enum RowAction
{
    /// <summary>The row must not exist.</summary>
    Insert,

    /// <summary>The row must exist with <see cref="RowChange.ETag"/>.</summary>
    Replace,

    /// <summary>The row is written whatever is there.</summary>
    Put,

    /// <summary>The row must exist with <see cref="RowChange.ETag"/>.</summary>
    Delete,

    /// <summary>
    /// The row is removed if it is there; a missing one is no conflict. One that somebody puts at the very moment may stay: what must not change meanwhile is guarded by
    /// a condition of its own in the same batch.
    /// </summary>
    Remove,
}

/// <summary>One change of a batch. A key appears at most once in a batch.</summary>
public sealed record RowChange(RowAction Action, string Key, string? Body = null, int Version = 1, string? ETag = null);

public enum BatchResult
{
    Committed,

    /// <summary>A condition did not hold (a row existed, was missing, or had another ETag); nothing of the batch was written.</summary>
    Conflict,
}

/// <summary>
/// Rows in partitions: what SQLite and Azure Table Storage have in common. Nothing is committed in part, and a result is only
/// given once the batch is on disk. Failures of the store throw <see cref="StoreUnavailableException"/>.
/// </summary>
public interface IRowEngine
{
    Task<Row?> GetAsync(string partition, string key, CancellationToken ct);

    /// <summary>Rows with <paramref name="from"/> &lt;= key &lt; <paramref name="to"/> in ordinal key order, at most <paramref name="take"/> (1 to 1,000) in a page.</summary>
    Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct);

    /// <summary>
    /// Commits all changes or none. Every written row carries <paramref name="commitId"/>. When <paramref name="ct"/> is cancelled before the
    /// batch was begun, nothing is written and <see cref="OperationCanceledException"/> is thrown; once begun, the call waits for the result,
    /// so that the caller always learns it.
    /// </summary>
    Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct);
}

/// <summary>A message taken from a queue. It must be deleted with its <paramref name="Receipt"/> before it becomes visible again.</summary>
public sealed record QueueMessage(string Id, string Body, string Receipt, int DequeueCount);

/// <summary>Named queues with a due time. At least once: a message not deleted in time is received again.</summary>
public interface IQueueEngine
{
    /// <summary>Stores a message that becomes visible after <paramref name="delay"/> (zero or more, at most 6 days). It never expires.</summary>
    Task EnqueueAsync(string queue, string body, TimeSpan delay, CancellationToken ct);

    /// <summary>Takes up to <paramref name="max"/> (1 to 32) visible messages and hides them for <paramref name="hideFor"/>, longest visible first.</summary>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan hideFor, CancellationToken ct);

    /// <summary>Deletes a received message. False when the receipt is no longer the newest: somebody else has it now.</summary>
    Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="max"/> (1 to 32) messages that are visible, without taking them. An engine may show hidden and delayed ones too (SQLite does, a cloud's queue
    /// cannot), so nobody may conclude from an empty answer that nothing waits.
    /// </summary>
    Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken ct);
}
