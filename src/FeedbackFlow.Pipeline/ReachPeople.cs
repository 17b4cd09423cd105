using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>The channel of people: a letter that is on a way other than mail goes by it, everything else on to the channel of mail.</summary>
public sealed class ReachPeople(ILetterChannel mail, IWays ways) : ILetterChannel
{
    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => mail.SendAsync(letter, ct);

    public async Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct) =>
        earlier.Way is { Kind: not WayKind.Mail } way ? await ways.SendAsync(way, letter, earlier.Begun, ct) with { Via = way.Kind.ToString() } : await mail.SendAsync(letter, earlier, ct);
}
