using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

/// <summary>
/// The OpenID Connect token of a Pub/Sub push (cloud.google.com/pubsub/docs/authenticate-push-subscriptions): RS256 by a published key, then issuer,
/// audience, the service account with its verified address, expiry, and the subscription named in the body.
/// </summary>
public sealed class PushTokenProof : Proof
{
    private const string Issuer = "https://accounts.google.com";

    /// <summary>How much the clocks may differ.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    public override string Name => "push-token";

    public override bool HasSecrets => false;

    public override Uri KeysAt { get; } = new("https://www.googleapis.com/oauth2/v3/certs");

    public override SignatureResult Check(Arrival arrival, Source source, ProofContext context)
    {
        if (source.Push is not { } account) return SignatureResult.MissingSecret;
        if (arrival.Header("Authorization") is not { } header || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return SignatureResult.MissingSignature;
        var token = header["Bearer ".Length..].Trim();
        if (token.Split('.') is not [var head, var claims, var signature]) return SignatureResult.MalformedSignature;
        if (Part(head) is not { } about || Part(claims) is not { } says || Bytes(signature) is not { } signed) return SignatureResult.MalformedSignature;
        // Never the algorithm that the token asks for: "none" and symmetric ones would make the public key a secret (RFC 8725, 3.1).
        if (about.At("alg").Text() != "RS256") return SignatureResult.UnknownScheme;
        if (context.Keys is null) return SignatureResult.KeysUnavailable;
        if (context.Keys.FirstOrDefault(key => key.Id == about.At("kid").Text()) is not { } key) return SignatureResult.UnknownKey;
        if (!Verifies(key, Encoding.ASCII.GetBytes($"{head}.{claims}"), signed)) return SignatureResult.Mismatch;
        return CheckClaims(says, account, context.Now) is var claimed && claimed != SignatureResult.Genuine ? claimed : CheckSubscription(arrival, account);
    }

    public override string NewSecret() => throw new NotSupportedException("A push is signed by its platform.");

    public override IReadOnlyDictionary<string, string>? Sign(ReadOnlyMemory<byte> body, string secret, string id, DateTimeOffset now) => null;

    private static SignatureResult CheckClaims(JsonElement claims, PushAccount account, DateTimeOffset now)
    {
        if (claims.At("iss").Text() is not (Issuer or "accounts.google.com")) return SignatureResult.WrongIssuer;
        if (claims.At("aud").Text() != account.Audience) return SignatureResult.WrongAudience;
        if (claims.At("email").Text() != account.Email || !claims.At("email_verified").Flag()) return SignatureResult.WrongAccount;
        if (Seconds(claims.At("exp")) is not { } expires) return SignatureResult.MissingTimestamp;
        if (now >= expires + Leeway) return SignatureResult.TooOld;
        return Seconds(claims.At("iat")) is { } issued && issued > now + Leeway ? SignatureResult.TooNew : SignatureResult.Genuine;
    }

    private static SignatureResult CheckSubscription(Arrival arrival, PushAccount account) =>
        JsonBody.Parse(arrival.Body).Root.At("subscription").Text() == account.Subscription ? SignatureResult.Genuine : SignatureResult.WrongSubscription;

    private static bool Verifies(PublishedKey key, byte[] content, byte[] signature)
    {
        try
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = key.Modulus, Exponent = key.Exponent });
            return rsa.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // A signature of another length than the key's is told this way.
            return false;
        }
    }

    private static JsonElement? Part(string text) => Bytes(text) is { } bytes && JsonBody.Parse(bytes) is { Refusal: null } parsed ? parsed.Root : null;

    private static byte[]? Bytes(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private static DateTimeOffset? Seconds(JsonElement claim) =>
        claim.ValueKind == JsonValueKind.Number && claim.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
