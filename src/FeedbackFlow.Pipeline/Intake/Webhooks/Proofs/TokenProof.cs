using System.Text;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

/// <summary>
/// For senders that sign nothing: 128 random bits that only they know. The token comes as <c>Authorization: Bearer</c>, as the password of
/// <c>Basic</c>, as the query's <c>access_token</c> (CloudEvents web hooks, 3.2), or after a dot at the end of the address.
/// </summary>
public sealed class TokenProof : Proof
{
    public override string Name => "token";

    public override SignatureResult Check(Arrival arrival, Source source, ProofContext context)
    {
        var secrets = source.ActiveSecrets(context.Now);
        if (secrets.Count == 0) return SignatureResult.MissingSecret;
        if (Given(arrival) is not { } given) return SignatureResult.MissingSignature;
        var fits = false;
        foreach (var secret in secrets) fits |= Secrets.Same(secret, given);
        return fits ? SignatureResult.Genuine : SignatureResult.Mismatch;
    }

    public override string NewSecret() => Secrets.NewToken();

    public override string? WrongSecret(string secret) =>
        secret.Length is >= 22 and <= 500 && secret.All(c => c is > ' ' and < '\x7f') ? null : "22 to 500 Latin characters without blanks: at least 128 random bits";

    public override IReadOnlyDictionary<string, string> Sign(ReadOnlyMemory<byte> body, string secret, string id, DateTimeOffset now) =>
        new Dictionary<string, string> { ["Authorization"] = "Bearer " + secret };

    private static string? Given(Arrival arrival)
    {
        if (arrival.PathToken is { } path) return path;
        if (arrival.Query.TryGetValue("access_token", out var query) && query.Length > 0) return query;
        if (arrival.Header("Authorization") is not { } header) return null;
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || Secrets.FromBase64(header["Basic ".Length..].Trim()) is not { } pair) return null;
        var (text, colon) = (Encoding.UTF8.GetString(pair), Array.IndexOf(pair, (byte)':'));
        return colon < 0 ? null : text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
