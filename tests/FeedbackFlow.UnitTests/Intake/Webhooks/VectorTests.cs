using System.Text;
using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake.Webhooks;

/// <summary>The published signatures: what was computed elsewhere fits here, and nothing that differs by a byte does.</summary>
public class VectorTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly DateTimeOffset Signed = DateTimeOffset.FromUnixTimeSeconds(1_767_600_000);

    /// <summary>Sender, secret, the signature's header, signature, body.</summary>
    public static TheoryData<string, string, string, string, string> Vectors => new()
    {
        {
            "standard-webhooks", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", StandardProof.SignatureHeader, "v1,ZVRVe3lKMvK0fNHcd00mHG/XwcSWDP+gpGjl/1awKj4=",
            """{"type":"feedback.received","timestamp":"2026-01-05T08:00:00Z","data":{"id":"fb_1","score":1,"text":"אני עוזבת ואספר לכולם"}}"""
        },
        {
            "typeform", "typeform-test-secret", "Typeform-Signature", "sha256=7tK8xhZzsYmmP8badamBXEw4yXT2ZSCSXjiR91HZaD4=",
            """{"event_id":"01TEST","event_type":"form_response","form_response":{"form_id":"f1","token":"t1","answers":[{"type":"text","text":"שירות גרוע","field":{"id":"q1","type":"long_text","ref":"why"}}]}}"""
        },
        {
            "tally", "tally-test-secret", "Tally-Signature", "6OdDTOU1f12pxon7zzOEblEXzANJBi+M7W7MfB3rlbg=",
            """{"eventId":"e1","eventType":"FORM_RESPONSE","createdAt":"2026-01-05T08:00:00.000Z","data":{"responseId":"r1","fields":[{"key":"q1","label":"מה קרה?","type":"TEXTAREA","value":"לא חזרו אליי"}]}}"""
        },
        {
            "judgeme", "judgeme-token", "JUDGEME-HMAC-SHA256", "73af58ac548858f7fa224302872a10607c559745d869c44d9f8d8a3abd3b8386",
            """{"review":{"id":7,"rating":1,"title":"אכזבה","body":"הבטיחו ולא חזרו","reviewer":{"name":"דנה","email":"dana@example.com"},"product_external_id":0}}"""
        },
        {
            "facebook", "meta-app-secret", "X-Hub-Signature-256", "sha256=5142d059fae6ab13ee8f8fd8f16fd77f158fad412b305c44b2bb8d25d16400e8",
            """{"object":"page","entry":[{"id":"111","time":1767600000,"changes":[{"field":"ratings","value":{"item":"rating","verb":"add","review_text":"\u05dc\u05d0 \u05de\u05de\u05dc\u05d9\u05e6\u05d4","recommendation_type":"negative","open_graph_story_id":"222","reviewer_id":"333","reviewer_name":"\u05d3\u05e0\u05d4","created_time":1767599990}}]}]}"""
        },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void The_published_vector_fits_and_says_what_it_says(string name, string secret, string header, string signature, string body)
    {
        var (format, source, arrival) = Made(name, secret, header, signature, body);
        Assert.Equal(SignatureResult.Genuine, format.Check(arrival, source, Signed));
        var (events, refusal) = format.Read(arrival, source);
        Assert.Null(refusal);
        var heard = Assert.Single(events);
        Assert.Equal(HeardKind.Said, heard.Kind);
        Assert.Matches("[א-ת]{3}", heard.Submission!.Text!);
    }

    [Theory, MemberData(nameof(Vectors))]
    public void One_changed_byte_anywhere_is_a_mismatch(string name, string secret, string header, string signature, string body)
    {
        var (format, source, arrival) = Made(name, secret, header, signature, body);
        for (var at = 0; at < arrival.Body.Length; at++)
        {
            var altered = arrival.Body.ToArray();
            altered[at] ^= 1;
            Assert.Equal(SignatureResult.Mismatch, format.Check(arrival with { Body = altered }, source, Signed));
        }
    }

    [Theory, MemberData(nameof(Vectors))]
    public void The_same_JSON_written_anew_is_a_mismatch(string name, string secret, string header, string signature, string body)
    {
        var (format, source, arrival) = Made(name, secret, header, signature, body);
        var anew = JsonSerializer.Serialize(JsonDocument.Parse(body).RootElement, Indented);
        Assert.Equal(SignatureResult.Mismatch, format.Check(arrival.WithBody(anew), source, Signed));
    }

    [Theory, MemberData(nameof(Vectors))]
    public void Without_a_signature_or_a_secret_nobody_is_believed(string name, string secret, string header, string signature, string body)
    {
        var (format, source, arrival) = Made(name, secret, header, signature, body);
        Assert.Equal(SignatureResult.MissingSignature, format.Check(arrival.Without(header), source, Signed));
        Assert.Equal(SignatureResult.MissingSignature, format.Check(arrival.With(header, ""), source, Signed));
        Assert.Equal(SignatureResult.MissingSecret, format.Check(arrival, source with { Secrets = [] }, Signed));
        Assert.Equal(SignatureResult.MissingSecret, format.Check(arrival, source with { Secrets = [source.Secrets[0] with { Until = Signed }] }, Signed));
        Assert.Equal(SignatureResult.Mismatch, format.Check(arrival, Deliveries.Source(name, Another(format)), Signed));
        Assert.Equal(SignatureResult.MalformedSignature, format.Check(arrival.With(header, "nonsense"), source, Signed));
    }

    [Theory, MemberData(nameof(Vectors))]
    public void While_a_secret_is_changed_both_are_believed(string name, string secret, string header, string signature, string body)
    {
        var (format, source, arrival) = Made(name, secret, header, signature, body);
        var changed = source.WithSecret(new("new", Another(format), Signed, null), Signed);
        Assert.Equal(SignatureResult.Genuine, format.Check(arrival, changed, Signed));
        Assert.NotEqual(SignatureResult.Genuine, format.Check(arrival, changed, Signed + Source.OldSecretsLast));
        Assert.Equal("new", Assert.Single(changed.WithSecret(new("newer", Another(format), Signed, null), Signed + Source.OldSecretsLast).Secrets, old => old.Until is not null).Id);
    }

    [Fact]
    public void Metas_signature_fits_the_escaped_bytes_and_not_the_same_words_in_Hebrew_letters()
    {
        var vector = Vectors.Last().Data;
        var (format, source, arrival) = Made(vector.Item1, vector.Item2, vector.Item3, "sha256=ae821f85a5b23396dbdee14c2b6623c2d8852cf6d8699ec1b66ac8633c70eca4", vector.Item5);
        Assert.Equal(SignatureResult.Mismatch, format.Check(arrival, source, Signed));
    }

    [Theory]
    [InlineData(-301, SignatureResult.TooNew)]
    [InlineData(-300, SignatureResult.Genuine)]
    [InlineData(300, SignatureResult.Genuine)]
    [InlineData(301, SignatureResult.TooOld)]
    public void A_standard_webhook_is_believed_for_five_minutes(int secondsLater, SignatureResult expected)
    {
        var vector = Vectors.First().Data;
        var (format, source, arrival) = Made(vector.Item1, vector.Item2, vector.Item3, vector.Item4, vector.Item5);
        Assert.Equal(expected, format.Check(arrival, source, Signed.AddSeconds(secondsLater)));
    }

    [Theory]
    [InlineData("v1,AAAA v1,ZVRVe3lKMvK0fNHcd00mHG/XwcSWDP+gpGjl/1awKj4=", SignatureResult.Genuine)]
    [InlineData("v1a,AAAA v1,ZVRVe3lKMvK0fNHcd00mHG/XwcSWDP+gpGjl/1awKj4=", SignatureResult.Genuine)]
    [InlineData("v1a,ZVRVe3lKMvK0fNHcd00mHG/XwcSWDP+gpGjl/1awKj4=", SignatureResult.UnknownScheme)]
    [InlineData("ZVRVe3lKMvK0fNHcd00mHG/XwcSWDP+gpGjl/1awKj4=", SignatureResult.MalformedSignature)]
    [InlineData("v1,%%%", SignatureResult.MalformedSignature)]
    [InlineData("v1,ZVRVe3lKMvK0fNHcd00mHG/XwcSWDP+gpGjl", SignatureResult.Mismatch)]
    public void Any_one_of_several_signatures_is_enough(string header, SignatureResult expected)
    {
        var vector = Vectors.First().Data;
        var (format, source, arrival) = Made(vector.Item1, vector.Item2, vector.Item3, header, vector.Item5);
        Assert.Equal(expected, format.Check(arrival, source, Signed));
    }

    [Theory]
    [InlineData("webhook-id", "", SignatureResult.MissingId)]
    [InlineData("webhook-id", "msg_other", SignatureResult.Mismatch)]
    [InlineData("webhook-timestamp", "", SignatureResult.MissingTimestamp)]
    [InlineData("webhook-timestamp", "soon", SignatureResult.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "+1767600000", SignatureResult.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "99999999999999", SignatureResult.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "1767600001", SignatureResult.Mismatch)]
    public void Id_and_time_are_signed_with_the_body(string header, string value, SignatureResult expected)
    {
        var vector = Vectors.First().Data;
        var (format, source, arrival) = Made(vector.Item1, vector.Item2, vector.Item3, vector.Item4, vector.Item5);
        Assert.Equal(expected, format.Check(arrival.With(header, value), source, Signed));
    }

    [Theory]
    [InlineData("Bearer 0123456789abcdef0123456789abcdef", null, null, SignatureResult.Genuine)]
    [InlineData(null, "0123456789abcdef0123456789abcdef", null, SignatureResult.Genuine)]
    [InlineData(null, null, "0123456789abcdef0123456789abcdef", SignatureResult.Genuine)]
    [InlineData("Basic aG9vazowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==", null, null, SignatureResult.Genuine)]
    [InlineData("Bearer 0123456789abcdef0123456789abcdeg", null, null, SignatureResult.Mismatch)]
    [InlineData(null, null, "0123456789abcdef", SignatureResult.Mismatch)]
    [InlineData("Digest x", null, null, SignatureResult.MissingSignature)]
    [InlineData(null, null, null, SignatureResult.MissingSignature)]
    public void A_sender_that_signs_nothing_shows_its_token(string? authorization, string? query, string? path, SignatureResult expected)
    {
        var arrival = Deliveries.Arrival("{}", authorization is null ? [] : [("Authorization", authorization)]) with
        {
            PathToken = path,
            Query = query is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["access_token"] = query },
        };
        Assert.Equal(expected, new Trustpilot().Check(arrival, Deliveries.Source("trustpilot", "0123456789abcdef0123456789abcdef"), Signed));
    }

    [Fact]
    public void A_secret_is_never_printed_with_what_holds_it()
    {
        var source = Deliveries.Source("typeform", "very-secret-indeed");
        Assert.DoesNotContain("very-secret", source.Secrets[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", new PushAccount("a", "b@c", "d", "e", "hidden", "hidden").ToString(), StringComparison.Ordinal);
    }

    private static string Another(WebhookFormat format) => format.Proof is StandardProof ? "whsec_" + Convert.ToBase64String(new byte[32]) : "another-secret";

    private static (WebhookFormat Format, Source Source, Arrival Arrival) Made(string name, string secret, string header, string signature, string body) =>
        (FormatTable.Find(name)!, Deliveries.Source(name, secret),
            Deliveries.Arrival(Encoding.UTF8.GetBytes(body), (header, signature), (StandardProof.IdHeader, "msg_test_0001"), (StandardProof.TimeHeader, "1767600000")));
}
