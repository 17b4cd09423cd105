using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The same request again is the same feedback.</summary>
public class IdempotencyTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly object Body = new
    {
        rating = new { scale = "stars", value = 1 }, text = Api.Threat, customer = new { name = "דנה", email = "dana@example.com", phone = "0541234567" },
    };

    [Fact]
    public async Task The_first_answer_is_given_again_even_when_the_task_has_changed()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var first = await api.FeedbackAsync(Body, "order-1");
        await api.PostAsync($"/api/tasks/{first.TaskId}/outcome", """{"outcome":"saved","reason":"called"}""");
        await app.AdvanceAsync(TimeSpan.FromDays(6));
        var again = await api.FeedbackAsync(Body, "order-1");
        Assert.Equal((201, 200), (first.Code, again.Code));
        Assert.Equal(first.Text, again.Text);
    }

    [Fact]
    public async Task The_key_is_kept_seven_days()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var first = await api.FeedbackAsync(Body, "order-1");
        app.Clock.Advance(TimeSpan.FromDays(7));
        var later = await api.FeedbackAsync(Body, "order-1");
        Assert.Equal(201, later.Code);
        Assert.NotEqual(first.FeedbackId, later.FeedbackId);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_409()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        await api.FeedbackAsync(Body, "order-1");
        FeedbackApiTests.AssertProblem(await api.FeedbackAsync(new { text = "other" }, "order-1"), 409);
        Assert.Equal(201, (await api.FeedbackAsync(new { text = "other" }, "order-2")).Code);
        Assert.Equal(2, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task Fields_that_only_look_alike_are_another_body()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        Assert.Equal(201, (await api.FeedbackAsync(new { text = "x", customer = new { name = "a, Email = b@c.com", email = (string?)null } }, "k")).Code);
        FeedbackApiTests.AssertProblem(await api.FeedbackAsync(new { text = "x, WantsCall = True", customer = new { name = "a" } }, "k"), 409);
        FeedbackApiTests.AssertProblem(await api.FeedbackAsync(new { text = "x", customer = new { name = "a", email = "b@c.com" } }, "k"), 409);
    }

    [Fact]
    public async Task Two_businesses_may_use_the_same_key()
    {
        await using var app = await TestApp.StartAsync();
        var acme = new Api(app.Client, await app.AddBusinessAsync("acme"));
        Assert.Equal(201, (await Api.Of(app).FeedbackAsync(Body, "order-1")).Code);
        Assert.Equal(201, (await acme.FeedbackAsync(Body, "order-1")).Code);
    }

    [Theory]
    [InlineData("a b/c\\d#e?f%00")]
    [InlineData("\"quoted\"")]
    public async Task Odd_keys_are_keys_like_others(string key)
    {
        var app = shared.App;
        Assert.Equal(201, (await Api.Of(app).FeedbackAsync(Body, key)).Code);
        Assert.Equal(200, (await Api.Of(app).FeedbackAsync(Body, key)).Code);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Equal(201, (await Api.Of(app).FeedbackAsync(Body, new string('k', 255))).Code);
        FeedbackApiTests.AssertProblem(await Api.Of(app).FeedbackAsync(Body, new string('k', 256)), 400);
    }

    [Fact]
    public async Task A_hundred_parallel_requests_with_one_key_are_one_feedback()
    {
        await using var app = await TestApp.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Api.Of(app).FeedbackAsync(Body, "order-1")));
        Assert.Single(answers, answer => answer.Code == 201);
        Assert.Equal(99, answers.Count(answer => answer.Code == 200));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        await app.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Equal(1, await app.CountRowsAsync("demo", "task-"));
        Assert.Single(await app.LettersToAsync("dana@example.com"));
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
    }

    [Fact]
    public async Task A_hundred_different_feedbacks_of_one_customer_are_one_open_task_and_none_is_lost()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => api.FeedbackAsync(new { text = $"{Api.Threat} {i}", customer = new { phone = "0541234567" } })));
        Assert.All(answers, answer => Assert.Equal(201, answer.Code));
        Assert.Single(answers.Select(answer => answer.TaskId).Distinct());
        var task = Assert.Single((await api.GetAsync("/api/tasks?status=open")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(100, task.GetProperty("feedbackIds").GetArrayLength());
        Assert.Equal(100, answers.Select(answer => answer.FeedbackId).Distinct().Count());
    }
}
