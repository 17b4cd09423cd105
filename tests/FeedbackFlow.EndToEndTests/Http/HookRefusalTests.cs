using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>
/// Every format at the real door, by each way its sender may show who it is: what is altered, old, sent again, written anew, signed by another or sent to a source
/// without a secret is refused by its name or does nothing, and both secrets of a rotation are believed.
/// </summary>
public sealed class HookRefusalTests : IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string OldToken = "fedcba9876543210fedcba9876543210";
    private static readonly string Secret = new StandardProof().NewSecret();
    private static readonly string OldSecret = new StandardProof().NewSecret();
    private static readonly PushAccount Account = new("https://feedback.example.com/hooks/demo/google", "pusher@p.iam.gserviceaccount.com", "projects/p/subscriptions/s");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly RSA key = Signed.Key();
    private readonly ReviewSite site = new();

    /// <summary>Name of the format, and of the proof: who may sign or show a token stands here with both.</summary>
    public static TheoryData<string, string> Senders
    {
        get
        {
            var senders = new TheoryData<string, string>();
            foreach (var format in FormatTable.All)
            {
                senders.Add(format.Name, format.Proof is SignatureOrToken ? "standard" : format.Proof.Name);
                if (format.Proof is SignatureOrToken) senders.Add(format.Name, "token");
            }

            return senders;
        }
    }

    public void Dispose() => key.Dispose();

    [Theory, MemberData(nameof(Senders))]
    public async Task A_sender_is_believed_only_as_it_is(string name, string proof)
    {
        var format = FormatTable.Find(name)!;
        await using var app = await StartAsync(format);
        var (newest, older) = format.Proof is StandardProof or SignatureOrToken ? (Secret, OldSecret) : (Token, OldToken);

        var good = Delivery(format, proof, newest, "first", app.Now);
        Assert.Equal(format is GoogleBusinessProfile ? "200 pending" : "200 stored", await SendAsync(app, name, good));
        Assert.Contains(await SendAsync(app, name, good), format is GoogleBusinessProfile ? ["200 pending"] : new[] { "200 repeated", "200 outdated" });
        var feedbacks = await app.CountRowsAsync("demo", "feedback-");

        foreach (var (what, arrival, refused) in Wrong(format, proof, newest, good, app.Now)) Assert.Equal((what, refused), (what, await SendAsync(app, name, arrival)));
        if (format.Proof.HasSecrets) await ChangeAsync(app, source => source with { Secrets = [] });
        else await ChangeAsync(app, source => source with { Push = null });
        Assert.Equal("401 missing-secret", await SendAsync(app, name, Delivery(format, proof, newest, "second", app.Now)));
        Assert.Equal(feedbacks, await app.CountRowsAsync("demo", "feedback-"));

        // While the secret is changed both are believed, then the old one is not.
        await ChangeAsync(app, _ => Made(format, app.Now));
        if (format.Proof.HasSecrets) Assert.Equal("200 stored", await SendAsync(app, name, Delivery(format, proof, older, "third", app.Now)));
        app.Clock.Advance(Source.OldSecretsLast);
        if (format.Proof.HasSecrets) Assert.Equal("401 mismatch", await SendAsync(app, name, Delivery(format, proof, older, "fourth", app.Now)));
        Assert.StartsWith("200 ", await SendAsync(app, name, Delivery(format, proof, newest, "fifth", app.Now)), StringComparison.Ordinal);

        // After the seven days for which events are remembered.
        feedbacks = await app.CountRowsAsync("demo", "feedback-");
        app.Clock.Advance(TimeSpan.FromDays(6));
        var late = await SendAsync(app, name, good);
        if (format.Channel != Channel.Review && (proof == "token" || (proof == "hmac" && !HasItsTime(format, good))))
        {
            // No time of it is signed: who has the secret may say anything again.
            Assert.Equal("200 stored", late);
            return;
        }

        Assert.Contains(late, proof == "hmac" && HasItsTime(format, good) ? ["400 event-too-old"] : proof is "standard" or "push-token" ? new[] { "401 too-old" } : ["200 repeated", "200 outdated"]);
        Assert.Equal(feedbacks, await app.CountRowsAsync("demo", "feedback-"));
    }

    /// <summary>What is wrong, the delivery, and how it is refused.</summary>
    private IEnumerable<(string What, Arrival Arrival, string Refused)> Wrong(WebhookFormat format, string proof, string secret, Arrival good, DateTimeOffset now)
    {
        yield return ("compressed", good.With("Content-Encoding", "gzip"), "415 compressed");
        yield return ("without anything", Shown(good).Aggregate(good, (arrival, header) => arrival.Without(header)), "401 missing-signature");
        if (proof == "push-token")
        {
            using var another = RSA.Create(2048);
            yield return ("another's key", Push(another, now), "401 mismatch");
            yield return ("altered", good.With("Authorization", good.Header("Authorization")!.Replace(".ey", ".eY", StringComparison.Ordinal)), "401 malformed-signature");
            yield return ("for another subscription", good.WithBody(Signed.NoticeBody(Account with { Subscription = "projects/p/subscriptions/other" }, "accounts/1/locations/2/reviews/abc")), "401 wrong-subscription");
            yield return ("old", Push(key, now - TimeSpan.FromHours(2)), "401 too-old");
            yield break;
        }

        var another2 = format.Proof is StandardProof or SignatureOrToken ? new StandardProof().NewSecret() : new TokenProof().NewSecret();
        yield return ("another's secret", Delivery(format, proof, another2, "first", now), "401 mismatch");
        if (proof == "token") yield break;
        yield return ("altered", good.WithBody(good.Text().Replace("1", "5", StringComparison.Ordinal)), "401 mismatch");
        yield return ("written anew", good.WithBody(JsonSerializer.Serialize(JsonDocument.Parse(good.Text()).RootElement, Indented)), "401 mismatch");
        yield return ("no signature", Shown(good).Aggregate(good, (arrival, header) => arrival.With(header, "nonsense")), proof == "standard" ? "401 malformed-timestamp" : "401 malformed-signature");
        if (proof == "standard") yield return ("old", Delivery(format, proof, secret, "old", now - TimeSpan.FromMinutes(6)), "401 too-old");
        if (proof == "hmac" && HasItsTime(format, good)) yield return ("old", Delivery(format, proof, secret, "old", now - TimeSpan.FromDays(8)), "400 event-too-old");
    }

    /// <summary>A form whose event says when it was sent; reviews are followed over all their changes however old they are.</summary>
    private static bool HasItsTime(WebhookFormat format, Arrival arrival) => format.Read(arrival, Deliveries.Source(format.Name)).Events[0] is { ReviewId: null, OccurredAt: not null };

    /// <summary>The headers that show who sent it.</summary>
    private static IEnumerable<string> Shown(Arrival arrival) => arrival.Headers.Keys.Where(header => header != "Content-Type");

    private Arrival Delivery(WebhookFormat format, string proof, string secret, string id, DateTimeOffset now)
    {
        if (proof == "push-token") return Push(key, now);
        var sample = format.Sample(id, now);
        var body = Encoding.UTF8.GetBytes(sample.Body);
        var signed = proof == "standard" ? new StandardProof().Sign(body, secret, id, now) : format.Proof.Sign(body, secret, id, now)!;
        return Deliveries.Arrival(body, [("Content-Type", sample.ContentType), .. signed.Select(header => (header.Key, header.Value))]);
    }

    private static Arrival Push(RSA key, DateTimeOffset now) => Signed.Notice(key, Account, "accounts/1/locations/2/reviews/abc", now);

    private static Source Made(WebhookFormat format, DateTimeOffset now)
    {
        var (newest, older) = format.Proof is StandardProof or SignatureOrToken ? (Secret, OldSecret) : (Token, OldToken);
        var made = Deliveries.Source(format.Name, older) with { Push = format.Proof.HasSecrets ? null : Account };
        return format.Proof.HasSecrets ? made.WithSecret(new("newest", newest, now, null), now) : made with { Secrets = [] };
    }

    private async Task<TestApp> StartAsync(WebhookFormat format)
    {
        site.Keys = [Signed.Published(key)];
        var app = await TestApp.StartAsync(new()
        {
            Change = services => services.Replace(ServiceDescriptor.Singleton<IReviewReader>(site)).Replace(ServiceDescriptor.Singleton<IPublishedKeys>(site)),
        });
        await ChangeAsync(app, _ => Made(format, app.Now));
        return app;
    }

    private static async Task ChangeAsync(TestApp app, Func<Source, Source> change)
    {
        var changed = await app.Get<ChangeBusiness>().RunAsync("demo", before => BusinessChange.To(before with { Sources = [change(before.Sources.Count > 0 ? before.Sources[0] : Deliveries.Source("none"))] }));
        Assert.Null(changed.Refusal);
    }

    /// <summary>The status with the result or the reason.</summary>
    private static async Task<string> SendAsync(TestApp app, string source, Arrival arrival)
    {
        var content = new ByteArrayContent(arrival.Body.ToArray());
        foreach (var name in new[] { "Content-Type", "Content-Encoding" })
        {
            if (arrival.Header(name) is { } value) content.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await new Api(app.Client, null).SendAsync(
            HttpMethod.Post, "/hooks/demo/" + source, content, null, [.. arrival.Headers.Where(header => !header.Key.StartsWith("Content-", StringComparison.Ordinal)).Select(header => (header.Key, header.Value))]);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return $"{answer.Code} {(answer.Code == 200 ? answer.Json.GetProperty("received")[0].GetProperty("result") : answer.Json.GetProperty("reason"))}";
    }
}
