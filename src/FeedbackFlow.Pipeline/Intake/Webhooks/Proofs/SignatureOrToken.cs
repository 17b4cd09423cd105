namespace FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

/// <summary>For senders of the business's own: a Standard Webhooks signature where they can sign, else the secret itself as a token.</summary>
public sealed class SignatureOrToken : Proof
{
    private readonly StandardProof standard = new();
    private readonly TokenProof token = new();

    public override string Name => "signature-or-token";

    public override SignatureResult Check(Arrival arrival, Source source, ProofContext context) =>
        arrival.Header(StandardProof.SignatureHeader) is null ? token.Check(arrival, source, context) : standard.Check(arrival, source, context);

    public override string NewSecret() => standard.NewSecret();

    public override string? WrongSecret(string secret) => standard.WrongSecret(secret) is null ? null : token.WrongSecret(secret);

    public override IReadOnlyDictionary<string, string> Sign(ReadOnlyMemory<byte> body, string secret, string id, DateTimeOffset now) => token.Sign(body, secret, id, now);
}
