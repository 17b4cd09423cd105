using System.Net;
using FeedbackFlow.App;
using Xunit;

namespace FeedbackFlow.Tests.Http;

public class DrillTests
{
    private static readonly Words He = Words.For("he");

    [Fact]
    public async Task One_button_runs_the_chain_and_says_how_long_each_step_took()
    {
        await using var app = await TestApp.StartAsync();
        using var manager = await app.SignInAsync("manager@demo.example");
        var letters = (await app.LettersAsync()).Count;
        var status = await StatusAsync(app);
        var started = await manager.SubmitAsync(await manager.GetAsync("/manage/drill"), "main form");
        Assert.Equal(HttpStatusCode.Redirect, started.Status);
        Assert.Single(await app.LettersToAsync("manager@demo.example"), letter => letter.Subject.Contains(He["drill.name"], StringComparison.Ordinal));
        await app.AdvanceAsync(TimeSpan.FromSeconds(46));
        var running = await manager.GetAsync("/manage/drill");
        Assert.Contains(He["drill.running"], running.Words, StringComparison.Ordinal);
        Assert.Equal(3, running.Page.QuerySelectorAll(".facts dd").Count(fact => fact.TextContent.Any(char.IsAsciiDigit)));

        await manager.SubmitAsync(running, "form[action$='/end']");
        Assert.Contains(He["drill.ended"], (await manager.GetAsync("/manage/drill")).Words, StringComparison.Ordinal);
        Assert.Empty((await Api.Of(app).GetAsync("/api/tasks")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(letters, (await app.LettersAsync()).Count);
        Assert.Equal(status, await StatusAsync(app));
        await app.AdvanceAsync(TimeSpan.FromDays(3));
        Assert.Equal(letters, (await app.LettersAsync()).Count);
    }

    [Fact]
    public async Task Nobody_starts_one_without_a_sign_in_or_from_elsewhere()
    {
        await using var app = await TestApp.StartAsync();
        using var stranger = app.NewGuest();
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.PostAsync("/manage/drill")).Status);
        using var manager = await app.SignInAsync("manager@demo.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.PostAsync("/manage/drill")).Status);
        Assert.Equal(0, await app.CountRowsAsync("demo", "task-"));
    }

    private static async Task<string> StatusAsync(TestApp app) =>
        (await Api.Of(app).SendAsync(HttpMethod.Get, "/status", null, null, ("Accept", "application/json"))).Text;
}
