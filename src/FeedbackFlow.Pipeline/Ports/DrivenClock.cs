namespace FeedbackFlow.Pipeline.Ports;

/// <summary>A clock that is moved by hand: the demo tells eight days in seconds with it, and the tests never wait.</summary>
public sealed class DrivenClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void MoveTo(DateTimeOffset at) => Interlocked.Exchange(ref ticks, at.UtcTicks);
}
