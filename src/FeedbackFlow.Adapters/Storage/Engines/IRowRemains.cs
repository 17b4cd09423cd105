namespace FeedbackFlow.Adapters.Storage.Engines;

/// <summary>Bytes of rows that were replaced or removed.</summary>
public interface IRowRemains
{
    /// <summary>After it answers true no byte of them stands in the engine's own files. False when a reader or writer held it up: ask again later.</summary>
    Task<bool> WipeAsync(CancellationToken ct);
}
