using System.Collections.Concurrent;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>
/// Lets those who would change the same row of this process go one after the other instead of losing races against each other. Correctness rests
/// on the store's tags alone; this only saves work when one customer writes a hundred times at once.
/// </summary>
public sealed class Turns
{
    private readonly ConcurrentDictionary<string, Turn> waiting = new();

    /// <summary>Keys that somebody has or waits for; nobody's key is kept.</summary>
    public int KeysInUse => waiting.Count;

    public async Task<IDisposable> TakeAsync(string? key, CancellationToken ct)
    {
        if (key is null) return Nobody.Instance;
        while (true)
        {
            var turn = waiting.GetOrAdd(key, _ => new Turn());
            if (!turn.Join()) continue;
            try
            {
                await turn.Gate.WaitAsync(ct);
                return new Place(this, key, turn);
            }
            catch
            {
                Leave(key, turn);
                throw;
            }
        }
    }

    private void Leave(string key, Turn turn)
    {
        if (turn.Leave()) waiting.TryRemove(new(key, turn));
    }

    private sealed class Turn
    {
        private int people;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>False when the last one has just left and this turn is being removed.</summary>
        public bool Join()
        {
            lock (Gate)
            {
                if (people < 0) return false;
                people++;
                return true;
            }
        }

        public bool Leave()
        {
            lock (Gate)
            {
                people--;
                if (people > 0) return false;
                people = -1;
                return true;
            }
        }
    }

    private sealed class Place(Turns turns, string key, Turn turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Gate.Release();
            turns.Leave(key, turn);
        }
    }

    private sealed class Nobody : IDisposable
    {
        public static readonly Nobody Instance = new();

        public void Dispose()
        {
        }
    }
}
