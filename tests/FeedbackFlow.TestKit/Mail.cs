using System.Collections.Concurrent;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.TestKit;

/// <summary>
/// The world outside: what really arrived. It outlives every process, and like the folder channel it has one effect per letter id however often
/// the letter is handed over.
/// </summary>
public sealed class Mail : ILetterChannel
{
    private readonly ConcurrentDictionary<LetterId, int> handOvers = new();
    private readonly ConcurrentQueue<Letter> arrived = new();

    /// <summary>What the channel answers; <see cref="Works"/> by default.</summary>
    public Func<Letter, CancellationToken, Task<Delivery>> Answer { get; set; } = Works;

    /// <summary>Letters that had an effect, in the order in which they first had it.</summary>
    public IReadOnlyList<Letter> Arrived => [.. arrived];

    public IReadOnlyList<LetterKind> Kinds => [.. arrived.Select(letter => letter.Kind)];

    /// <summary>How often this letter was handed over and taken.</summary>
    public int HandOvers(LetterId id) => handOvers.GetValueOrDefault(id);

    public IReadOnlyList<Letter> Of(LetterKind kind) => [.. arrived.Where(letter => letter.Kind == kind)];

    public async Task<Delivery> SendAsync(Letter letter, CancellationToken ct)
    {
        var delivery = await Answer(letter, ct);
        if (delivery.Kind == DeliveryKind.Sent && handOvers.AddOrUpdate(letter.Id, 1, (_, times) => times + 1) == 1) arrived.Enqueue(letter);
        return delivery;
    }

    public static Task<Delivery> Works(Letter letter, CancellationToken ct) => Task.FromResult(Delivery.Sent);

    public static Task<Delivery> IsDown(Letter letter, CancellationToken ct) => Task.FromResult(new Delivery(DeliveryKind.TryAgain, "The server is away."));

    public static Task<Delivery> Refuses(Letter letter, CancellationToken ct) => Task.FromResult(new Delivery(DeliveryKind.Refused, "No such mailbox."));

    public static async Task<Delivery> Hangs(Letter letter, CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        return Delivery.Sent;
    }
}
