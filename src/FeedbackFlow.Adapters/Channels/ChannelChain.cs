using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Channels;

/// <summary>
/// Several channels, the first that takes the letter sends it. The next one is tried only when the one before surely did not take it (over its quota, throttled, not let in, refused)
/// or when the letter did not arrive through it; while that is not known, the letter waits.
/// </summary>
internal sealed class ChannelChain(IReadOnlyList<(string Name, ILetterChannel Channel)> channels) : ILetterChannel
{
    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => SendAsync(letter, EarlierAttempts.None, ct);

    public async Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct)
    {
        var answers = new List<Delivery>();
        foreach (var (name, channel) in channels.Where(one => !earlier.NotVia.Contains(one.Name)))
        {
            var delivery = await channel.SendAsync(letter, earlier, ct) with { Via = name };
            if (delivery.Kind == DeliveryKind.Sent || !delivery.NotTaken) return delivery;
            answers.Add(delivery);
        }

        // The one that may work later, and soonest; a refusal only when all refused.
        return answers.Where(answer => answer.Kind == DeliveryKind.TryAgain).MinBy(answer => answer.NotBefore ?? DateTimeOffset.MinValue)
            ?? answers.FirstOrDefault()
            ?? new(DeliveryKind.Refused, Delivery.NoChannelLeft);
    }
}
