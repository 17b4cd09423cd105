using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Tests;

/// <summary>The real rows, until a test breaks them.</summary>
internal sealed class FragileRows(IRowEngine inner) : IRowEngine
{
    public IRowEngine Inner => inner;

    /// <summary>Every commit fails as a full or broken disk would make it fail.</summary>
    public bool CannotCommit { get; set; }

    public bool CannotRead { get; set; }

    /// <summary>Hears of every batch that was committed.</summary>
    public Action<IReadOnlyList<RowChange>>? Committed { get; set; }

    public Task<Row?> GetAsync(string partition, string key, CancellationToken ct) => CannotRead ? throw Down() : inner.GetAsync(partition, key, ct);

    public Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct) =>
        CannotRead ? throw Down() : inner.RangeAsync(partition, from, to, take, continuation, ct);

    public async Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        if (CannotCommit) throw Down();
        var result = await inner.CommitAsync(partition, commitId, changes, ct);
        if (result == BatchResult.Committed) Committed?.Invoke(changes);
        return result;
    }

    private static StoreUnavailableException Down() => new("The disk is full.");
}
