using FeedbackFlow.Tests.Browser.Pages;
using Xunit;

namespace FeedbackFlow.Tests.Browser;

/// <summary>Nobody calls. The program does not let go.</summary>
public class SilentManagerStory(Chromium chromium)
{
    [Theory]
    [InlineData("he", "demo", "דנה לוי")]
    [InlineData("en", "acme", "Dana Levi")]
    public async Task Reminders_then_the_owner_then_a_broken_promise_that_everybody_sees(string language, string business, string customer)
    {
        await using var app = await TestApp.StartAsync();
        var key = business == "demo" ? "demo" : await app.AddBusinessAsync(business);
        await new Api(app.Client, key).RiskAsync(name: customer, text: language == "he" ? Api.Threat : Api.EnglishThreat, email: "dana@example.com");
        var (manager, owner) = ($"manager@{business}.example", $"owner@{business}.example");
        Assert.Single(await app.LettersToAsync(manager));

        await app.MoveToAsync(TestApp.Sunday.AddMinutes(31));
        Assert.Equal(2, (await app.LettersToAsync(manager)).Count);
        await app.MoveToAsync(TestApp.Sunday.AddMinutes(49));
        Assert.Equal(3, (await app.LettersToAsync(manager)).Count);
        Assert.Empty(await app.LettersToAsync(owner));

        await app.MoveToAsync(TestApp.Sunday.AddMinutes(61));
        var escalation = Assert.Single(await app.LettersToAsync(owner));
        Assert.Contains(customer, escalation.Subject, StringComparison.Ordinal);
        await using var desk = await chromium.DeskAsync(app, language);
        var pages = await ManagePages.SignInAsync(desk, owner);
        var board = await pages.BoardAsync();
        Assert.Contains(customer, board, StringComparison.Ordinal);
        Assert.Equal(1, await desk.Page.Locator("article.task.late").CountAsync());
        await desk.AssertForEveryoneAsync();

        await app.MoveToAsync(TestApp.Sunday.AddDays(2));
        await pages.BoardAsync();
        var broken = desk.Words["promise.broken"].Split('{')[0];
        Assert.Contains(broken, await desk.Page.Locator("article.task").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        var task = await pages.OpenTaskAsync(customer);
        foreach (var happened in new[] { "event.reminded", "event.escalated", "event.promise-broken" }) Assert.Contains(desk.Words[happened], task, StringComparison.OrdinalIgnoreCase);

        // A call that comes at last does not mend the promise.
        var letter = await LetterPage.OpenAsync(desk, escalation);
        var action = await letter.TapAsync("action.reached-saved.tap");
        await action.ChooseReasonAsync("explained");
        await action.ConfirmAsync("done.saved");
        Assert.Contains(broken, await pages.BoardAsync(closed: true), StringComparison.OrdinalIgnoreCase);
        var status = await new Api(app.Client, key).SendAsync(HttpMethod.Get, "/status", null, null, ("Accept", "application/json"));
        Assert.Equal((0, 0, 1), (status.Json.GetProperty("promises").GetProperty("kept").GetInt32(), status.Json.GetProperty("promises").GetProperty("late").GetInt32(), status.Json.GetProperty("promises").GetProperty("broken").GetInt32()));
        var letters = (await app.LettersAsync()).Count;
        await app.AdvanceAsync(TimeSpan.FromDays(20));
        // One question after closing, and no more.
        Assert.Equal(letters + 1, (await app.LettersAsync()).Count);
    }

    [Fact]
    public async Task A_call_after_the_time_is_late_and_claiming_keeps_no_promise()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var task = (await api.RiskAsync(email: "dana@example.com")).TaskId;
        await api.PostAsync($"/api/tasks/{task}/claim", "");
        await app.MoveToAsync(TestApp.Sunday.AddMinutes(90));
        Assert.NotEmpty(await app.LettersToAsync("owner@demo.example"));
        var closed = await api.PostAsync($"/api/tasks/{task}/outcome", """{"outcome":"saved","reason":"called"}""");
        Assert.Equal("late", closed.Json.GetProperty("promise").GetString());
    }
}
