using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.TestKit;
using FeedbackFlow.TestKit.Odd;

namespace FeedbackFlow.Tests.Fuzz;

/// <summary>Who signs, and how.</summary>
internal enum Signing
{
    /// <summary>As the sender does, over the odd bytes: the odd input reaches the reader.</summary>
    Right,
    None,
    WrongSecret,
    AlteredAfter,
    Old,
    OddHeader,
}

/// <summary>
/// A delivery that is drawn from a seed: the sample of one format, mostly odd, mostly signed rightly. The same seed draws the same one.
/// </summary>
internal sealed class OddDelivery
{
    public const string Token = "0123456789abcdef0123456789abcdef";
    public static readonly string Secret = "whsec_" + Convert.ToBase64String(Enumerable.Range(0, 32).Select(n => (byte)n).ToArray());
    public static readonly PushAccount Account = new("https://feedback.example.com/hooks/demo/google", "pusher@p.iam.gserviceaccount.com", "projects/p/subscriptions/s", "c", "s", "r");

    private static readonly string[] OddHeaders = ["", " ", "x", "v1,", "v1a,AAAA", "v2,AAAA", "sha256=", "sha256=zz", "Bearer ", "Basic OnggeA==", "Basic !", "a.b.c", "0", "9999999999999999999999", "-1", "1e3", "\u00e9\u00e8", "a,b"];
    private static readonly string[] OddTypes = ["", "application/json; charset=windows-1255", "application/json;charset=\"utf-16\"", "APPLICATION/JSON", "application/problem+json", "text/json", "text/plain", "application/x-www-form-urlencoded", ";", "application/json, text/html", "message/rfc822", "multipart/form-data; boundary=x", "application/cloudevents+json; charset=utf-8", "application/cloudevents-batch+json", "application/octet-stream"];

    private readonly RSA key;
    private readonly byte[] salt;

    /// <param name="now">When it is sent; samples are written at the fixed moment of the seed, so that a repetition is the same.</param>
    public OddDelivery(int seed, DateTimeOffset now, RSA key)
    {
        (Seed, this.key) = (seed, key);
        var random = new Random(seed);
        salt = new byte[8];
        random.NextBytes(salt);
        Format = FormatTable.All[seed % FormatTable.All.Count];
        // One of a few reviews that are written, changed and taken back over and over, or a new one.
        var isKnown = random.Next(5) == 0;
        var sample = Format.Sample(isKnown ? "known-" + random.Next(6) : "fuzz-" + seed.ToString(CultureInfo.InvariantCulture), now);
        if (isKnown) sample = sample with { Body = Later(sample.Body, random) };
        IsPlain = random.Next(12) == 0;
        (ContentType, Body) = IsPlain ? (sample.ContentType, Encoding.UTF8.GetBytes(sample.Body)) : Oddly(sample, random);
        Signs = IsPlain ? Signing.Right : random.Next(20) switch { 0 => Signing.None, 1 => Signing.WrongSecret, 2 => Signing.AlteredAfter, 3 => Signing.Old, 4 or 5 => Signing.OddHeader, _ => Signing.Right };
        if (!IsPlain && random.Next(12) == 0) ContentType = OddTypes[random.Next(OddTypes.Length)];
        if (!IsPlain && Format.Name == "cloudevents" && random.Next(3) == 0) Binary(random);
        if (!IsPlain && random.Next(8) == 0) Extra.Add((Names[random.Next(Names.Length)], OddHeaders[random.Next(OddHeaders.Length)]));
        IsChunked = random.Next(6) == 0;
        OddValue = OddHeaders[random.Next(OddHeaders.Length)];
        Path = "/hooks/demo/" + Format.Name + (!IsPlain && random.Next(25) == 0 ? random.Next(4) switch { 0 => "?access_token=%00", 1 => ".wrong%2Ftoken", 2 => "?x=%D7%90&x=2", _ => "." } : "");
    }

    private static readonly string[] Names = ["X-Other", "Content-Language", "eventid", "JUDGEME-TOPIC", "Idempotency-Key", "Content-Encoding", "Accept-Language", "Expect", "ce-id", "webhook-id", "Authorization", "X-Forwarded-For"];

    public int Seed { get; }

    public WebhookFormat Format { get; }

    public string ContentType { get; private set; }

    public byte[] Body { get; private set; }

    public Signing Signs { get; }

    /// <summary>The sample as it is.</summary>
    public bool IsPlain { get; }

    public bool IsChunked { get; }

    public string Path { get; }

    /// <summary>Bytes in a header that are no UTF-8.</summary>
    public bool HasForeignHeader => OddValue.Any(c => c > '\x7f') || Extra.Any(header => header.Value.Any(c => c > '\x7f'));

    private string OddValue { get; }

    private List<(string Name, string Value)> Extra { get; } = [];

    /// <summary>The request, signed at this moment; a repetition is signed anew under the same id, as senders do.</summary>
    public HttpRequestMessage Request(DateTimeOffset now, Uri server)
    {
        var body = Signs == Signing.AlteredAfter ? [.. Body, (byte)' '] : Body;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, Path)) { Content = new ByteArrayContent(body) };
        if (ContentType.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (IsChunked) request.Headers.TransferEncodingChunked = true;
        foreach (var (name, value) in Headers(now).Concat(Extra)) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public override string ToString() =>
        $"seed {Seed}: {Format.Name}, signed {Signs}, {ContentType}, {Path}, {string.Join("; ", Extra)}, {Body.Length} bytes: {Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 3_000)))}";

    private IEnumerable<(string Name, string Value)> Headers(DateTimeOffset now)
    {
        if (Signs == Signing.None) return [];
        var at = Signs == Signing.Old ? now.AddMinutes(Seed % 2 == 0 ? -301 : 301) : now;
        var signed = Format.Proof.HasSecrets
            ? Format.Proof.Sign(Body, Signs == Signing.WrongSecret ? Other : SecretOf(Format), "evt-" + Convert.ToHexStringLower(salt), at)!
            : new Dictionary<string, string> { ["Authorization"] = "Bearer " + Signed.Token(key, Signs == Signing.WrongSecret ? Account with { Email = "other@x.example" } : Account, at) };
        return signed.Select((header, n) => (header.Key, Signs == Signing.OddHeader && n == Seed % signed.Count ? OddValue : header.Value));
    }

    public static string SecretOf(WebhookFormat format) => format.Proof is StandardProof or SignatureOrToken ? Secret : Token;

    private string Other => Format.Proof is StandardProof or SignatureOrToken ? "whsec_" + Convert.ToBase64String(new byte[32]) : new string('f', 32);

    private (string ContentType, byte[] Body) Oddly(Sample sample, Random random)
    {
        if (random.Next(400) == 0) return (sample.ContentType, new byte[random.Next(500_000, 700_000)]);
        if (sample.ContentType.StartsWith("multipart/", StringComparison.Ordinal)) return OddParts.Of(sample.Body, random);
        if (sample.ContentType == "message/rfc822") return (sample.ContentType, OddMail.Of(sample.Body, random));
        if (Format.Name == "google" && random.Next(2) == 0) return (sample.ContentType, InsideNotice(sample.Body, random));
        return (sample.ContentType, random.Next(4) == 0 ? Mutations.Of(Encoding.UTF8.GetBytes(sample.Body), random) : OddJson.Of(sample.Body, random));
    }

    /// <summary>The same event as a change or as the end of what it tells.</summary>
    private string Later(string body, Random random)
    {
        var (changes, ends) = (random.Next(3) == 0, random.Next(3) == 0);
        if (Format.Name == "judgeme" && changes) Extra.Add(("JUDGEME-TOPIC", "review/updated"));
        var later = changes ? body.Replace("-created", "-updated", StringComparison.Ordinal).Replace("review_create", "review_updated", StringComparison.Ordinal).Replace("\"add\"", "\"edited\"", StringComparison.Ordinal)
                .Replace("\"review_type\"", "\"event\":\"review.updated\",\"review_type\"", StringComparison.Ordinal).Replace("NEW_REVIEW", "UPDATED_REVIEW", StringComparison.Ordinal).Replace("\"data\":{\"id\"", "\"data\":{\"kind\":\"review\",\"id\"", StringComparison.Ordinal)
            : ends ? body.Replace("-created", "-deleted", StringComparison.Ordinal).Replace("\"deleted\":\"false\"", "\"deleted\":\"true\"", StringComparison.Ordinal).Replace("\"add\"", "\"remove\"", StringComparison.Ordinal)
                .Replace("\"review_type\"", "\"event\":\"review.deleted\",\"review_type\"", StringComparison.Ordinal).Replace("feedback.received\"", "review.deleted\"", StringComparison.Ordinal).Replace("\"data\":{\"id\"", "\"data\":{\"kind\":\"review\",\"id\"", StringComparison.Ordinal)
            : body;
        return later.Replace("2032-", "203" + random.Next(2, 5).ToString(CultureInfo.InvariantCulture) + "-", StringComparison.Ordinal);
    }

    private static byte[] InsideNotice(string body, Random random)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(body)!;
        var inner = OddJson.Of(Encoding.UTF8.GetString(Convert.FromBase64String((string)node["message"]!["data"]!)), random);
        node["message"]!["data"] = random.Next(4) == 0 ? Base64Url.EncodeToString(inner) : Convert.ToBase64String(inner);
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }

    /// <summary>The attributes as headers, the data as the body.</summary>
    private void Binary(Random random)
    {
        Body = OddJson.Of("""{"rating":2,"text":"לא חזרו אליי","author":"דנה","phone":"0501234567"}""", random);
        ContentType = "application/json";
        foreach (var (name, value) in new[] { ("ce-specversion", "1.0"), ("ce-id", "b" + Seed), ("ce-source", "urn:shop"), ("ce-type", random.Next(3) == 0 ? "review.deleted" : "review.created"), ("ce-time", "2032-11-07T08:00:00Z") })
            if (random.Next(10) > 0) Extra.Add((name, random.Next(10) == 0 ? OddHeaders[random.Next(OddHeaders.Length)] : value));
    }
}
