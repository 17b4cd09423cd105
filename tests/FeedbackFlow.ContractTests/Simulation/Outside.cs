using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.ContractTests.Engines.Memory;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>One hand-over of a letter, with the letter as it was stored at that moment.</summary>
/// <param name="Seen">By the clock of the process.</param>
internal sealed record Attempt(OutboxEntry Entry, WayKind By, DateTimeOffset Now, DateTimeOffset Seen)
{
    public bool Taken { get; set; }

    public bool Refused { get; set; }

    /// <summary>The process that made it knows what came of it, and lived and had a store to say so.</summary>
    public bool Heard { get; set; } = true;
}

/// <summary>
/// Mailboxes, chats and phones, each of which takes, refuses, asks for patience, hangs (having taken the letter or not) or is away for hours. It outlives every
/// process and knows what was really taken. No time passes while one hangs: the sender's patience is simply over.
/// </summary>
internal sealed class Outside(Chance chance, MemoryEngine engine, TimeProvider truth, Func<TimeProvider> seenBy) : ILetterChannel, IWays
{
    private readonly HashSet<WayKind> away = [];
    private readonly HashSet<LetterId> effects = [];

    /// <summary>Hand-overs since the last look.</summary>
    public List<Attempt> Attempts { get; } = [];

    /// <summary>Letters that had an effect since the last look, each once.</summary>
    public List<Attempt> Arrived { get; } = [];

    public bool Works(WayKind kind) => !away.Contains(kind);

    public bool Has(WayKind kind) => true;

    public void Works(WayKind kind, bool works) => _ = works ? away.Remove(kind) : away.Add(kind);

    /// <summary>Whoever made the last one is dead, or has no store to write its end into.</summary>
    public void LastIsUnheard()
    {
        if (Attempts.Count > 0) Attempts[^1].Heard = false;
    }

    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => TryAsync(WayKind.Mail, letter, ct);

    public Task<Delivery> SendAsync(Way way, Letter letter, bool begun, CancellationToken ct) => TryAsync(way.Kind, letter, ct);

    private async Task<Delivery> TryAsync(WayKind by, Letter letter, CancellationToken ct)
    {
        var stored = RowFormat.Read<OutboxEntry>((await engine.GetAsync(letter.Business, Keys.Letter(letter.Id), ct))!);
        var attempt = new Attempt(stored with { Letter = letter }, by, truth.GetUtcNow(), seenBy().GetUtcNow());
        Attempts.Add(attempt);
        // Letters to customers meet only a server that is away.
        var trouble = away.Contains(by) ? 0 : letter.Brief is null ? 100 : chance.Random.Next(100);
        attempt.Taken = trouble is 3 or 4 or >= 12;
        attempt.Refused = trouble is >= 5 and < 9;
        attempt.Heard = trouble is 0 or >= 5;
        if (attempt.Taken && effects.Add(letter.Id)) Arrived.Add(attempt);
        return trouble switch
        {
            0 => Chats.IsDown,
            < 5 => throw new OperationCanceledException("It hangs."),
            < 9 => Chats.Refuses,
            < 12 => new(DeliveryKind.TryAgain, "HTTP 429", attempt.Seen + chance.Minutes(0, 90)) { Because = WayFailure.Busy, NotTaken = true },
            _ => Delivery.Sent,
        };
    }
}
