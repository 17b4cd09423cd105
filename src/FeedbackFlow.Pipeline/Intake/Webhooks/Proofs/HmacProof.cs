using System.Security.Cryptography;
using System.Text;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

public enum SignatureText
{
    Hex,
    Base64,
}

/// <summary>
/// HMAC-SHA256 over the raw body in one header, as most platforms have it. No time is signed: a replay is caught by the event's key, which is kept
/// for seven days, and by the age of the event.
/// </summary>
/// <param name="header">Name of the header.</param>
/// <param name="text">How the signature is written.</param>
/// <param name="prefix">What stands before it, such as <c>sha256=</c>.</param>
public sealed class HmacProof(string header, SignatureText text, string prefix = "") : Proof
{
    public override string Name => "hmac";

    public override SignatureResult Check(Arrival arrival, Source source, ProofContext context)
    {
        var secrets = source.ActiveSecrets(context.Now);
        if (secrets.Count == 0) return SignatureResult.MissingSecret;
        if (arrival.Header(header) is not { } given) return SignatureResult.MissingSignature;
        if (!given.StartsWith(prefix, StringComparison.Ordinal)) return SignatureResult.MalformedSignature;
        var bytes = text == SignatureText.Hex ? Secrets.FromHex(given[prefix.Length..]) : Secrets.FromBase64(given[prefix.Length..]);
        if (bytes is not { Length: HMACSHA256.HashSizeInBytes }) return SignatureResult.MalformedSignature;
        return Secrets.AnyFits(secrets, secret => Hash(secret, arrival.Body.Span), bytes) ? SignatureResult.Genuine : SignatureResult.Mismatch;
    }

    public override string NewSecret() => Secrets.NewToken();

    public override IReadOnlyDictionary<string, string> Sign(ReadOnlyMemory<byte> body, string secret, string id, DateTimeOffset now)
    {
        var hash = Hash(secret, body.Span);
        return new Dictionary<string, string> { [header] = prefix + (text == SignatureText.Hex ? Convert.ToHexStringLower(hash) : Convert.ToBase64String(hash)) };
    }

    private static byte[] Hash(string secret, ReadOnlySpan<byte> body) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);
}
