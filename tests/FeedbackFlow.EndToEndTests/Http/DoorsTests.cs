using System.Net;
using System.Text.Json;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>Who is let in where, and what every answer carries.</summary>
public class DoorsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly HttpContent Nothing = new StringContent("");

    private static readonly (string Header, string Value)[] Between =
    [
        ("Forwarded", "for=1.2.3.4"), ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "localhost"), ("X-Forwarded-Proto", "http"),
        ("X-Real-IP", "127.0.0.1"), ("Host", "feedback.example.com"), ("Host", "localhost.example.com"), ("Host", "127.0.0.1.nip.io"), ("Host", "127.0.0.2"),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    public async Task The_demo_key_and_the_mailbox_refuse_whoever_stands_between(string proxies)
    {
        await using var app = await TestApp.StartAsync(new() { Args = ["--Proxies", proxies] });
        foreach (var between in Between)
        {
            var feedback = await Api.Of(app).SendAsync(HttpMethod.Post, "/api/feedback", new StringContent("{\"text\":\"x\"}", null, "application/json"), null, between);
            Assert.Equal((between, 401), (between, feedback.Code));
            Assert.Equal((between, 404), (between, (await Api.Of(app).SendAsync(HttpMethod.Get, "/mailbox", null, null, between)).Code));
        }

        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:80")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task On_this_machine_they_are_there(string host)
    {
        var app = shared.App;
        Assert.Equal(200, (await Api.Of(app).SendAsync(HttpMethod.Get, "/mailbox", null, null, ("Host", host))).Code);
        Assert.Equal(200, (await Api.Of(app).SendAsync(HttpMethod.Get, "/api/tasks", null, null, ("Host", host))).Code);
    }

    [Fact]
    public async Task In_Production_there_is_neither_even_on_a_store_that_has_the_demo_business()
    {
        await using var app = await TestApp.StartAsync(new() { Environment = "Production", PublicUrl = "https://feedback.example.com" });
        await DemoBusiness.EnsureAsync(app.Get<ILists>(), app.Get<ICommits>(), app.Clock, CancellationToken.None);
        Assert.Equal(401, (await Api.Of(app).FeedbackAsync(new { text = "x" })).Code);
        Assert.Equal(404, (await Api.Of(app).GetAsync("/mailbox")).Code);
        Assert.Equal(404, (await Api.Of(app).GetAsync("/mailbox/demo/0123456789abcdef0123456789abcdef")).Code);
    }

    [Fact]
    public void Production_without_a_public_address_does_not_start()
    {
        var wrong = Assert.Throws<WrongSettingException>(() => AppBuilder.Build(["--environment", "Production", "--data", "unused"], new DrivenClock(TestApp.Sunday)));
        Assert.Contains("PublicUrl", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_come_from_the_setting_and_never_from_the_request()
    {
        await using var app = await TestApp.StartAsync(new() { Environment = "Production", PublicUrl = "https://feedback.example.com/ff" });
        var key = await app.AddBusinessAsync("acme");
        var acme = new Api(app.Client, key);
        (string, string)[] evil = [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "ftp"), ("X-Original-Host", "evil.example"), ("Forwarded", "host=evil.example")];
        var job = await acme.SendAsync(HttpMethod.Post, "/api/jobs", new StringContent("""{"service":"x"}""", null, "application/json"), null, evil);
        Assert.StartsWith("https://feedback.example.com/ff/f/acme.", job.Json.GetProperty("link").GetString(), StringComparison.Ordinal);
        await acme.SendAsync(HttpMethod.Post, "/api/feedback", new StringContent(JsonSerializer.Serialize(new { text = Api.EnglishThreat, customer = new { email = "c@example.com" } }), null, "application/json"), null, evil);
        var letters = await app.LettersAsync();
        Assert.Equal(2, letters.Count);
        foreach (var letter in letters)
        {
            Assert.DoesNotContain("evil", letter.Raw + letter.Html + letter.Text, StringComparison.Ordinal);
            Assert.All(letter.Links.Where(link => link.Address.StartsWith("http", StringComparison.Ordinal) && !link.Address.Contains("wa.me", StringComparison.Ordinal)), link => Assert.StartsWith("https://feedback.example.com/ff/", link.Address, StringComparison.Ordinal));
        }

        foreach (var url in new[] { "/b/acme", "/manage/sign-in", "/status", "/openapi/v1.json" })
            Assert.DoesNotContain("evil", (await acme.SendAsync(HttpMethod.Get, url, null, null, evil)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_shows_no_business_numbers_to_strangers()
    {
        await using var app = await TestApp.StartAsync();
        await Api.Of(app).RiskAsync();
        await app.LettersSentAsync();
        async Task<JsonElement> StatusAsync(string? key) => (await new Api(app.Client, key).SendAsync(HttpMethod.Get, "/status", null, null, ("Accept", "application/json"))).Json;
        var stranger = await StatusAsync(null);
        Assert.Equal(JsonValueKind.Null, stranger.GetProperty("promises").ValueKind);
        Assert.Equal(JsonValueKind.Number, stranger.GetProperty("alertLatencyP95Ms").ValueKind);
        Assert.True(stranger.TryGetProperty("outboxOldestSeconds", out _));
        Assert.Equal(JsonValueKind.Null, (await StatusAsync("demo.00000000000000000000000000000000")).GetProperty("promises").ValueKind);
        var own = (await StatusAsync("demo")).GetProperty("promises");
        Assert.Equal((0, 0, 0), (own.GetProperty("kept").GetInt32(), own.GetProperty("late").GetInt32(), own.GetProperty("broken").GetInt32()));
        using var guest = app.NewGuest();
        var page = await guest.GetAsync("/status");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(FeedbackFlow.App.Words.For("he")["status.kept"], page.Words, StringComparison.Ordinal);
        using var manager = await app.SignInAsync("manager@demo.example");
        Assert.Contains(FeedbackFlow.App.Words.For("he")["status.kept"], (await manager.GetAsync("/status")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_that_nobody_was_told_are_counted_apart()
    {
        await using var app = await TestApp.StartAsync();
        var words = FeedbackFlow.App.Words.For("he");
        using var manager = await app.SignInAsync("manager@demo.example");
        Assert.DoesNotContain(words["targets.heading"], (await manager.GetAsync("/status")).Words, StringComparison.Ordinal);
        // No address and no page: nobody hears of the time.
        var said = await Api.Of(app).RiskAsync();
        var task = said.Json.GetProperty("recovery").GetProperty("taskId").GetString();
        Assert.Equal(HttpStatusCode.OK, (await Api.Of(app).PostAsync($"/api/tasks/{task}/outcome", """{"outcome":"saved","reason":"spoke"}""")).Status);

        var status = (await Api.Of(app).SendAsync(HttpMethod.Get, "/status", null, null, ("Accept", "application/json"))).Json;
        Assert.Equal(0, status.GetProperty("promises").GetProperty("kept").GetInt32());
        var targets = status.GetProperty("targets");
        Assert.Equal((1, 0, 0), (targets.GetProperty("met").GetInt32(), targets.GetProperty("late").GetInt32(), targets.GetProperty("missed").GetInt32()));
        foreach (var address in new[] { "/status", "/manage/promises" })
            Assert.Contains(words["targets.text"], (await manager.GetAsync(address)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_tells_whether_the_store_answers()
    {
        await using var app = await TestApp.StartAsync(new() { ExpectsErrors = true });
        Assert.Equal((200, "healthy"), await TellAsync());
        app.Rows.CannotRead = true;
        Assert.Equal(503, (await TellAsync()).Code);
        app.Rows.CannotRead = false;

        async Task<(int Code, string Text)> TellAsync()
        {
            var answer = await new Api(app.Client, null).GetAsync("/healthz");
            return (answer.Code, answer.Text);
        }
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/b")]
    [InlineData("/f/")]
    [InlineData("/../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/favicon.ico")]
    [InlineData("/a")]
    [InlineData("/.env")]
    [InlineData("//evil.example/x")]
    public async Task Unknown_paths_are_a_page_for_people(string url)
    {
        var app = shared.App;
        var answer = await app.Client.GetAsync(new Uri(app.Address + url[1..]));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/feedback", 405)]
    [InlineData("DELETE", "/api/tasks", 405)]
    [InlineData("PUT", "/api/tasks/x/claim", 405)]
    [InlineData("PATCH", "/api/jobs", 405)]
    [InlineData("GET", "/openapi/v2.json", 404)]
    [InlineData("POST", "/hooks/demo/nothing", 404)]
    public async Task Unknown_paths_and_methods_are_a_problem_for_machines(string method, string url, int status)
    {
        var app = shared.App;
        FeedbackApiTests.AssertProblem(await Api.Of(app).SendAsync(new(method), url, null), status);
    }

    [Fact]
    public async Task The_API_describes_itself()
    {
        var app = shared.App;
        var answer = await new Api(app.Client, null).GetAsync("/openapi/v1.json");
        Assert.Equal(200, answer.Code);
        Assert.StartsWith("3.", answer.Json.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = answer.Json.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name} {path.Name}")).Order(StringComparer.Ordinal);
        Assert.Equal(["get /api/tasks", "post /api/feedback", "post /api/jobs", "post /api/tasks/{id}/claim", "post /api/tasks/{id}/outcome", "post /api/tasks/{id}/reopen"], operations);
        var statuses = answer.Json.GetProperty("paths").GetProperty("/api/feedback").GetProperty("post").GetProperty("responses").EnumerateObject().Select(response => response.Name);
        Assert.Equal(["200", "201", "400", "401", "403", "404", "409", "413", "415", "429", "503"], statuses.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_answer_protects_itself()
    {
        await using var app = await TestApp.StartAsync();
        using var manager = await app.SignInAsync("manager@demo.example");
        await Api.Of(app).RiskAsync();
        foreach (var url in new[] { "/b/demo", "/b/nobody", "/manage", "/manage/sign-in", "/status", "/healthz", "/mailbox", "/nothing", "/api/tasks", "/openapi/v1.json" })
        {
            var headers = (await manager.GetAsync(url)).Response.Headers;
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
            var policy = headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("no-store", string.Join(",", headers.GetValues("Cache-Control")), StringComparison.Ordinal);
            Assert.False(headers.Contains("Server"));
            Assert.False(headers.Contains("X-Powered-By"));
        }
    }

    [Fact]
    public async Task The_trigger_endpoints_are_not_reachable_when_the_program_runs_alone()
    {
        var app = shared.App;
        foreach (var name in new[] { "nudge", "sweep", "Nudge", "Sweep", "FollowNudge", "RepairNudges" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Client.PostAsync("/" + name, Nothing)).StatusCode);
    }
}
