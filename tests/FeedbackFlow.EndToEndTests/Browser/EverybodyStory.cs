using FeedbackFlow.Tests.Browser.Pages;
using Xunit;

namespace FeedbackFlow.Tests.Browser;

/// <summary>Every page, for every eye and hand: axe finds nothing, it reads in its direction, and at 320 pixels nothing scrolls sideways.</summary>
public class EverybodyStory(Chromium chromium)
{
    private const string Long = "https://example.com/averyveryveryveryveryveryveryveryveryveryveryveryverylongaddresswithoutanybreak";

    [Theory]
    [InlineData("he", "demo", 320)]
    [InlineData("en", "acme", 320)]
    [InlineData("he", "demo", 1280)]
    [InlineData("en", "acme", 1280)]
    public async Task Pages_are_for_everybody(string language, string business, int width)
    {
        await using var app = await TestApp.StartAsync();
        var key = business == "demo" ? "demo" : await app.AddBusinessAsync(business);
        var api = new Api(app.Client, key);
        var text = (language == "he" ? Api.Threat : Api.EnglishThreat) + " " + Long;
        var answer = await api.RiskAsync(name: language == "he" ? "דנה לוי" : "Dana Levi", email: "dana.with.a.rather.long.address.indeed@subdomain.of.example.com", text: text);
        var done = await api.RiskAsync("0521112233", name: "X", text: text);
        await api.PostAsync($"/api/tasks/{done.TaskId}/outcome", System.Text.Json.JsonSerializer.Serialize(new { outcome = "saved", reason = Long }));
        var job = new Uri((await api.PostAsync("/api/jobs", """{"customer":{"phone":"0541234567"},"service":"repair"}""")).Json.GetProperty("link").GetString()!).AbsolutePath;
        var alert = Assert.Single(await app.LettersToAsync($"manager@{business}.example"), letter => !letter.Subject.StartsWith('X'));

        await using var visitor = await chromium.OpenAsync(app, language, width, 800, scripts: true);
        // What axe looks at is the same at every width; where things stand is not.
        Task LookAsync() => width == 320 ? visitor.AssertForEveryoneAsync() : visitor.AssertDirectionAsync();
        foreach (var path in new[] { $"/b/{business}", job, $"/b/{business}/privacy", $"/b/{business}/accessibility", "/manage/sign-in", "/status", "/nothing", "/mailbox" })
        {
            await visitor.Page.GotoAsync($"{path}?lang={language}");
            await LookAsync();
        }

        var form = await FormPage.OpenAsync(visitor, job);
        await form.SendAsync();
        await visitor.Page.Locator(".summary").WaitForAsync();
        await LookAsync();
        await form.ScoreAsync(1);
        await form.WriteAsync(text);
        await form.SendAsync();
        await visitor.Page.Locator(".promise").WaitForAsync();
        await LookAsync();
        await visitor.Page.GotoAsync($"{job}?lang={language}");
        await LookAsync();

        var own = new Uri((await app.LettersToAsync("dana.with.a.rather.long.address.indeed@subdomain.of.example.com")).First(letter => letter.Links.Any(link => link.Address.Contains("/p/", StringComparison.Ordinal))).Link("/p/")).AbsolutePath;
        foreach (var path in new[] { own, own + "/erase" })
        {
            await visitor.Page.GotoAsync($"{path}?lang={language}");
            await visitor.Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
            await LookAsync();
        }

        foreach (var tap in new[] { "claim", "reached-saved", "reached-lost", "no-answer", "hand-over" })
        {
            await visitor.Page.GotoAsync(alert.Tap(visitor.Words[$"action.{tap}.tap"]));
            await LookAsync();
        }

        await visitor.Page.GotoAsync(alert.Tap(visitor.Words["action.hand-over.tap"]));
        await visitor.Page.Locator("main form button").ClickAsync();
        await visitor.Page.Locator(".summary").WaitForAsync();
        await LookAsync();
        await visitor.Page.GotoAsync(alert.Tap(visitor.Words["action.claim.tap"]));
        await new ActionPage(visitor).ConfirmAsync("done.claimed");
        await LookAsync();

        var pages = await ManagePages.SignInAsync(visitor, $"manager@{business}.example");
        foreach (var path in new[] { "/manage", "/manage?status=closed", "/manage/drill", "/manage/outbox", "/manage/promises", "/manage/settings", "/manage/feedbacks", $"/manage/feedbacks/{answer.FeedbackId}", "/manage/corrections", $"/manage/tasks/{answer.TaskId}", $"/manage/tasks/{done.TaskId}", "/status" })
        {
            await visitor.Page.GotoAsync(path);
            await visitor.Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
            await LookAsync();
        }
    }
}
