using System.Collections.Concurrent;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.TestKit;

/// <summary>What was really taken by chats and phones. It outlives every process; each hand-over is kept, because not every one of them can tell a repeated letter.</summary>
public sealed class Chats : IWays
{
    private readonly ConcurrentQueue<(Way Way, Letter Letter)> taken = new();
    private readonly ConcurrentQueue<(WayKind Kind, LetterId Letter, bool Begun)> tried = new();

    /// <summary>What each way answers; all take everything by default.</summary>
    public Func<Way, Letter, Delivery> Answer { get; set; } = (_, _) => Delivery.Sent;

    public IReadOnlyList<(Way Way, Letter Letter)> Taken => [.. taken];

    public IReadOnlyList<(WayKind Kind, LetterId Letter, bool Begun)> Tried => [.. tried];

    public bool Has(WayKind kind) => true;

    public Task<Delivery> SendAsync(Way way, Letter letter, bool begun, CancellationToken ct)
    {
        tried.Enqueue((way.Kind, letter.Id, begun));
        var delivery = Answer(way, letter);
        if (delivery.Kind == DeliveryKind.Sent) taken.Enqueue((way, letter));
        return Task.FromResult(delivery);
    }

    public static Delivery Refuses { get; } = new(DeliveryKind.Refused, "no_service") { Because = WayFailure.Gone, NotTaken = true };

    public static Delivery IsDown { get; } = new(DeliveryKind.TryAgain, "HTTP 500") { Because = WayFailure.Down };
}
