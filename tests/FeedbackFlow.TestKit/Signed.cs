using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.TestKit;

/// <summary>Pushes as Pub/Sub signs them, with a key made here.</summary>
public static class Signed
{
    private static readonly Lazy<RSAParameters> Made = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(true);
    });

    /// <summary>Always the same one: making a key takes a second.</summary>
    public static RSA Key() => RSA.Create(Made.Value);

    public static PublishedKey Published(RSA key)
    {
        var parameters = key.ExportParameters(false);
        return new("k1", parameters.Modulus!, parameters.Exponent!);
    }

    public static Arrival Notice(RSA key, PushAccount account, string review, DateTimeOffset now) =>
        Deliveries.Arrival(NoticeBody(account, review), ("Authorization", "Bearer " + Token(key, account, now)));

    public static string NoticeBody(PushAccount account, string review, string messageId = "m1")
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"notificationType":"NEW_REVIEW","reviewName":"{{review}}"}"""));
        return $$$"""{"message":{"data":"{{{data}}}","messageId":"{{{messageId}}}"},"subscription":"{{{account.Subscription}}}"}""";
    }

    public static string Token(RSA key, PushAccount account, DateTimeOffset now)
    {
        var (issued, expires) = (now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), now.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var content = Encoded("""{"alg":"RS256","kid":"k1","typ":"JWT"}""") + "." + Encoded(
            $$"""{"iss":"https://accounts.google.com","aud":"{{account.Audience}}","email":"{{account.Email}}","email_verified":true,"iat":{{issued}},"exp":{{expires}}}""");
        return $"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encoded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
