using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>
/// Commits the work that is waiting together, because a sync of the disk costs the same for one batch and for many. Each has its savepoint,
/// so a conflict undoes only itself; nobody is answered before the COMMIT they all share. Used by the writer's thread alone.
/// </summary>
internal sealed class SqliteGroupCommit(SqliteFile file, SqliteTuning tuning, BlockingCollection<WriterWork> waiting)
{
    // The first of a group should not wait long for the last.
    private static readonly TimeSpan GroupFor = TimeSpan.FromMilliseconds(100);

    private SqliteSession? session;

    public void Commit(WriterWork first)
    {
        List<WriterWork> begun = [];
        try
        {
            session ??= file.OpenWriter();
            // Before anything is begun: while another process holds the lock, callers can still give up.
            session.Run("BEGIN IMMEDIATE");
        }
        catch (Exception error)
        {
            FailAllWaiting(first, error);
            return;
        }

        try
        {
            var start = Stopwatch.GetTimestamp();
            for (var next = first; next is not null; next = MayTakeMore(begun, start) && waiting.TryTake(out var more) ? more : null)
            {
                if (next.TryBegin())
                {
                    begun.Add(next);
                    RunInSavepoint(session, next);
                }
            }

            session.Run("COMMIT");
        }
        catch (Exception error)
        {
            GiveUp(begun, error);
            return;
        }

        begun.ForEach(work => work.Complete());
    }

    public void Close()
    {
        try
        {
            session?.Script("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException error) when (error.IsUnavailable())
        {
            // Everything is already safe in the log; the next start checkpoints.
        }

        Discard();
    }

    private bool MayTakeMore(List<WriterWork> begun, long start) =>
        begun.Count < tuning.GroupCount && Stopwatch.GetElapsedTime(start) < GroupFor;

    private static void RunInSavepoint(SqliteSession session, WriterWork work)
    {
        session.Run("SAVEPOINT work");
        var keep = false;
        try
        {
            keep = work.Run(session);
        }
        catch (Exception error) when (session.InTransaction)
        {
            // When SQLite has already rolled everything back, the error belongs to the whole group instead.
            work.NoteError(error);
        }

        if (!keep)
        {
            session.Run("ROLLBACK TO work");
        }

        session.Run("RELEASE work");
    }

    private void FailAllWaiting(WriterWork first, Exception error)
    {
        List<WriterWork> failed = first.TryBegin() ? [first] : [];
        while (waiting.TryTake(out var next))
        {
            if (next.TryBegin())
            {
                failed.Add(next);
            }
        }

        GiveUp(failed, error);
    }

    // The connection is opened anew for the next group: after a failed sync the state of the old one is not worth trusting.
    private void GiveUp(List<WriterWork> begun, Exception error)
    {
        var unavailable = SqliteErrors.Unavailable(error);
        Discard();
        begun.ForEach(work => work.Fail(unavailable));
    }

    private void Discard()
    {
        try
        {
            session?.Dispose();
        }
        catch (Exception error) when (error is SqliteException or IOException)
        {
            // The callers get the error that led here; one about closing a broken connection adds nothing.
        }

        session = null;
    }
}
