namespace FeedbackFlow.TestKit;

public enum Side
{
    /// <summary>The call never went out.</summary>
    Before,

    /// <summary>The call took effect, and nobody lived to hear the answer.</summary>
    After,
}

/// <summary>What a dead process does: nothing. Thrown by its every further call, so that nothing of it goes on.</summary>
public sealed class KilledException(string at) : Exception($"The process was killed at {at}.");

/// <summary>The life of one process, which ends at one of its calls to the outside.</summary>
public sealed class Life
{
    private readonly Func<int, string, bool> isEnd;
    private readonly Side side;
    private readonly List<string> calls = [];
    private string? end;

    private Life(Func<int, string, bool> isEnd, Side side) => (this.isEnd, this.side) = (isEnd, side);

    /// <summary>Ends at its n-th call.</summary>
    public static Life UntilCall(int number, Side side) => new((call, _) => call == number, side);

    /// <summary>Ends at its first call of this name, such as <c>send Alert</c>, <c>enqueue</c> or <c>commit letter</c>.</summary>
    public static Life Until(Side side, string name) => new((_, call) => call == name, side);

    /// <summary>What the process called so far, in order.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (calls) return [.. calls];
        }
    }

    public bool IsOver
    {
        get
        {
            lock (calls) return end is not null;
        }
    }

    public async Task<T> CallAsync<T>(string name, Func<Task<T>> call)
    {
        int number;
        lock (calls)
        {
            ThrowIfOver();
            calls.Add(name);
            number = calls.Count;
            if (side == Side.Before && isEnd(number, name)) end = $"call {number}, before {name}";
            ThrowIfOver();
        }

        var result = await call();
        lock (calls)
        {
            if (side == Side.After && end is null && isEnd(number, name)) end = $"call {number}, after {name}";
            ThrowIfOver();
        }

        return result;
    }

    private void ThrowIfOver()
    {
        if (end is not null) throw new KilledException(end);
    }
}
