using System.Net;
using System.Text.Json;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary><c>POST /api/feedback</c> as other systems rely on it.</summary>
public class FeedbackApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_threat_is_read_with_its_evidence_and_gets_a_promise()
    {
        await using var app = await TestApp.StartAsync();
        var answer = await Api.Of(app).FeedbackAsync(new
        {
            business = "demo", channel = "form", rating = new { scale = "stars", value = 1 }, text = Api.Threat,
            customer = new { name = "דנה לוי", email = "dana@example.com", phone = "054-123-4567" }, jobId = (string?)null,
        });
        Assert.Equal(201, answer.Code);
        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["feedbackId", "reading", "recovery"], Names(answer.Json));
        var reading = answer.Json.GetProperty("reading");
        Assert.Equal(["language", "sentiment", "confidence", "signals", "findings", "analysedBy"], Names(reading));
        Assert.Equal("he", reading.GetProperty("language").GetString());
        Assert.Equal("negative", reading.GetProperty("sentiment").GetString());
        Assert.Equal(["positive", "neutral", "negative"], Names(reading.GetProperty("confidence")));
        Assert.StartsWith("local/", reading.GetProperty("analysedBy").GetString(), StringComparison.Ordinal);
        var publish = Assert.Single(reading.GetProperty("signals").EnumerateArray(), signal => signal.GetProperty("kind").GetString() == "publish");
        Assert.Equal("threat", publish.GetProperty("strength").GetString());
        foreach (var signal in reading.GetProperty("signals").EnumerateArray())
        {
            Assert.InRange(signal.GetProperty("confidence").GetDouble(), 0.35, 1);
            Assert.NotEmpty(signal.GetProperty("evidence").EnumerateArray());
            foreach (var evidence in signal.GetProperty("evidence").EnumerateArray())
                Assert.Equal(Api.Threat.Substring(evidence.GetProperty("start").GetInt32(), evidence.GetProperty("length").GetInt32()), evidence.GetProperty("text").GetString());
        }

        var recovery = answer.Json.GetProperty("recovery");
        Assert.Equal(["taskId", "owner", "promisedBy"], Names(recovery));
        Assert.Equal("יוסי כהן", recovery.GetProperty("owner").GetString());
        Assert.Equal("2032-11-07T11:00:00+02:00", recovery.GetProperty("promisedBy").GetString());
        Assert.Contains("אספר לכל", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u05", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_counts_utf16_units_of_the_original_text()
    {
        await using var app = await TestApp.StartAsync();
        var text = "  😡😡\r\n\t" + Api.Threat + " 👩‍👩‍👧";
        var answer = await Api.Of(app).FeedbackAsync(new { text });
        var evidence = answer.Json.GetProperty("reading").GetProperty("signals").EnumerateArray().SelectMany(signal => signal.GetProperty("evidence").EnumerateArray()).ToList();
        Assert.NotEmpty(evidence);
        Assert.All(evidence, range => Assert.Equal(text.Substring(range.GetProperty("start").GetInt32(), range.GetProperty("length").GetInt32()), range.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Praise_opens_no_task()
    {
        await using var app = await TestApp.StartAsync();
        var answer = await Api.Of(app).FeedbackAsync(new { rating = new { scale = "nps", value = 10 }, text = "שירות מעולה, תודה רבה! אספר לכולם כמה אתם טובים." });
        Assert.Equal(201, answer.Code);
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("recovery").ValueKind);
        Assert.Empty(await app.LettersAsync());
    }

    [Theory]
    [InlineData("""{"text":"שלום"}""")]
    [InlineData("""{"rating":{"scale":"nps","value":0}}""")]
    [InlineData("""{"rating":{"scale":"csat","value":5},"business":null,"channel":null,"text":null,"customer":null,"jobId":null}""")]
    [InlineData("""{"rating":{"scale":"stars","value":3},"customer":{"name":null,"email":null,"phone":null},"channel":"review"}""")]
    [InlineData("""{"text":"x","unknown":{"deep":[1,2,{"a":null}]},"Text":5}""")]
    [InlineData("""{"text":"first","text":"second"}""")]
    [InlineData("""{"text":"a\u0000b\u001f"}""")]
    [InlineData("""{"callMe":true,"customer":{"phone":"+972 54 123 4567"}}""")]
    public async Task What_can_be_used_is_taken(string body)
    {
        var app = shared.App;
        var before = await app.CountRowsAsync("demo", "feedback-");
        var answer = await Api.Of(app).PostAsync("/api/feedback", body);
        Assert.Equal(201, answer.Code);
        Assert.Equal(before + 1, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Theory]
    [InlineData("""{}""", "text")]
    [InlineData("""{"text":""}""", "text")]
    [InlineData("""{"text":" \n\t "}""", "text")]
    [InlineData("""{"text":5}""", "text")]
    [InlineData("""{"text":["x"]}""", "text")]
    [InlineData("""{"text":{"a":1}}""", "text")]
    [InlineData("""{"text":true}""", "text")]
    [InlineData("""{"text":"x","channel":"fax"}""", "channel")]
    [InlineData("""{"text":"x","channel":"Form"}""", "channel")]
    [InlineData("""{"text":"x","channel":""}""", "channel")]
    [InlineData("""{"text":"x","channel":1}""", "channel")]
    [InlineData("""{"text":"x","business":1}""", "business")]
    [InlineData("""{"text":"x","rating":5}""", "rating")]
    [InlineData("""{"text":"x","rating":[]}""", "rating")]
    [InlineData("""{"text":"x","rating":"5"}""", "rating")]
    [InlineData("""{"rating":{"scale":"stars"}}""", "rating.value")]
    [InlineData("""{"rating":{"value":3}}""", "rating.scale")]
    [InlineData("""{"rating":{"scale":"percent","value":3}}""", "rating.scale")]
    [InlineData("""{"text":"x","rating":{"scale":5,"value":3}}""", "rating.scale")]
    [InlineData("""{"rating":{"scale":"stars","value":0}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"stars","value":6}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"csat","value":-1}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"nps","value":11}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"nps","value":"10"}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"nps","value":7.5}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"nps","value":1e400}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"nps","value":99999999999999999999}}""", "rating.value")]
    [InlineData("""{"rating":{"scale":"nps","value":true}}""", "rating.value")]
    [InlineData("""{"text":"x","callMe":"yes"}""", "callMe")]
    [InlineData("""{"text":"x","callMe":1}""", "callMe")]
    [InlineData("""{"text":"x","customer":"Dana"}""", "customer")]
    [InlineData("""{"text":"x","customer":[]}""", "customer")]
    [InlineData("""{"text":"x","customer":{"name":7}}""", "customer.name")]
    [InlineData("""{"text":"x","customer":{"email":"nobody"}}""", "customer.email")]
    [InlineData("""{"text":"x","customer":{"email":"a@b.com, c@d.com"}}""", "customer.email")]
    [InlineData("""{"text":"x","customer":{"email":"a@b.com\r\nBcc: c@d.com"}}""", "customer.email")]
    [InlineData("""{"text":"x","customer":{"email":{}}}""", "customer.email")]
    [InlineData("""{"text":"x","customer":{"phone":"12"}}""", "customer.phone")]
    [InlineData("""{"text":"x","customer":{"phone":541234567}}""", "customer.phone")]
    [InlineData("""{"text":"x","jobId":"../../etc"}""", "jobId")]
    [InlineData("""{"text":"x","jobId":17}""", "jobId")]
    [InlineData("""{"text":"\ud800"}""", "text")]
    [InlineData("""{"text":"x","customer":{"name":"\udc00"}}""", "customer.name")]
    public async Task A_wrong_field_is_named_and_nothing_is_stored(string body, string field)
    {
        var app = shared.App;
        var before = await app.CountRowsAsync("demo", "feedback-");
        var answer = await Api.Of(app).PostAsync("/api/feedback", body);
        AssertProblem(answer, 400);
        Assert.Equal([field], answer.Fields);
        Assert.Equal(before, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        await using var app = await TestApp.StartAsync();
        var answer = await Api.Of(app).PostAsync(
            "/api/feedback", """{"channel":"fax","rating":{"scale":"stars","value":"5"},"text":7,"customer":{"name":[],"email":"x","phone":"1"},"jobId":"?"}""");
        AssertProblem(answer, 400);
        Assert.Equal(["channel", "customer.email", "customer.name", "customer.phone", "jobId", "rating.value", "text"], answer.Fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[]")]
    [InlineData("""[{"text":"x"}]""")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("""{"text":"x"}}""")]
    [InlineData("""{"text":"x"} {"text":"y"}""")]
    [InlineData("""{"text":"x",}""")]
    [InlineData("""{'text':'x'}""")]
    [InlineData("""{"text":"x" /* why */}""")]
    [InlineData("{\"text\":\"line\nbreak\"}")]
    [InlineData("""{"text":NaN}""")]
    public async Task What_is_not_one_JSON_object_is_refused(string body)
    {
        var app = shared.App;
        var answer = await Api.Of(app).PostAsync("/api/feedback", body);
        AssertProblem(answer, 400);
        Assert.Equal(["body"], answer.Fields);
    }

    [Fact]
    public async Task A_name_with_half_a_surrogate_pair_is_no_harm()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var name in new[] { @"\ud800", @"te\udc00", @"\u0074\ud800xt" })
        {
            var answer = await Api.Of(app).PostAsync("/api/feedback", $$"""{"{{name}}":1,"text":"x"}""");
            Assert.True(answer.Code is 201 or 400, $"{name}: {answer.Code}");
        }
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var depth in new[] { 17, 65, 5_000 })
            AssertProblem(await Api.Of(app).PostAsync("/api/feedback", $$"""{"text":"x","a":{{new string('[', depth)}}{{new string(']', depth)}}}"""), 400);
    }

    [Fact]
    public async Task A_byte_order_mark_and_broken_utf8_get_a_clear_answer()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var marked = await api.PostAsync("/api/feedback", [0xEF, 0xBB, 0xBF, .. "{\"text\":\"x\"}"u8]);
        Assert.True(marked.Code is 201 or 400, $"{marked.Code}");
        AssertProblem(await api.PostAsync("/api/feedback", [.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8]), 400);
        AssertProblem(await api.PostAsync("/api/feedback", [.. "{\"text\":\""u8, 0xFF, 0xFE, .. "\"}"u8]), 400);
        AssertProblem(await api.PostAsync("/api/feedback", [.. "{\""u8, 0xFF, .. "\":1,\"rating\":5}"u8]), 400);
        AssertProblem(await api.PostAsync("/api/feedback", System.Text.Encoding.Unicode.GetBytes("{\"text\":\"x\"}"), "application/json; charset=utf-16"), 400, 415);
        Assert.InRange(await app.CountRowsAsync("demo", "feedback-"), 0, 1);
    }

    [Fact]
    public async Task A_text_of_ten_thousand_characters_is_taken_and_one_more_is_too_long()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        Assert.Equal(201, (await api.FeedbackAsync(new { text = new string('א', 10_000) })).Code);
        Assert.Equal(201, (await api.PostAsync("/api/feedback", $$"""{"text":"{{string.Concat(Enumerable.Repeat(@"\u05d0", 10_000))}}"}""")).Code);
        var answer = await api.FeedbackAsync(new { text = new string('א', 10_001) });
        AssertProblem(answer, 413);
        Assert.Equal(["text"], answer.Fields);
        AssertProblem(await api.FeedbackAsync(new { text = new string('א', 600_000) }), 413);
        // A client that is still sending hears the answer, too.
        for (var i = 0; i < 20; i++) AssertProblem(await api.FeedbackAsync(new { text = "x", other = new string('א', 1_000_000) }), 413);
        Assert.Equal(2, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task A_body_in_chunks_is_read_and_its_size_is_still_limited()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        Assert.Equal(201, (await api.SendAsync(HttpMethod.Post, "/api/feedback", new Chunked("""{"text":"שלום"}""", 3))).Code);
        AssertProblem(await api.SendAsync(HttpMethod.Post, "/api/feedback", new Chunked($$"""{"text":"{{new string('x', 5_000_000)}}"}""", 60_000)), 413);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    [InlineData("json")]
    [InlineData("")]
    public async Task Another_content_type_is_415(string contentType)
    {
        var app = shared.App;
        AssertProblem(await Api.Of(app).PostAsync("/api/feedback", "{\"text\":\"x\"}"u8.ToArray(), contentType), 415);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("demo.00000000000000000000000000000000")]
    [InlineData("nobody.00000000000000000000000000000000")]
    [InlineData("../demo.00000000000000000000000000000000")]
    [InlineData("_businesses.00000000000000000000000000000000")]
    [InlineData("demo.")]
    [InlineData("DEMO")]
    [InlineData("demo demo")]
    public async Task Without_a_known_key_the_door_stays_shut(string? key)
    {
        var app = shared.App;
        foreach (var (method, url) in new[] { ("POST", "/api/feedback"), ("GET", "/api/tasks"), ("POST", "/api/jobs"), ("POST", "/api/tasks/x/claim"), ("POST", "/api/tasks/x/outcome"), ("POST", "/api/tasks/x/reopen") })
        {
            var answer = await new Api(app.Client, key).SendAsync(new(method), url, method == "POST" ? new StringContent("{\"text\":\"x\"}", null, "application/json") : null);
            AssertProblem(answer, 401);
            Assert.Equal("Bearer", answer.Response.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task Basic_authorization_with_the_key_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var answer = await new Api(app.Client, null).SendAsync(HttpMethod.Post, "/api/feedback", new StringContent("{\"text\":\"x\"}", null, "application/json"), null, ("Authorization", "Basic demo"));
        AssertProblem(answer, 401);
    }

    [Fact]
    public async Task A_key_works_for_its_own_business_only()
    {
        await using var app = await TestApp.StartAsync();
        var acme = new Api(app.Client, await app.AddBusinessAsync("acme"));
        Assert.Equal(201, (await acme.FeedbackAsync(new { text = "x" })).Code);
        Assert.Equal(201, (await acme.FeedbackAsync(new { business = "acme", text = "x" })).Code);
        AssertProblem(await acme.FeedbackAsync(new { business = "demo", text = "x" }), 403);
        AssertProblem(await acme.FeedbackAsync(new { business = "Acme", text = "x" }), 403);
        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task An_unknown_job_is_404()
    {
        await using var app = await TestApp.StartAsync();
        AssertProblem(await Api.Of(app).FeedbackAsync(new { text = "x", jobId = "0123456789abcdef0123456789abcdef" }), 404);
        foreach (var odd in new[] { "\t0123456789abcdef0123456789abcdef", " 0123456789abcdef0123456789abcdef\n", "0123456789ABCDEF0123456789ABCDEF" })
            AssertProblem(await Api.Of(app).FeedbackAsync(new { text = "x", jobId = odd }), 400, 404);
        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task Another_business_job_is_404()
    {
        await using var app = await TestApp.StartAsync();
        var acme = new Api(app.Client, await app.AddBusinessAsync("acme"));
        var job = await acme.PostAsync("/api/jobs", """{"customer":{"phone":"0541234567"},"service":"repair"}""");
        AssertProblem(await Api.Of(app).FeedbackAsync(new { text = "x", jobId = job.Json.GetProperty("jobId").GetString() }), 404);
    }

    [Fact]
    public async Task Too_many_at_once_are_429_with_a_time_to_wait_and_a_form_keeps_what_was_typed()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var form = await guest.GetAsync("/b/demo");
        using var over = new CancellationTokenSource();
        // Somebody else uses up the rate all the time.
        var rates = app.Get<FeedbackFlow.App.Api.BusinessRates>();
        var crowd = Task.Run(() => { while (!over.IsCancellationRequested) rates.Admits("demo"); });
        var refused = await RefusedAsync(() => Api.Of(app).FeedbackAsync(new { text = "x" }), answer => answer.Code == 429);
        AssertProblem(refused, 429);
        Assert.NotNull(refused.Response.Headers.RetryAfter);
        AssertProblem(await RefusedAsync(() => Api.Of(app).PostAsync("/api/jobs", """{"service":"x"}"""), answer => answer.Code == 429), 429);
        var kept = await RefusedAsync(() => guest.SubmitAsync(form, "form[method=post]", ("words", "מה שנכתב")), answer => (int)answer.Status == 429);
        Assert.Equal("מה שנכתב", kept.Page.QuerySelector("textarea")!.TextContent);
        Assert.NotNull(kept.Response.Headers.RetryAfter);
        await over.CancelAsync();
        await crowd;

        static async Task<T> RefusedAsync<T>(Func<Task<T>> ask, Func<T, bool> isRefused)
        {
            for (var tries = 0; tries < 50; tries++)
                if (await ask() is var answer && isRefused(answer)) return answer;
            throw new Xunit.Sdk.XunitException("It was never refused.");
        }
    }

    [Fact]
    public async Task A_store_that_cannot_commit_is_503_and_a_retry_is_one_feedback()
    {
        await using var app = await TestApp.StartAsync(new() { ExpectsErrors = true });
        var api = Api.Of(app);
        app.Rows.CannotCommit = true;
        var body = new { rating = new { scale = "stars", value = 1 }, text = Api.Threat, customer = new { email = "dana@example.com" } };
        var down = await api.FeedbackAsync(body, "k1");
        AssertProblem(down, 503);
        Assert.NotNull(down.Response.Headers.RetryAfter);
        AssertProblem(await api.PostAsync("/api/jobs", """{"service":"repair"}"""), 503);
        app.Rows.CannotRead = true;
        AssertProblem(await api.FeedbackAsync(body, "k1"), 503);
        AssertProblem(await api.GetAsync("/api/tasks"), 503);
        (app.Rows.CannotCommit, app.Rows.CannotRead) = (false, false);

        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Equal(0, await app.CountRowsAsync("demo", "letter-"));
        Assert.Equal(201, (await api.FeedbackAsync(body, "k1")).Code);
        Assert.Equal(200, (await api.FeedbackAsync(body, "k1")).Code);
        await app.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Equal(2, (await app.LettersAsync()).Count);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_is_no_error()
    {
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, app.Address.Port);
            socket.LingerState = new(true, 0);
            var head = $"POST /{(i % 2 == 0 ? "api/feedback" : "b/demo")} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo\r\nContent-Type: {(i % 2 == 0 ? "application/json" : "application/x-www-form-urlencoded")}\r\nContent-Length: 1000\r\n\r\nwords=";
            await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head));
            await socket.GetStream().FlushAsync();
            await Task.Delay(50);
        }

        Assert.Equal(201, (await Api.Of(app).FeedbackAsync(new { text = "still here" })).Code);
        await Task.Delay(200);
    }

    [Fact]
    public async Task A_reader_that_fails_costs_a_glance_and_not_the_feedback()
    {
        await using var app = await TestApp.StartAsync(new()
        {
            ExpectsErrors = true,
            Change = services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<FeedbackFlow.Pipeline.ReadWords>(
                services, (_, _) => throw new InvalidOperationException("broken")),
        });
        var answer = await Api.Of(app).FeedbackAsync(new { text = "שלום", customer = new { phone = "0541234567" } });
        Assert.Equal(201, answer.Code);
        Assert.NotNull(answer.TaskId);
    }

    internal static void AssertProblem(ApiAnswer answer, params int[] statuses)
    {
        Assert.Contains(answer.Code, statuses);
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(answer.Code, answer.Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(answer.Json.GetProperty("title").GetString()));
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    /// <summary>A body whose length is not told beforehand.</summary>
    private sealed class Chunked : HttpContent
    {
        private readonly byte[] bytes;
        private readonly int size;

        public Chunked(string body, int size)
        {
            (bytes, this.size) = (System.Text.Encoding.UTF8.GetBytes(body), size);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var chunk in bytes.Chunk(size))
            {
                await stream.WriteAsync(chunk);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
