using FeedbackFlow.Tests.Browser.Pages;
using Microsoft.Playwright;
using Xunit;

namespace FeedbackFlow.Tests.Browser;

/// <summary>A person teaches the detector with one tap, sees it work, takes it back, and the owner exports it.</summary>
public class CorrectionStory(Chromium chromium)
{
    [Theory]
    [InlineData("he", "demo", "הארון השמאלי כבר ריק לגמרי", "שלום לכם. הארון השמאלי כבר ריק לגמרי. 0541112233")]
    [InlineData("en", "acme", "the spare key is with the neighbour", "Hello. Well, the spare key is with the neighbour. 0541112233")]
    public async Task Missed_then_found_then_forgotten(string language, string business, string phrase, string text)
    {
        await using var app = await TestApp.StartAsync();
        var api = new Api(app.Client, business == "demo" ? "demo" : await app.AddBusinessAsync(business));
        await SayAsync("0541234567");
        await using var visitor = await chromium.OpenAsync(app, language, 390, 844, scripts: false);
        await ManagePages.SignInAsync(visitor, $"owner@{business}.example");
        var (page, words) = (visitor.Page, visitor.Words);

        await page.GotoAsync("/manage/feedbacks");
        await page.Locator("main h2 a").First.ClickAsync();
        await page.Locator("li", new() { HasText = phrase }).GetByRole(AriaRole.Button, new() { Name = words["correct.missed.leave"] }).ClickAsync();
        await page.Locator("mark", new() { HasText = phrase }).WaitForAsync();
        Assert.Contains(words["done.corrected-and-alerted"], await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = words["feedback.task"] }).ClickAsync();
        await page.Locator("mark", new() { HasText = phrase }).WaitForAsync();
        Assert.Equal("leave", Assert.Single((await SayAsync("0541234568")).Json.GetProperty("reading").GetProperty("signals").EnumerateArray()).GetProperty("kind").GetString());

        await page.GotoAsync("/manage/corrections/export");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = words["export.download"] }).ClickAsync());
        var line = (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).Trim();
        Assert.Contains(phrase, line, StringComparison.Ordinal);
        Assert.DoesNotContain("054", line, StringComparison.Ordinal);

        await page.GotoAsync("/manage/corrections");
        await page.GetByRole(AriaRole.Button, new() { Name = words["corrections.forget"] }).ClickAsync();
        await page.GetByText(words["done.forgotten"]).WaitForAsync();
        Assert.Empty((await SayAsync("0541234569")).Json.GetProperty("reading").GetProperty("signals").EnumerateArray());

        async Task<ApiAnswer> SayAsync(string phone) => await api.PostAsync("/api/feedback", System.Text.Json.JsonSerializer.Serialize(
            new { channel = "form", rating = new { scale = "stars", value = 5 }, text, customer = new { name = "Dana", phone } }));
    }

    [Theory]
    [InlineData("he", "demo", Api.Threat)]
    [InlineData("en", "acme", Api.EnglishThreat)]
    public async Task Not_a_threat_with_one_tap_on_the_task(string language, string business, string text)
    {
        await using var app = await TestApp.StartAsync();
        var api = new Api(app.Client, business == "demo" ? "demo" : await app.AddBusinessAsync(business));
        var first = await api.RiskAsync(text: text);
        await using var visitor = await chromium.OpenAsync(app, language, 390, 844, scripts: false);
        await ManagePages.SignInAsync(visitor, $"manager@{business}.example");
        var (page, words) = (visitor.Page, visitor.Words);

        await page.GotoAsync("/manage/tasks/" + first.TaskId);
        await page.GetByRole(AriaRole.Button, new() { Name = words["correct.not.publish"] }).ClickAsync();
        await page.GetByText(words["done.corrected"]).WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = words["correct.not.publish"] }).CountAsync());
        await page.GotoAsync("/manage/corrections/export");
        Assert.DoesNotContain(words["export.title"], await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        var again = await api.PostAsync("/api/feedback", System.Text.Json.JsonSerializer.Serialize(new { channel = "form", text, customer = new { phone = "0521112233" } }));
        Assert.DoesNotContain(again.Json.GetProperty("reading").GetProperty("signals").EnumerateArray(), signal => signal.GetProperty("kind").GetString() == "publish");
    }
}
