using System.Text.Json;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The tasks API: list, claim, outcome, re-open.</summary>
public class TasksApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Open_tasks_come_by_deadline_with_everything_the_surface_promises()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var first = await api.RiskAsync("0541111111", "a@example.com");
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await api.RiskAsync("0542222222");
        var list = (await api.GetAsync("/api/tasks?status=open")).Json;
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next").ValueKind);
        var items = list.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([first.TaskId, second.TaskId], items.Select(item => item.GetProperty("taskId").GetString()));
        var item = items[0];
        Assert.Equal("open", item.GetProperty("status").GetString());
        Assert.Equal("יוסי כהן", item.GetProperty("owner").GetString());
        Assert.Equal(first.Json.GetProperty("recovery").GetProperty("promisedBy").GetString(), item.GetProperty("promisedBy").GetString());
        Assert.NotEmpty(item.GetProperty("reasons").EnumerateArray());
        Assert.Equal("+972541111111", item.GetProperty("customer").GetProperty("phone").GetString());
        Assert.Equal([first.FeedbackId], item.GetProperty("feedbackIds").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task The_list_is_walked_to_its_end_over_many_pages()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chunk in Enumerable.Range(0, 115).Chunk(23))
            foreach (var answer in await Task.WhenAll(chunk.Select(_ => api.FeedbackAsync(new { text = Api.Threat })))) given.Add(answer.TaskId!);
        var seen = await WalkAsync(api, "/api/tasks?status=open");
        Assert.Equal(115, seen.Count);
        Assert.Equal(given, seen.ToHashSet(StringComparer.Ordinal));

        foreach (var id in seen.Take(60)) await api.PostAsync($"/api/tasks/{id}/outcome", """{"outcome":"no-fault","reason":"checked"}""");
        Assert.Equal(55, (await WalkAsync(api, "/api/tasks")).Count);
        Assert.Equal(60, (await WalkAsync(api, "/api/tasks?status=closed")).Distinct().Count());
    }

    [Theory]
    [InlineData("/api/tasks?status=claimed", "status")]
    [InlineData("/api/tasks?status=", "status")]
    [InlineData("/api/tasks?status=open&next=!!!", "next")]
    public async Task A_wrong_query_is_400(string url, string field)
    {
        var app = shared.App;
        var answer = await Api.Of(app).GetAsync(url);
        FeedbackApiTests.AssertProblem(answer, 400);
        Assert.Equal([field], answer.Fields);
    }

    [Theory]
    [InlineData("")]
    [InlineData("settings")]
    [InlineData("open-")]
    [InlineData("zzz")]
    [InlineData("\0\u0001")]
    [InlineData("feedback-0")]
    [InlineData("'; DROP TABLE rows; --")]
    [InlineData("ש\ud83d")]
    public async Task A_made_up_continuation_never_leaves_the_list(string continuation)
    {
        var app = shared.App;
        await Api.Of(app).RiskAsync();
        var token = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(continuation)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        foreach (var status in new[] { "open", "closed" })
        {
            var answer = await Api.Of(app).GetAsync($"/api/tasks?status={status}&next={token}");
            Assert.True(answer.Code is 200 or 400, $"{answer.Code}");
            Assert.DoesNotContain("contactKey", answer.Text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_task_is_claimed_closed_and_opened_again()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var id = (await api.RiskAsync()).TaskId;
        var claimed = await api.PostAsync($"/api/tasks/{id}/claim", "");
        Assert.Equal((200, "claimed"), (claimed.Code, claimed.Json.GetProperty("status").GetString()));
        Assert.Equal(200, (await api.PostAsync($"/api/tasks/{id}/claim", "")).Code);
        FeedbackApiTests.AssertProblem(await api.PostAsync($"/api/tasks/{id}/reopen", """{"reason":"too early"}"""), 409);

        const string outcome = """{"outcome":"saved","reason":"התקשרנו ותיקנו","gesture":"ביקור חינם"}""";
        var closed = await api.PostAsync($"/api/tasks/{id}/outcome", outcome);
        Assert.Equal((200, "closed"), (closed.Code, closed.Json.GetProperty("status").GetString()));
        Assert.Equal("kept", closed.Json.GetProperty("promise").GetString());
        Assert.Equal("התקשרנו ותיקנו", closed.Json.GetProperty("outcome").GetProperty("reason").GetString());
        var again = await api.PostAsync($"/api/tasks/{id}/outcome", outcome);
        Assert.Equal((200, closed.Text), (again.Code, again.Text));
        FeedbackApiTests.AssertProblem(await api.PostAsync($"/api/tasks/{id}/outcome", """{"outcome":"lost","reason":"x"}"""), 409);
        FeedbackApiTests.AssertProblem(await api.PostAsync($"/api/tasks/{id}/outcome", """{"outcome":"saved","reason":"another"}"""), 409);
        FeedbackApiTests.AssertProblem(await api.PostAsync($"/api/tasks/{id}/claim", ""), 409);

        app.Clock.Advance(TimeSpan.FromHours(24));
        var reopened = await api.PostAsync($"/api/tasks/{id}/reopen", """{"reason":"the customer called again"}""");
        Assert.Equal((200, "open"), (reopened.Code, reopened.Json.GetProperty("status").GetString()));
        await api.PostAsync($"/api/tasks/{id}/outcome", """{"outcome":"lost","reason":"went away"}""");
        app.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        FeedbackApiTests.AssertProblem(await api.PostAsync($"/api/tasks/{id}/reopen", """{"reason":"late"}"""), 409);
    }

    [Fact]
    public async Task A_closed_task_is_not_opened_beside_a_newer_one_of_the_same_customer()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var first = (await api.RiskAsync()).TaskId;
        await api.PostAsync($"/api/tasks/{first}/outcome", """{"outcome":"saved","reason":"x"}""");
        var second = (await api.RiskAsync()).TaskId;
        Assert.NotEqual(first, second);
        FeedbackApiTests.AssertProblem(await api.PostAsync($"/api/tasks/{first}/reopen", """{"reason":"x"}"""), 409);
    }

    [Fact]
    public async Task A_hundred_parallel_outcomes_close_it_once()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var id = (await api.RiskAsync()).TaskId;
        string[] outcomes = ["saved", "lost"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => api.PostAsync($"/api/tasks/{id}/outcome", $$"""{"outcome":"{{outcomes[i % 2]}}","reason":"x"}""")));
        Assert.Equal(50, answers.Count(answer => answer.Code == 200));
        Assert.Equal(50, answers.Count(answer => answer.Code == 409));
        Assert.Equal(1, await app.CountRowsAsync("demo", "closed-"));
        Assert.Equal(0, await app.CountRowsAsync("demo", "open-"));
    }

    [Theory]
    [InlineData("""{"reason":"x"}""", "outcome")]
    [InlineData("""{"outcome":"won","reason":"x"}""", "outcome")]
    [InlineData("""{"outcome":"Saved","reason":"x"}""", "outcome")]
    [InlineData("""{"outcome":1,"reason":"x"}""", "outcome")]
    [InlineData("""{"outcome":"saved"}""", "reason")]
    [InlineData("""{"outcome":"saved","reason":"  "}""", "reason")]
    [InlineData("""{"outcome":"saved","reason":[]}""", "reason")]
    [InlineData("""{"outcome":"saved","reason":"x","gesture":5}""", "gesture")]
    public async Task A_wrong_outcome_is_named_and_changes_nothing(string body, string field)
    {
        var app = shared.App;
        var id = (await Api.Of(app).FeedbackAsync(new { text = Api.Threat })).TaskId!;
        var answer = await Api.Of(app).PostAsync($"/api/tasks/{id}/outcome", body);
        FeedbackApiTests.AssertProblem(answer, 400);
        Assert.Equal([field], answer.Fields);
        Assert.Contains(id, (await Api.Of(app).GetAsync("/api/tasks")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("x")]
    [InlineData("%090123456789abcdef0123456789abcdef")]
    [InlineData("%200123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef%0a")]
    [InlineData("..%2f..%2fsettings")]
    [InlineData("%F0%9F%98%A1")]
    public async Task An_unknown_task_is_404(string id)
    {
        var app = shared.App;
        foreach (var (act, body) in new[] { ("claim", ""), ("outcome", """{"outcome":"saved","reason":"x"}"""), ("reopen", """{"reason":"x"}""") })
            FeedbackApiTests.AssertProblem(await Api.Of(app).PostAsync($"/api/tasks/{id}/{act}", body), 400, 404);
    }

    [Fact]
    public async Task Another_business_task_is_404()
    {
        await using var app = await TestApp.StartAsync();
        var acme = new Api(app.Client, await app.AddBusinessAsync("acme"));
        var id = (await Api.Of(app).RiskAsync()).TaskId;
        foreach (var (act, body) in new[] { ("claim", ""), ("outcome", """{"outcome":"saved","reason":"x"}"""), ("reopen", """{"reason":"x"}""") })
            FeedbackApiTests.AssertProblem(await acme.PostAsync($"/api/tasks/{id}/{act}", body), 404);
        Assert.Empty((await acme.GetAsync("/api/tasks")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(1, await app.CountRowsAsync("demo", "open-"));
    }

    private static async Task<List<string>> WalkAsync(Api api, string? url)
    {
        var seen = new List<string>();
        while (url is not null)
        {
            var page = (await api.GetAsync(url)).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("taskId").GetString()!));
            url = page.GetProperty("next").GetString();
        }

        return seen;
    }
}
