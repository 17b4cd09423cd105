using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>Where no account is configured. A person's number may stand from a time when there was one.</summary>
internal sealed class NoTextMessages : ITextMessages
{
    public bool Has(WayKind kind) => false;

    public Task<Delivery> SendAsync(TextMessage message, bool begun, CancellationToken ct) =>
        Task.FromResult(new Delivery(DeliveryKind.Refused, $"{message.By}: no account is configured.") { Because = WayFailure.NoAccount, NotTaken = true });
}
