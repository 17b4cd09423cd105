using System.Collections.Concurrent;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>The one thread that writes, and the work waiting for it; see <see cref="SqliteGroupCommit"/>.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly BlockingCollection<WriterWork> waiting;
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteGroupCommit group;

    public SqliteWriter(SqliteFile file, SqliteTuning tuning)
    {
        waiting = new(tuning.WaitingCount);
        group = new(file, tuning, waiting);
        new Thread(Run) { IsBackground = true, Name = "sqlite-writer" }.Start();
    }

    public async Task<T> WriteAsync<T>(Func<SqliteSession, Outcome<T>> write, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var work = new WriterWork<T>(write);
        try
        {
            if (!waiting.TryAdd(work, 0, CancellationToken.None))
            {
                throw new StoreUnavailableException("Too many writes are waiting for the disk.");
            }
        }
        catch (InvalidOperationException) when (waiting.IsAddingCompleted)
        {
            throw new ObjectDisposedException(nameof(SqliteEngine));
        }

        await using var registration = ct.UnsafeRegister(static (state, token) => ((WriterWork)state!).Cancel(token), work);
        return await work.Done;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.CompleteAdding();
        await finished.Task;
    }

    private void Run()
    {
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            group.Commit(first);
        }

        group.Close();
        finished.SetResult();
    }
}
