using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>What a piece of work gives, and whether its writes are kept.</summary>
internal readonly record struct Outcome<T>(T Value, bool Keep = true);

/// <summary>A piece of work on its way through the writer: waiting, then either begun or cancelled, never both.</summary>
internal abstract class WriterWork
{
    private const int Waiting = 0;
    private const int Settled = 1;

    private int state = Waiting;

    public bool TryBegin() => Interlocked.CompareExchange(ref state, Settled, Waiting) == Waiting;

    public void Cancel(CancellationToken ct)
    {
        if (TryBegin())
        {
            Give(ct);
        }
    }

    /// <summary>Runs inside the open transaction; true keeps the writes. The result waits for <see cref="Complete"/>.</summary>
    public abstract bool Run(SqliteSession session);

    /// <summary>Takes note of an error that concerns this work alone; told at <see cref="Complete"/>.</summary>
    public abstract void NoteError(Exception error);

    public abstract void Complete();

    public abstract void Fail(StoreUnavailableException error);

    protected abstract void Give(CancellationToken cancelled);
}

internal sealed class WriterWork<T>(Func<SqliteSession, Outcome<T>> write) : WriterWork
{
    // Without this the caller's code would run on the writer's thread.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? ownError;
    private T result = default!;

    public Task<T> Done => done.Task;

    public override bool Run(SqliteSession session)
    {
        (result, var keep) = write(session);
        return keep;
    }

    public override void NoteError(Exception error) => ownError = SqliteErrors.Translated(error);

    public override void Complete()
    {
        if (ownError is { } error)
        {
            done.SetException(error);
            return;
        }

        done.SetResult(result);
    }

    public override void Fail(StoreUnavailableException error) => done.SetException(error);

    protected override void Give(CancellationToken cancelled) => done.SetCanceled(cancelled);
}
