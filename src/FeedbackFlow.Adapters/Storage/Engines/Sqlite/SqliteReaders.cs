using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>
/// A few read connections, lent out one call at a time. The read runs on the caller's thread: it takes microseconds, less than handing it over.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file, SqliteTuning tuning) : IAsyncDisposable
{
    private readonly SemaphoreSlim places = new(tuning.Readers);
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool closed;

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteEngine));
            return Read(read);
        }
        finally
        {
            places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        for (var i = 0; i < tuning.Readers; i++)
        {
            await places.WaitAsync();
        }

        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }

        places.Release(tuning.Readers);
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        SqliteSession? session = null;
        try
        {
            session = idle.TryTake(out var rested) ? rested : file.OpenReader();
            var result = read(session);
            idle.Add(session);
            return result;
        }
        catch (Exception error)
        {
            // Not lent out again: the next read starts on a new connection.
            session?.Dispose();
            if (error is SqliteException sqlite && sqlite.IsUnavailable())
            {
                throw SqliteErrors.Unavailable(sqlite);
            }

            throw;
        }
    }
}
