using FeedbackFlow.Adapters.Storage.Engines;

namespace FeedbackFlow.ContractTests.Storage;

/// <summary>Rows whose next commit goes as a test wants it to; then all is as usual.</summary>
internal sealed class StubbornRows(IRowEngine rows) : IRowEngine
{
    /// <summary>Gets the real commit and gives what the caller sees.</summary>
    public Func<Func<Task<BatchResult>>, Task<BatchResult>>? NextCommit { get; set; }

    /// <summary>Holds for every commit while it is set.</summary>
    public Func<string, IReadOnlyList<RowChange>, CancellationToken, Task>? BeforeCommits { get; set; }

    public Task<Row?> GetAsync(string partition, string key, CancellationToken ct) => rows.GetAsync(partition, key, ct);

    public Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct) =>
        rows.RangeAsync(partition, from, to, take, continuation, ct);

    public async Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        if (BeforeCommits is { } before) await before(partition, changes, ct);
        if (NextCommit is not { } next) return await rows.CommitAsync(partition, commitId, changes, ct);
        NextCommit = null;
        return await next(() => rows.CommitAsync(partition, commitId, changes, ct));
    }
}
