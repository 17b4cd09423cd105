namespace FeedbackFlow.Pipeline.Ports;

/// <summary>
/// Stops asking somebody who does not answer: after <see cref="MostFailures"/> failures in a row nobody asks for <see cref="Rest"/>, then one may try while the others still wait.
/// Held by one process and lost with it, which costs a few questions.
/// </summary>
public sealed class Breaker(TimeProvider clock)
{
    public const int MostFailures = 5;
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock door = new();
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;
    private int failures;

    /// <summary>Whether this caller may ask now.</summary>
    public bool MayAsk()
    {
        lock (door)
        {
            var now = clock.GetUtcNow();
            if (now < closedUntil) return false;
            // One tries; whoever comes meanwhile waits for what it finds out.
            if (failures >= MostFailures) closedUntil = now + Rest;
            return true;
        }
    }

    public void Answered()
    {
        lock (door) (failures, closedUntil) = (0, DateTimeOffset.MinValue);
    }

    /// <param name="notBefore">When it asked to be left alone until then; believed up to ten rests.</param>
    public void Failed(DateTimeOffset? notBefore = null)
    {
        lock (door)
        {
            var now = clock.GetUtcNow();
            failures++;
            if (failures >= MostFailures) closedUntil = Later(closedUntil, now + Rest);
            if (notBefore is { } asked) closedUntil = Later(closedUntil, asked < now + (10 * Rest) ? asked : now + (10 * Rest));
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
