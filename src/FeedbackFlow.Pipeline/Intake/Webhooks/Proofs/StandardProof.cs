using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

/// <summary>
/// Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks): HMAC-SHA256 over <c>id.timestamp.body</c>, as one or several
/// <c>v1,BASE64</c> in <c>webhook-signature</c>; secrets are <c>whsec_BASE64</c>.
/// </summary>
public sealed class StandardProof : Proof
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    private const string SecretPrefix = "whsec_";
    private const int LongestId = 256;

    public override string Name => "standard";

    public override SignatureResult Check(Arrival arrival, Source source, ProofContext context)
    {
        var secrets = source.ActiveSecrets(context.Now);
        if (secrets.Count == 0) return SignatureResult.MissingSecret;
        if (arrival.Header(SignatureHeader) is not { } header) return SignatureResult.MissingSignature;
        if (arrival.Header(IdHeader) is not { Length: <= LongestId } id) return SignatureResult.MissingId;
        if (arrival.Header(TimeHeader) is not { } stamp) return SignatureResult.MissingTimestamp;
        // Neither plus signs nor blanks: the stamp is signed as text and read as a number, and both must be one thing.
        if (!long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MostSeconds) return SignatureResult.MalformedTimestamp;

        var entries = header.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var given = entries.Where(entry => entry.StartsWith("v1,", StringComparison.Ordinal)).Select(entry => Secrets.FromBase64(entry[3..])).ToList();
        if (given.Count == 0) return entries.Any(entry => entry.StartsWith("v1a,", StringComparison.Ordinal)) ? SignatureResult.UnknownScheme : SignatureResult.MalformedSignature;
        if (given.All(bytes => bytes is null)) return SignatureResult.MalformedSignature;

        var content = Content(id, stamp, arrival.Body.Span);
        var fits = false;
        foreach (var bytes in given.OfType<byte[]>()) fits |= Secrets.AnyFits(secrets, secret => Key(secret) is { } key ? HMACSHA256.HashData(key, content) : null, bytes);
        if (!fits) return SignatureResult.Mismatch;

        var age = context.Now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return age > Window ? SignatureResult.TooOld : age < -Window ? SignatureResult.TooNew : SignatureResult.Genuine;
    }

    public override string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public override string? WrongSecret(string secret) => Key(secret) is { Length: >= 16 and <= 128 } ? null : "whsec_ and base64 of 24 to 64 random bytes";

    public override IReadOnlyDictionary<string, string> Sign(ReadOnlyMemory<byte> body, string secret, string id, DateTimeOffset now)
    {
        var stamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Key(secret) ?? [], Content(id, stamp, body.Span));
        return new Dictionary<string, string> { [IdHeader] = id, [TimeHeader] = stamp, [SignatureHeader] = "v1," + Convert.ToBase64String(signature) };
    }

    /// <summary>The year 9999, where the calendar ends.</summary>
    private const long MostSeconds = 253_402_300_799;

    private static byte[]? Key(string secret) => Secrets.FromBase64(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);

    private static byte[] Content(string id, string stamp, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{stamp}."), .. body];
}
