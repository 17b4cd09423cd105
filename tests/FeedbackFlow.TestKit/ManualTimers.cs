namespace FeedbackFlow.TestKit;

/// <summary>Timers that ring when a test says so, and tell for how long they were set.</summary>
public sealed class ManualTimers : TimeProvider
{
    private readonly List<Bell> bells = [];

    /// <summary>What time it is; the machine's where nothing is given.</summary>
    public TimeProvider? Clock { get; init; }

    public IReadOnlyList<TimeSpan> Waits => [.. bells.Select(bell => bell.Wait)];

    public override DateTimeOffset GetUtcNow() => Clock?.GetUtcNow() ?? base.GetUtcNow();

    public void Ring()
    {
        foreach (var bell in bells.ToList()) bell.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var bell = new Bell(callback, state, dueTime);
        bells.Add(bell);
        return bell;
    }

    private sealed class Bell(TimerCallback callback, object? state, TimeSpan wait) : ITimer
    {
        public TimeSpan Wait => wait;

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
