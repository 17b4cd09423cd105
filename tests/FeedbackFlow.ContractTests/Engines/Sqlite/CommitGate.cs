using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

/// <summary>Stands at the writer's COMMIT: counts, holds and breaks commits.</summary>
internal sealed class CommitGate : IDisposable
{
    private readonly ManualResetEventSlim open = new(initialState: true);
    private readonly SemaphoreSlim arrivals = new(0);
    private int commits;

    public SqliteTuning Tuning => new() { WriterOpened = Attach };

    public int Commits => Volatile.Read(ref commits);

    public bool Breaks { get; set; }

    public void Close() => open.Reset();

    public void Open() => open.Set();

    /// <summary>Ends when a group has done its work and stands before the COMMIT.</summary>
    public Task ArrivalAsync(CancellationToken ct) => arrivals.WaitAsync(ct);

    public void Dispose()
    {
        open.Dispose();
        arrivals.Dispose();
    }

    private void Attach(SqliteConnection connection) => raw.sqlite3_commit_hook(connection.Handle, OnCommit, null);

    private int OnCommit(object? state)
    {
        Interlocked.Increment(ref commits);
        arrivals.Release();
        open.Wait();
        return Breaks ? 1 : 0;
    }
}
