using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake.Webhooks;

/// <summary>Who may push notices: a token by a published key, with every claim as the settings name it.</summary>
public sealed class PushTokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = Deliveries.Monday;
    private static readonly PushAccount Account = new("https://feedback.example.com/hooks/demo/google", "pusher@project.iam.gserviceaccount.com", "projects/p/subscriptions/s");
    private readonly RSA rsa = Signed.Key();
    private readonly GoogleBusinessProfile format = new();

    public void Dispose() => rsa.Dispose();

    [Fact]
    public void A_push_with_everything_right_is_believed() => Assert.Equal(SignatureResult.Genuine, Check(Token()));

    [Theory]
    [InlineData("iss", "\"https://evil.example\"", SignatureResult.WrongIssuer)]
    [InlineData("aud", "\"https://other.example\"", SignatureResult.WrongAudience)]
    [InlineData("email", "\"other@project.iam.gserviceaccount.com\"", SignatureResult.WrongAccount)]
    [InlineData("email_verified", "false", SignatureResult.WrongAccount)]
    [InlineData("exp", "1767599000", SignatureResult.TooOld)]
    [InlineData("exp", "\"never\"", SignatureResult.MissingTimestamp)]
    [InlineData("iat", "1767609999", SignatureResult.TooNew)]
    public void One_wrong_claim_refuses_by_its_name(string claim, string value, SignatureResult expected) => Assert.Equal(expected, Check(Token(claims: Claims((claim, value)))));

    [Fact]
    public void Another_key_another_algorithm_and_no_key_are_told_apart()
    {
        using var stranger = RSA.Create(2048);
        Assert.Equal(SignatureResult.Mismatch, Check(Token(signedBy: stranger)));
        Assert.Equal(SignatureResult.UnknownKey, Check(Token(head: """{"alg":"RS256","kid":"k9"}""")));
        Assert.Equal(SignatureResult.UnknownScheme, Check(Token(head: """{"alg":"none","kid":"k1"}""")));
        Assert.Equal(SignatureResult.UnknownScheme, Check(Token(head: """{"alg":"HS256","kid":"k1"}""")));
        Assert.Equal(SignatureResult.KeysUnavailable, format.Proof.Check(Push(Token()), Source(), new(Now, null)));
    }

    [Fact]
    public void What_is_no_token_is_malformed()
    {
        foreach (var text in new[] { "x", "a.b", "a.b.c.d", "..", "!!.!!.!!", "e30.e30." }) Assert.NotEqual(SignatureResult.Genuine, Check(text));
        Assert.Equal(SignatureResult.MalformedSignature, Check("a.b"));
        Assert.Equal(SignatureResult.MissingSignature, format.Proof.Check(Push(Token()).Without("Authorization"), Source(), Keys()));
        Assert.Equal(SignatureResult.MissingSecret, format.Proof.Check(Push(Token()), Source() with { Push = null }, Keys()));
    }

    [Fact]
    public void A_push_of_another_subscription_is_refused() =>
        Assert.Equal(SignatureResult.WrongSubscription, format.Proof.Check(Push(Token()).WithBody("""{"message":{},"subscription":"projects/p/subscriptions/other"}"""), Source(), Keys()));

    [Theory]
    [InlineData("""{"notificationType":"NEW_REVIEW","reviewName":"accounts/1/locations/2/reviews/abc"}""")]
    [InlineData("""{"notification_type":"UPDATED_REVIEW","review_name":"accounts/1/locations/2/reviews/abc","location_name":"accounts/1/locations/2"}""")]
    [InlineData("""{"reviewName":"accounts/1/locations/2/reviews/abc"}""")]
    public void Both_spellings_name_the_review(string notice)
    {
        var heard = Assert.Single(format.Read(Notice(notice), Source()).Events);
        Assert.Equal((HeardKind.Notice, "accounts/1/locations/2/reviews/abc"), (heard.Kind, heard.ReviewId));
    }

    [Theory]
    [InlineData("""{"notificationType":"GOOGLE_UPDATE","locationName":"accounts/1/locations/2"}""")]
    [InlineData("""{"notificationType":"NEW_REVIEW","reviewName":"accounts/1/locations/2/reviews/../../secret"}""")]
    [InlineData("{}")]
    public void Other_notices_are_kept_and_not_fetched(string notice) => Assert.Equal(HeardKind.OtherType, Assert.Single(format.Read(Notice(notice), Source()).Events).Kind);

    [Fact]
    public void A_fetched_review_is_read_with_its_words_and_stars()
    {
        var (events, _) = GoogleBusinessProfile.ReadReview(Encoding.UTF8.GetBytes(
            """{"name":"accounts/1/locations/2/reviews/abc","reviewId":"abc","reviewer":{"displayName":"דנה כ.","isAnonymous":false},"starRating":"TWO","comment":"הבטיחו לחזור ולא חזרו","createTime":"2026-01-05T08:00:00Z","updateTime":"2026-01-05T09:00:00Z"}"""));
        var heard = Assert.Single(events);
        Assert.Equal((HeardKind.Edited, "review", "stars", 2, "הבטיחו לחזור ולא חזרו", "דנה כ."), (heard.Kind, heard.Submission!.Channel, heard.Submission.Scale, heard.Submission.Score, heard.Submission.Text, heard.Submission.Name));
        Assert.EndsWith("2026-01-05T09:00:00Z", heard.Key, StringComparison.Ordinal);
    }

    [Fact]
    public void Stars_without_words_and_a_hidden_name_are_enough()
    {
        var heard = Assert.Single(GoogleBusinessProfile.ReadReview(Encoding.UTF8.GetBytes(
            """{"name":"accounts/1/locations/2/reviews/abc","reviewer":{"displayName":"A Google user","isAnonymous":true},"starRating":"ONE","createTime":"2026-01-05T08:00:00Z","updateTime":"2026-01-05T08:00:00Z"}""")).Events);
        Assert.Equal((HeardKind.Said, 1, null, null), (heard.Kind, heard.Submission!.Score, heard.Submission.Text, heard.Submission.Name));
    }

    private static string Claims(params (string Name, string Value)[] changes)
    {
        var claims = new Dictionary<string, string>
        {
            ["iss"] = "\"https://accounts.google.com\"", ["aud"] = $"\"{Account.Audience}\"", ["email"] = $"\"{Account.Email}\"", ["email_verified"] = "true", ["exp"] = "1767603600", ["iat"] = "1767600000",
        };
        foreach (var (name, value) in changes) claims[name] = value;
        return "{" + string.Join(',', claims.Select(claim => $"\"{claim.Key}\":{claim.Value}")) + "}";
    }

    private static Source Source() => Deliveries.Source("google") with { Push = Account };

    private static Arrival Notice(string notice) =>
        Deliveries.Arrival($$"""{"message":{"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(notice))}}","messageId":"m1"},"subscription":"projects/p/subscriptions/s"}""");

    private static Arrival Push(string token) => Notice("{}").With("Authorization", "Bearer " + token);

    private SignatureResult Check(string token) => format.Proof.Check(Push(token), Source(), Keys());

    private ProofContext Keys()
    {
        var key = rsa.ExportParameters(false);
        return new(Now, [new("k0", [1], [1]), new("k1", key.Modulus!, key.Exponent!)]);
    }

    private string Token(string head = """{"alg":"RS256","kid":"k1"}""", string? claims = null, RSA? signedBy = null)
    {
        var content = $"{Encoded(head)}.{Encoded(claims ?? Claims())}";
        return $"{content}.{Base64Url.EncodeToString((signedBy ?? rsa).SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encoded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
