namespace FeedbackFlow.Pipeline.Ports;

/// <summary>Decide, commit, and when somebody was faster read and decide again: at most 8 times within the 10 s of a commit (design 4.4).</summary>
/// <param name="timers">Rings when the time is over; the machine's own where none is given.</param>
public sealed class Races(Random random, TimeProvider? timers = null)
{
    public static readonly TimeSpan CommitLimit = TimeSpan.FromSeconds(10);
    private const int MostTries = 8;

    /// <summary>The same, after waiting for a turn among those of this process. The wait counts: behind a store that hangs everybody is told in time.</summary>
    public async Task<T> RunAsync<T>(Turns turns, string? key, Func<CancellationToken, Task<T?>> tryOnce) where T : class
    {
        IDisposable? turn = null;
        try
        {
            return await RunAsync(async limit =>
            {
                turn ??= await turns.TakeAsync(key, limit);
                return await tryOnce(limit);
            });
        }
        finally
        {
            turn?.Dispose();
        }
    }

    /// <param name="tryOnce">Reads, decides and commits; null when it lost the race.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T?>> tryOnce) where T : class
    {
        using var limit = timers is null ? new CancellationTokenSource(CommitLimit) : new CancellationTokenSource(CommitLimit, timers);
        try
        {
            for (var tries = 0; tries < MostTries; tries++)
            {
                if (tries > 0) await Task.Delay(TimeSpan.FromMilliseconds((5 << tries) * random.NextDouble()), limit.Token);
                if (await tryOnce(limit.Token) is { } result) return result;
            }
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The store did not commit within 10 seconds.", late);
        }

        throw new StoreUnavailableException($"The same rows were changed by others {MostTries} times in a row.");
    }
}
