using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Channels.Ways;
using FeedbackFlow.Adapters.Events;
using FeedbackFlow.ContractTests.AzureRest;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

/// <summary>The real adapters against services on loopback that answer as the vendors document, refuse, hang, cut the line and point elsewhere.</summary>
public class WayAnswersTests
{
    private const string Account = "AC00000000000000000000000000000000";
    private const string Secret = "the-secret";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly Way Sms = new(WayKind.Sms, "+972541112233");
    private static readonly Way WhatsApp = new(WayKind.WhatsApp, "+972541112233");
    private readonly DrivenClock clock = new(Now);
    private readonly Budget budget = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WayKind.Teams, 202, "", DeliveryKind.Sent, null)]
    [InlineData(WayKind.Teams, 400, """{"error":{"code":"InvalidRequestContent"}}""", DeliveryKind.Refused, WayFailure.NotUnderstood)]
    [InlineData(WayKind.Teams, 401, """{"error":{"code":"DirectApiAuthorizationRequired"}}""", DeliveryKind.Refused, WayFailure.NotAllowed)]
    [InlineData(WayKind.Teams, 404, """{"error":{"code":"WorkflowNotFound"}}""", DeliveryKind.Refused, WayFailure.Gone)]
    [InlineData(WayKind.Teams, 502, "", DeliveryKind.TryAgain, WayFailure.Down)]
    [InlineData(WayKind.Slack, 200, "ok", DeliveryKind.Sent, null)]
    [InlineData(WayKind.Slack, 400, "invalid_payload", DeliveryKind.Refused, WayFailure.NotUnderstood)]
    [InlineData(WayKind.Slack, 404, "no_service", DeliveryKind.Refused, WayFailure.Gone)]
    [InlineData(WayKind.Slack, 403, "action_prohibited", DeliveryKind.Refused, WayFailure.NotAllowed)]
    [InlineData(WayKind.Slack, 410, "channel_is_archived", DeliveryKind.Refused, WayFailure.Gone)]
    [InlineData(WayKind.Slack, 500, "rollup_error", DeliveryKind.TryAgain, WayFailure.Down)]
    [InlineData(WayKind.Slack, 302, "", DeliveryKind.Refused, WayFailure.Moved)]
    [InlineData(WayKind.Ntfy, 200, """{"id":"x"}""", DeliveryKind.Sent, null)]
    [InlineData(WayKind.Ntfy, 403, """{"code":40301,"http":403,"error":"forbidden"}""", DeliveryKind.Refused, WayFailure.NotAllowed)]
    [InlineData(WayKind.Ntfy, 413, """{"code":41301,"http":413}""", DeliveryKind.Refused, WayFailure.NotUnderstood)]
    [InlineData(WayKind.Ntfy, 507, "", DeliveryKind.TryAgain, WayFailure.Down)]
    public async Task A_webhooks_answer_is_understood(WayKind kind, int status, string body, DeliveryKind delivered, WayFailure? because)
    {
        await using var service = await FakeService.StartAsync(_ => new(status, body, status == 302 ? new Dictionary<string, string> { ["Location"] = "http://169.254.169.254/" } : null));
        using var http = new HttpEventPost(_ => true, clock);
        var delivery = await Ways(http, service).SendAsync(new(kind, service.Address + "topic"), Briefs.Letter(), begun: false, Ct);
        Assert.Equal((delivered, because), (delivery.Kind, delivery.Because));
        var request = Assert.Single(service.Requests);
        Assert.Equal(("POST", kind == WayKind.Ntfy ? "/" : "/topic", "application/json; charset=utf-8"), (request.Method, request.PathAndQuery, request.Headers["Content-Type"]));
        Assert.NotNull(JsonNode.Parse(request.Body));
    }

    [Theory]
    [InlineData(WayKind.Teams)]
    [InlineData(WayKind.Slack)]
    [InlineData(WayKind.Ntfy)]
    public async Task One_that_asks_for_patience_says_until_when(WayKind kind)
    {
        await using var service = await FakeService.StartAsync(_ => FakeAnswer.RetryAfter(429, 30));
        using var http = new HttpEventPost(_ => true, clock);
        var delivery = await Ways(http, service).SendAsync(new(kind, service.Address + "topic"), Briefs.Letter(), begun: false, Ct);
        Assert.Equal((DeliveryKind.TryAgain, WayFailure.Busy, Now.AddSeconds(30), true), (delivery.Kind, delivery.Because, delivery.NotBefore, delivery.NotTaken));
    }

    [Theory]
    [InlineData(WayKind.Slack)]
    [InlineData(WayKind.Sms)]
    public async Task A_line_that_is_cut_may_have_carried_it_and_one_that_never_stood_has_not(WayKind kind)
    {
        await using var service = await FakeService.StartAsync(_ => new(200, "", Cut: true));
        using var http = new HttpEventPost(_ => true, clock);
        var way = kind == WayKind.Sms ? Sms : new Way(kind, service.Address + "topic");
        var cut = await Ways(http, service).SendAsync(way, Briefs.Letter(), begun: false, Ct);
        Assert.Equal((DeliveryKind.TryAgain, WayFailure.NoAnswer, false), (cut.Kind, cut.Because, cut.NotTaken));

        var nobody = new Uri("http://127.0.0.1:1/");
        var away = await Ways(http, nobody).SendAsync(kind == WayKind.Sms ? Sms : new Way(kind, nobody + "topic"), Briefs.Letter(), begun: false, Ct);
        Assert.Equal((DeliveryKind.TryAgain, WayFailure.NoAnswer, true), (away.Kind, away.Because, away.NotTaken));
    }

    [Theory]
    [InlineData(WayKind.Teams)]
    [InlineData(WayKind.Sms)]
    public async Task One_that_hangs_is_given_up_when_the_lease_ends(WayKind kind)
    {
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var service = await FakeService.StartAsync(_ =>
        {
            lease.Cancel();
            return new(200, "", Hangs: true);
        });
        using var http = new HttpEventPost(_ => true, clock);
        var way = kind == WayKind.Sms ? Sms : new Way(kind, service.Address + "topic");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ways(http, service).SendAsync(way, Briefs.Letter(), begun: false, lease.Token));
    }

    [Theory]
    [InlineData(WayKind.Teams, "http://127.0.0.1:9/x")]
    [InlineData(WayKind.Slack, "https://localhost:9/x")]
    [InlineData(WayKind.Ntfy, "https://[::1]:9/topic")]
    [InlineData(WayKind.Slack, "https://169.254.169.254/x")]
    public async Task Nothing_inside_is_reached(WayKind kind, string address)
    {
        using var http = new HttpEventPost(PublicAddresses.Holds, clock);
        var delivery = await Ways(http, new Uri("https://api.example")).SendAsync(new(kind, address), Briefs.Letter(), begun: false, Ct);
        Assert.Equal((DeliveryKind.Refused, WayFailure.Private), (delivery.Kind, delivery.Because));
    }

    [Fact]
    public async Task No_answer_is_repeated_nor_any_address()
    {
        await using var service = await FakeService.StartAsync(_ => new(400, "the words of the customer, and a token"));
        using var http = new HttpEventPost(_ => true, clock);
        var delivery = await Ways(http, service).SendAsync(new(WayKind.Slack, service.Address + "T0/B0/secret"), Briefs.Letter(), begun: false, Ct);
        Assert.Equal("Slack: HTTP 400", delivery.Problem);
    }

    [Fact]
    public async Task An_sms_is_a_form_with_basic_authentication()
    {
        await using var service = await FakeService.StartAsync(_ => Taken);
        using var http = new HttpEventPost(_ => true, clock);
        Assert.Equal(Delivery.Sent, await Ways(http, service).SendAsync(Sms, Briefs.Letter(), begun: false, Ct));
        var request = Assert.Single(service.Requests);
        Assert.Equal(("POST", $"/2010-04-01/Accounts/{Account}/Messages.json"), (request.Method, request.PathAndQuery));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"SK1:{Secret}")), request.Headers["Authorization"]);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        var form = Form(request);
        Assert.Equal(["Body", "From", "To"], form.Keys.Order());
        Assert.Equal(("+972541112233", "+14155550100", SmsText.Of(Briefs.Of().Title, Briefs.Claim)), (form["To"], form["From"], form["Body"]));
    }

    [Fact]
    public async Task A_messaging_service_and_a_whatsapp_template_have_fields_of_their_own()
    {
        await using var service = await FakeService.StartAsync(_ => Taken);
        using var http = new HttpEventPost(_ => true, clock);
        var settings = Settings(service.Address);
        await Ways(http, settings with { From = "MG00000000000000000000000000000000" }).SendAsync(Sms, Briefs.Letter(), begun: false, Ct);
        Assert.Equal("MG00000000000000000000000000000000", Form(service.Requests.First())["MessagingServiceSid"]);

        await Ways(http, settings).SendAsync(WhatsApp, Briefs.Letter(Briefs.Of("Dana", "one\nline", "two")), begun: false, Ct);
        var form = Form(service.Requests.Last());
        Assert.Equal(("whatsapp:+972541112233", "whatsapp:+14155550101", "HX1"), (form["To"], form["From"], form["ContentSid"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(form["ContentVariables"]), new JsonObject
        {
            ["1"] = "\u2068Dana\u2069: איום לעזוב · להתקשר עד 13:45", ["2"] = "one line · two", ["3"] = Briefs.Claim.ToString(),
        }));
    }

    [Theory]
    [InlineData(400, 21211, DeliveryKind.Refused, WayFailure.BadNumber)]
    [InlineData(400, 21610, DeliveryKind.Refused, WayFailure.OptedOut)]
    [InlineData(401, 20003, DeliveryKind.Refused, WayFailure.NotAllowed)]
    [InlineData(403, 21408, DeliveryKind.Refused, WayFailure.NotAllowed)]
    [InlineData(400, 99999, DeliveryKind.Refused, WayFailure.NotUnderstood)]
    [InlineData(404, 20404, DeliveryKind.Refused, WayFailure.Gone)]
    [InlineData(503, 20503, DeliveryKind.TryAgain, WayFailure.Down)]
    public async Task Error_codes_of_the_provider_are_understood(int status, int code, DeliveryKind delivered, WayFailure because)
    {
        await using var service = await FakeService.StartAsync(_ => new(status, $$"""{"code":{{code}},"message":"The number +972541112233 is not valid","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}"""));
        using var http = new HttpEventPost(_ => true, clock);
        var delivery = await Ways(http, service).SendAsync(Sms, Briefs.Letter(), begun: false, Ct);
        Assert.Equal((delivered, because, $"Sms: HTTP {status}, error {code}"), (delivery.Kind, delivery.Because, delivery.Problem));
    }

    [Fact]
    public async Task Over_its_limit_the_provider_is_left_alone_by_everybody()
    {
        await using var service = await FakeService.StartAsync(_ => new(429, """{"code":20429}""", new Dictionary<string, string> { ["Retry-After"] = "60" }));
        using var http = new HttpEventPost(_ => true, clock);
        var delivery = await Ways(http, service).SendAsync(Sms, Briefs.Letter(), begun: false, Ct);
        Assert.Equal((WayFailure.Busy, Now.AddSeconds(60), Now.AddSeconds(60)), (delivery.Because, delivery.NotBefore, budget.ClosedUntil));

        budget.Left = 0;
        var spent = await Ways(http, service).SendAsync(Sms, Briefs.Letter(), begun: false, Ct);
        Assert.Equal((DeliveryKind.TryAgain, WayFailure.Busy, true), (spent.Kind, spent.Because, spent.NotTaken));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task An_attempt_whose_end_is_not_known_is_looked_up_before_another_message(bool hasIt, int requests)
    {
        var body = hasIt ? "Sent from a trial account - " + SmsText.Of(Briefs.Of().Title, Briefs.Claim) : "another message";
        await using var service = await FakeService.StartAsync(request => request.Method == "GET" ? new(200, new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["sid"] = "SM1", ["body"] = body }) }.ToJsonString()) : Taken);
        using var http = new HttpEventPost(_ => true, clock);
        Assert.Equal(Delivery.Sent, await Ways(http, service).SendAsync(Sms, Briefs.Letter(), begun: true, Ct));
        Assert.Equal(requests, service.Requests.Count);
        Assert.Equal($"/2010-04-01/Accounts/{Account}/Messages.json?To=%2B972541112233&PageSize=50", service.Requests.First().PathAndQuery);
    }

    /// <summary>Every summary and every trial opens the board, and the words are often the same.</summary>
    [Theory]
    [InlineData(WayKind.Sms, LetterKind.Summary)]
    [InlineData(WayKind.Sms, LetterKind.Trial)]
    [InlineData(WayKind.WhatsApp, LetterKind.Summary)]
    public async Task Another_letter_to_the_board_is_not_taken_for_this_one(WayKind by, LetterKind kind)
    {
        var (earlier, now) = (Board(1), Board(2));
        await using var service = await FakeService.StartAsync(request => request.Method == "GET" ? new(200, new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["body"] = SmsText.Of(earlier.Title, earlier.Links[0].Address) }) }.ToJsonString()) : Taken);
        using var http = new HttpEventPost(_ => true, clock);
        var way = by == WayKind.Sms ? Sms : WhatsApp;
        Assert.Equal(Delivery.Sent, await Ways(http, service).SendAsync(way, Briefs.Letter(now, kind), begun: true, Ct));
        Assert.Equal(["GET", "POST"], service.Requests.Select(request => request.Method));
        // Its own is known again.
        Assert.Equal(Delivery.Sent, await Ways(http, service).SendAsync(way, Briefs.Letter(earlier, kind), begun: true, Ct));
        Assert.Equal(["GET", "POST", "GET"], service.Requests.Select(request => request.Method));

        static Brief Board(int letter) => new("6 פניות מחכות", ["דנה", "נועה"], [new("ללוח", new SiteAddresses(new("https://feedback.example.com/")).BoardFrom(A.Id<LetterId>(letter)))]);
    }

    [Fact]
    public async Task When_the_look_up_fails_nothing_is_sent()
    {
        await using var service = await FakeService.StartAsync(request => request.Method == "GET" ? new(200, "{}") : Taken);
        using var http = new HttpEventPost(_ => true, clock);
        Assert.Equal(DeliveryKind.TryAgain, (await Ways(http, service).SendAsync(Sms, Briefs.Letter(), begun: true, Ct)).Kind);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Without_an_account_a_number_that_is_still_there_refuses()
    {
        using var http = new HttpEventPost(_ => true, clock);
        var ways = new PostedWays(http, new NoTextMessages());
        Assert.False(ways.Has(WayKind.Sms));
        Assert.Equal(WayFailure.NoAccount, (await ways.SendAsync(Sms, Briefs.Letter(), begun: false, Ct)).Because);
    }

    private static FakeAnswer Taken => new((int)HttpStatusCode.Created, """{"sid":"SM00000000000000000000000000000000","status":"queued","error_code":null}""");

    private PostedWays Ways(HttpEventPost http, FakeService service) => Ways(http, service.Address);

    private PostedWays Ways(HttpEventPost http, Uri provider) => Ways(http, Settings(provider));

    private PostedWays Ways(HttpEventPost http, TextSettings settings) => new(http, new TwilioMessages(settings, http, budget));

    private static TextSettings Settings(Uri provider) => new(provider, Account, "SK1", Secret, "+14155550100", "+14155550101", "HX1", new(30, 200));

    private static Dictionary<string, string> Form(SentRequest request) => request.Body.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));

    private sealed class Budget : ISendingBudget
    {
        public int Left { get; set; } = 100;

        public DateTimeOffset ClosedUntil { get; private set; }

        public Task<BudgetGrant> TakeAsync(LetterKind kind, CancellationToken ct) => Task.FromResult(new BudgetGrant(Left-- > 0 ? null : Now.AddMinutes(1), SendingBudget.Full));

        public Task CloseAsync(DateTimeOffset until, CancellationToken ct)
        {
            ClosedUntil = until;
            return Task.CompletedTask;
        }
    }
}
