namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>A scheme by which a delivery shows who sent it. Knows no host: bytes, headers, secrets and a moment in, a named result out.</summary>
public abstract class Proof
{
    /// <summary>How far a signed time may lie in the past or future; the reference libraries of Standard Webhooks use the same five minutes.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The name by which its set-up is explained.</summary>
    public abstract string Name { get; }

    /// <summary>Where the issuer publishes its keys (JWKS); null for schemes of shared secrets.</summary>
    public virtual Uri? KeysAt => null;

    /// <summary>False where secrets are not shared at all.</summary>
    public virtual bool HasSecrets => true;

    public abstract SignatureResult Check(Arrival arrival, Source source, ProofContext context);

    /// <summary>A secret as this scheme wants it.</summary>
    public abstract string NewSecret();

    /// <summary>Null when a secret that somebody else made can be used; otherwise what it must look like.</summary>
    public virtual string? WrongSecret(string secret) => secret.Length is >= 6 and <= 500 ? null : "6 to 500 characters";

    /// <summary>The headers with which a sender that has the secret would send these bytes; null where only the platform itself can.</summary>
    public abstract IReadOnlyDictionary<string, string>? Sign(ReadOnlyMemory<byte> body, string secret, string id, DateTimeOffset now);
}

/// <param name="Keys">The issuer's published keys; null where they could not be read.</param>
public sealed record ProofContext(DateTimeOffset Now, IReadOnlyList<PublishedKey>? Keys = null);

/// <summary>An RSA public key of a JWKS (RFC 7517, 4; RFC 7518, 6.3.1).</summary>
public sealed record PublishedKey(string Id, byte[] Modulus, byte[] Exponent);
