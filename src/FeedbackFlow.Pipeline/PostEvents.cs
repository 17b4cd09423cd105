using System.Globalization;
using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// The channel of events: signs at every attempt with the secrets of that moment (Standard Webhooks 1.0.0) and posts. Everything else goes on to the
/// channel of mail.
/// </summary>
public sealed class PostEvents(ILetterChannel mail, IEventPost post, ILookups lookups, ChangeBusiness businesses, TimeProvider clock) : ILetterChannel
{
    private const int Gone = 410;

    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => SendAsync(letter, EarlierAttempts.None, ct);

    public async Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct)
    {
        if (letter.Kind != LetterKind.Event) return await mail.SendAsync(letter, earlier, ct);
        var business = await lookups.BusinessAsync(letter.Business, ct);
        if (business?.Value.Listeners.FirstOrDefault(listener => listener.Id == letter.To.Name) is not { } listener) return new(DeliveryKind.Refused, "The listener was removed.");
        if (listener.DisabledAt is not null) return new(DeliveryKind.Refused, "The listener is switched off.");
        var now = clock.GetUtcNow();
        var posted = await post.PostAsync(new Uri(listener.Address), Headers(listener, letter, now), letter.Text, ct);
        if (posted.Status == Gone) await SwitchOffAsync(letter.Business, listener.Id, now);
        return posted switch
        {
            { Status: >= 200 and < 300 } => Delivery.Sent,
            { Status: Gone } => new(DeliveryKind.Refused, "HTTP 410: the listener is gone and was switched off."),
            { IsForbidden: true } => new(DeliveryKind.Refused, "The address leads into a private network."),
            { Status: { } status } => new(DeliveryKind.TryAgain, string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"), posted.RetryAfter),
            _ => new(DeliveryKind.TryAgain, posted.Problem),
        };
    }

    /// <summary>One signature for every active secret, so that a receiver that changes over believes either.</summary>
    private static Dictionary<string, string> Headers(Listener listener, Letter letter, DateTimeOffset now)
    {
        var (proof, body) = (new StandardProof(), Encoding.UTF8.GetBytes(letter.Text));
        var signed = listener.ActiveSecrets(now).Select(secret => proof.Sign(body, secret, letter.Id.Value, now)).ToList();
        return new(signed[0]) { [StandardProof.SignatureHeader] = string.Join(' ', signed.Select(headers => headers[StandardProof.SignatureHeader])) };
    }

    private Task SwitchOffAsync(string slug, string listener, DateTimeOffset now) => businesses.RunAsync(slug, before => BusinessChange.To(before with
    {
        Listeners = [.. before.Listeners.Select(known => known.Id == listener ? known with { DisabledAt = now, DisabledBecause = "410" } : known)],
    }));
}
