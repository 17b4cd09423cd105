using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>The public keys with which an issuer signs its tokens.</summary>
public interface IPublishedKeys
{
    /// <summary>
    /// The issuer's RSA keys from its JWKS address (RFC 7517), from a cache where that is fresh. Null when they could not be read: nobody is believed
    /// then, and the sender is asked to come again.
    /// </summary>
    /// <param name="unknown">A key id that the caller met and the cache may not know yet: keys are changed every few days. Null for none.</param>
    Task<IReadOnlyList<PublishedKey>?> KeysAsync(Uri address, string? unknown, CancellationToken ct);
}
