using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using FeedbackFlow.Adapters.Reviews;
using FeedbackFlow.ContractTests.AzureRest;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Reviews;

/// <summary>An issuer's published keys over HTTP: kept for an hour, looked up again for a key nobody knows, and used a while longer when the issuer is away.</summary>
public sealed class PublishedKeysTests : IAsyncLifetime
{
    private readonly DrivenClock clock = new(Shop.SundayMorning);
    private readonly ManualTimers timers;
    private FakeService service = null!;
    private HttpPublishedKeys keys = null!;
    private HttpClient http = null!;
    private Func<FakeAnswer> answer = () => throw new InvalidOperationException("Nothing was to be asked.");

    public PublishedKeysTests() => timers = new() { Clock = clock };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private int Asked => service.Requests.Count;

    public async ValueTask InitializeAsync()
    {
        service = await FakeService.StartAsync(_ => answer());
        http = new();
        keys = new(http, timers);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_read_once_an_hour_and_check_what_was_signed()
    {
        using var rsa = Signed.Key();
        answer = () => new(200, Jwks("k1", rsa));
        var account = new PushAccount("https://x.example", "p@x.example", "projects/p/subscriptions/s");
        var (proof, source) = (FormatTable.Find("google")!.Proof, Deliveries.Source("google") with { Push = account });
        for (var times = 0; times < 3; times++)
            Assert.Equal(SignatureResult.Genuine, proof.Check(Signed.Notice(rsa, account, "accounts/1/locations/2/reviews/r", clock.GetUtcNow()), source, new(clock.GetUtcNow(), await AskAsync())));
        Assert.Equal(1, Asked);
        clock.Advance(TimeSpan.FromHours(1));
        await AskAsync();
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task A_key_that_is_new_is_found_and_one_that_is_made_up_costs_a_look_a_minute()
    {
        answer = () => new(200, Jwks("k1"));
        await AskAsync();
        answer = () => new(200, Jwks("k1", "k2"));
        Assert.Equal(["k1"], Ids(await AskAsync("k2")));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["k1", "k2"], Ids(await AskAsync("k2")));
        for (var times = 0; times < 20; times++) await AskAsync("made-up");
        Assert.Equal(2, Asked);
        clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync("made-up");
        Assert.Equal(3, Asked);
    }

    [Fact]
    public async Task While_the_issuer_is_away_old_keys_serve_a_day_and_then_nobody_is_believed()
    {
        answer = () => new(200, Jwks("k1"));
        await AskAsync();
        answer = () => new(503, "");
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(["k1"], Ids(await AskAsync()));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await AskAsync());
        answer = () => new(200, Jwks("k2"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["k2"], Ids(await AskAsync()));
    }

    public static TheoryData<string, int, string> Troubles => new()
    {
        { "server error", 500, "" },
        { "throttled", 429, "" },
        { "moved", 302, "" },
        { "not JSON", 200, "<html>" },
        { "another object", 200, "{}" },
        { "a list", 200, "[]" },
        { "keys that are no list", 200, """{"keys":{"kty":"RSA"}}""" },
        { "keys that are no objects", 200, """{"keys":[1,null,"k"]}""" },
        { "no keys", 200, """{"keys":[]}""" },
        { "keys of another kind", 200, """{"keys":[{"kty":"EC","kid":"k1"},{"kty":"RSA","kid":"k2","n":"***","e":"AQAB"},{"kty":"RSA","kid":7,"n":"AQAB","e":"AQAB"}]}""" },
        { "empty", 200, "" },
        { "too much", 200, """{"keys":[],"x":""" + "\"" + new string('x', 300_000) + "\"}" },
        { "too much, with keys", 200, Jwks("k9")[..^1] + ",\"x\":\"" + new string('x', 300_000) + "\"}" },
    };

    /// <summary>Whatever the issuer answers, nobody is believed who was not before, and who was still is.</summary>
    [Theory, MemberData(nameof(Troubles))]
    public async Task What_is_no_answer_of_an_issuer_changes_nothing(string trouble, int status, string body)
    {
        Assert.NotEmpty(trouble);
        answer = () => new(status, body);
        Assert.Null(await AskAsync());
        answer = () => new(200, Jwks("k1"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["k1"], Ids(await AskAsync()));
        answer = () => new(status, body);
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["k1"], Ids(await AskAsync()));
    }

    [Fact]
    public async Task An_issuer_that_hangs_or_cuts_the_line_is_away()
    {
        answer = () =>
        {
            timers.Ring();
            return new(200, "", Hangs: true);
        };
        Assert.Null(await AskAsync());
        Assert.Equal([TimeSpan.FromSeconds(5)], timers.Waits);
        answer = () => new(200, "", Cut: true);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await AskAsync());
    }

    [Fact]
    public async Task Many_pushes_at_once_ask_the_issuer_once()
    {
        answer = () => new(200, Jwks("k1"));
        var all = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => AskAsync()));
        Assert.All(all, read => Assert.Equal(["k1"], Ids(read)));
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_leaves_the_others_their_keys()
    {
        using var gone = new CancellationTokenSource();
        answer = () => new(200, Jwks("k1"));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keys.KeysAsync(service.Address, null, gone.Token));
        Assert.Equal(["k1"], Ids(await AskAsync()));
    }

    private Task<IReadOnlyList<PublishedKey>?> AskAsync(string? unknown = null) => keys.KeysAsync(service.Address, unknown, Ct);

    private static IEnumerable<string>? Ids(IReadOnlyList<PublishedKey>? read) => read?.Select(key => key.Id);

    private static string Jwks(params string[] ids)
    {
        using var rsa = Signed.Key();
        return JsonSerializer.Serialize(new { keys = ids.Select(id => Jwk(id, rsa)) });
    }

    private static string Jwks(string id, RSA rsa) => JsonSerializer.Serialize(new { keys = new[] { Jwk(id, rsa) } });

    private static object Jwk(string id, RSA rsa)
    {
        var parameters = rsa.ExportParameters(false);
        return new { kty = "RSA", kid = id, alg = "RS256", use = "sig", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
    }
}
