using System.Text;
using FeedbackFlow.Adapters.Reviews;
using FeedbackFlow.ContractTests.AzureRest;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Reviews;

/// <summary>Reading a review of the Business Profile with the owner's consent; a token is asked for once and used while it lasts.</summary>
public sealed class GoogleReviewsTests : IAsyncLifetime
{
    private const string Review = "accounts/1/locations/2/reviews/abc";
    private readonly DrivenClock clock = new(Shop.SundayMorning);
    private FakeService service = null!;
    private HttpClient http = null!;
    private GoogleReviews reviews = null!;
    private Func<SentRequest, FakeAnswer> tokens = request => new(200, $$"""{"access_token":"t-{{Form(request, "refresh_token")}}","expires_in":3600,"token_type":"Bearer"}""");
    private Func<SentRequest, FakeAnswer> api = _ => new(200, """{"name":"accounts/1/locations/2/reviews/abc","starRating":"ONE"}""");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private int TokensAsked => service.Requests.Count(request => request.Path == "/token");

    public async ValueTask InitializeAsync()
    {
        service = await FakeService.StartAsync(request => request.Path == "/token" ? tokens(request) : api(request));
        http = new();
        reviews = new(new GoogleAccess(http, new(new(service.Address, "token"), new(service.Address, "v4/")), clock));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_review_is_read_with_a_token_of_the_owners_consent()
    {
        var found = await FetchAsync();
        Assert.Equal(FetchKind.Found, found.Kind);
        Assert.Contains("\"ONE\"", Encoding.UTF8.GetString(found.Body.Span), StringComparison.Ordinal);
        var (asked, read) = (service.Requests.First(), service.Requests.Last());
        Assert.Equal(("POST", "grant_type=refresh_token&client_id=client&client_secret=hidden&refresh_token=refresh"), (asked.Method, asked.Body));
        Assert.Equal(("GET", "/v4/" + Review, "Bearer t-refresh"), (read.Method, read.Path, read.Header("Authorization")));
    }

    [Fact]
    public async Task A_token_is_used_until_shortly_before_its_end_and_asked_for_anew_when_it_is_not_taken()
    {
        await FetchAsync();
        clock.Advance(TimeSpan.FromMinutes(54));
        await FetchAsync();
        Assert.Equal(1, TokensAsked);
        clock.Advance(TimeSpan.FromMinutes(2));
        await FetchAsync();
        Assert.Equal(2, TokensAsked);
        api = _ => new(401, "{}");
        Assert.Equal(FetchKind.TryAgain, (await FetchAsync()).Kind);
        await FetchAsync();
        Assert.Equal(3, TokensAsked);
    }

    /// <summary>One program of ours may serve many owners through one client of Google's.</summary>
    [Fact]
    public async Task The_consent_of_one_owner_never_reads_for_another()
    {
        await FetchAsync();
        await FetchAsync(account => account with { RefreshToken = "of-another-owner" });
        Assert.Equal(["Bearer t-refresh", "Bearer t-of-another-owner"], service.Requests.Where(request => request.Method == "GET").Select(request => request.Header("Authorization")));
    }

    [Theory]
    [InlineData(404, FetchKind.Gone)]
    [InlineData(410, FetchKind.Gone)]
    [InlineData(403, FetchKind.Refused)]
    [InlineData(400, FetchKind.Refused)]
    [InlineData(401, FetchKind.TryAgain)]
    [InlineData(408, FetchKind.TryAgain)]
    [InlineData(429, FetchKind.TryAgain)]
    [InlineData(500, FetchKind.TryAgain)]
    [InlineData(503, FetchKind.TryAgain)]
    [InlineData(302, FetchKind.TryAgain)]
    public async Task What_the_platform_answers_is_gone_refused_or_tried_again(int status, FetchKind kind)
    {
        api = _ => new(status, """{"error":{"message":"of Dana"}}""");
        var fetched = await FetchAsync();
        Assert.Equal((kind, $"HTTP {status} from the platform."), (fetched.Kind, fetched.Problem));
    }

    [Theory]
    [InlineData(400, FetchKind.Refused)]
    [InlineData(401, FetchKind.Refused)]
    [InlineData(403, FetchKind.Refused)]
    [InlineData(429, FetchKind.TryAgain)]
    [InlineData(500, FetchKind.TryAgain)]
    public async Task A_consent_that_was_withdrawn_is_told_and_is_not_asked_for_again_and_again(int status, FetchKind kind)
    {
        tokens = _ => new(status, """{"error":"invalid_grant"}""");
        var fetched = await FetchAsync();
        Assert.Equal(kind, fetched.Kind);
        Assert.Contains($"HTTP {status}", fetched.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, request => request.Method == "GET");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"access_token":null,"expires_in":3600}""")]
    [InlineData("""{"access_token":"","expires_in":3600}""")]
    [InlineData("""{"access_token":"a\nb","expires_in":3600}""")]
    [InlineData("""{"access_token":7,"expires_in":3600}""")]
    [InlineData("""{"access_token":"t","expires_in":"soon"}""")]
    [InlineData("""{"access_token":"t","expires_in":1e99}""")]
    public async Task An_answer_that_holds_no_token_is_tried_again(string body)
    {
        tokens = _ => new(200, body);
        Assert.Equal(FetchKind.TryAgain, (await FetchAsync()).Kind);
        tokens = _ => new(200, """{"access_token":"t","expires_in":3600}""");
        Assert.Equal(FetchKind.Found, (await FetchAsync()).Kind);
    }

    [Fact]
    public async Task A_line_that_is_cut_or_an_answer_without_end_is_tried_again()
    {
        api = _ => new(200, "", Cut: true);
        Assert.Equal(FetchKind.TryAgain, (await FetchAsync()).Kind);
        api = _ => new(200, "{\"comment\":\"" + new string('x', 300_000) + "\"}");
        var fetched = await FetchAsync();
        Assert.Equal((FetchKind.Refused, "The platform's answer is too large to be a review."), (fetched.Kind, fetched.Problem));
        tokens = _ => new(200, "", Cut: true);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(FetchKind.TryAgain, (await FetchAsync()).Kind);
    }

    [Fact]
    public async Task Who_waits_no_longer_ends_the_call()
    {
        using var limit = new CancellationTokenSource();
        api = _ =>
        {
            limit.Cancel();
            return new(200, "", Hangs: true);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reviews.FetchAsync(SourceOf(Account), Review, limit.Token));
    }

    [Theory]
    [InlineData("accounts/1/locations/2/reviews/../../../x")]
    [InlineData("accounts/1/locations/2/reviews/")]
    [InlineData("https://evil.example/accounts/1/locations/2/reviews/r")]
    [InlineData("accounts/1/locations/2/reviews/r?x=1")]
    public async Task A_name_that_is_no_reviews_reaches_no_address(string name)
    {
        Assert.Equal(FetchKind.Refused, (await reviews.FetchAsync(SourceOf(Account), name, Ct)).Kind);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Without_consent_nothing_is_asked()
    {
        Assert.Equal(FetchKind.Refused, (await FetchAsync(account => account with { RefreshToken = null })).Kind);
        Assert.Equal(FetchKind.Refused, (await reviews.FetchAsync(Deliveries.Source("google"), Review, Ct)).Kind);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_reply_is_put_under_its_review()
    {
        Assert.Equal(DeliveryKind.Sent, (await reviews.ReplyAsync(SourceOf(Account), Review, "תודה, נשמח לדבר", Ct)).Kind);
        var sent = service.Requests.Last();
        Assert.Equal(("PUT", $"/v4/{Review}/reply", "Bearer t-refresh", "application/json; charset=utf-8"), (sent.Method, sent.Path, sent.Header("Authorization"), sent.Header("Content-Type")));
        Assert.Equal("תודה, נשמח לדבר", System.Text.Json.JsonDocument.Parse(sent.Body).RootElement.GetProperty("comment").GetString());
        Assert.Equal(["comment"], System.Text.Json.JsonDocument.Parse(sent.Body).RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData(404, DeliveryKind.Refused)]
    [InlineData(403, DeliveryKind.Refused)]
    [InlineData(400, DeliveryKind.Refused)]
    [InlineData(401, DeliveryKind.TryAgain)]
    [InlineData(429, DeliveryKind.TryAgain)]
    [InlineData(503, DeliveryKind.TryAgain)]
    public async Task A_reply_that_is_not_taken_is_tried_again_or_left_to_a_person(int status, DeliveryKind kind)
    {
        api = _ => FakeAnswer.RetryAfter(status, 90);
        var delivery = await reviews.ReplyAsync(SourceOf(Account), Review, "x", Ct);
        Assert.Equal(kind, delivery.Kind);
        Assert.NotNull(delivery.Problem);
        Assert.Equal(kind == DeliveryKind.TryAgain ? clock.GetUtcNow().AddSeconds(90) : null, delivery.NotBefore);
    }

    [Fact]
    public async Task A_reply_whose_answer_was_cut_off_is_tried_again_and_without_access_nothing_is_sent()
    {
        api = _ => new(200, "", Cut: true);
        Assert.Equal(DeliveryKind.TryAgain, (await reviews.ReplyAsync(SourceOf(Account), Review, "x", Ct)).Kind);
        var asked = service.Requests.Count;
        Assert.Equal(DeliveryKind.Refused, (await reviews.ReplyAsync(SourceOf(Account with { ClientSecret = null }), Review, "x", Ct)).Kind);
        Assert.Equal(DeliveryKind.Refused, (await reviews.ReplyAsync(SourceOf(Account), "accounts/1", "x", Ct)).Kind);
        Assert.Equal(asked, service.Requests.Count);
        Assert.False(reviews.CanReply(SourceOf(Account) with { Format = "trustpilot" }, Review));
    }

    private static PushAccount Account { get; } = new("a", "p@x.example", "projects/p/subscriptions/s", "client", "hidden", "refresh");

    private Task<FetchedReview> FetchAsync(Func<PushAccount, PushAccount>? change = null) => reviews.FetchAsync(SourceOf(change?.Invoke(Account) ?? Account), Review, Ct);

    private static Source SourceOf(PushAccount account) => Deliveries.Source("google") with { Push = account };

    private static string? Form(SentRequest request, string field) => System.Web.HttpUtility.ParseQueryString(request.Body)[field];
}
