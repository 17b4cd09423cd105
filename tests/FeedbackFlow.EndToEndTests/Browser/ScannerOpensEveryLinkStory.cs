using Xunit;

namespace FeedbackFlow.Tests.Browser;

/// <summary>A mail scanner opens every link of every letter, scripts and all, before a person does.</summary>
public class ScannerOpensEveryLinkStory(Chromium chromium)
{
    [Theory]
    [InlineData("he", "demo")]
    [InlineData("en", "acme")]
    public async Task Nothing_happens_until_a_person_presses(string language, string business)
    {
        await using var app = await TestApp.StartAsync();
        var key = business == "demo" ? "demo" : await app.AddBusinessAsync(business);
        var api = new Api(app.Client, key);
        await api.RiskAsync(email: "dana@example.com", text: language == "he" ? Api.Threat : Api.EnglishThreat);
        var guest = app.NewGuest();
        await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), "form[action$='/manage/sign-in']", ("email", $"owner@{business}.example"));
        await app.AdvanceAsync(TimeSpan.FromMinutes(5));
        var job = (await api.PostAsync("/api/jobs", """{"customer":{"phone":"0547654321"},"service":"repair"}""")).Json.GetProperty("link").GetString()!;
        var (rows, tasks) = (await app.CountRowsAsync(business, ""), (await api.GetAsync("/api/tasks")).Text);

        await using var scanner = await chromium.PhoneAsync(app, language);
        var links = (await app.LettersAsync()).SelectMany(letter => letter.Links).Select(link => link.Address).Where(link => link.StartsWith(app.Address.ToString(), StringComparison.Ordinal)).Append(job).Distinct().ToList();
        Assert.True(links.Count >= 8, $"{links.Count}");
        foreach (var link in links)
        {
            await scanner.Page.GotoAsync(link, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Load });
            foreach (var inner in await scanner.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].map(a => a.href)"))
                if (inner.StartsWith(app.Address.ToString(), StringComparison.Ordinal)) await guest.GetAsync(inner);
        }

        Assert.Equal(rows, await app.CountRowsAsync(business, ""));
        Assert.Equal(tasks, (await api.GetAsync("/api/tasks")).Text);
        var signIn = (await app.LettersToAsync($"owner@{business}.example"))[0].Link("/manage/sign-in/");
        var entered = await guest.SubmitAsync(await guest.GetAsync(signIn), "form[action*='/manage/sign-in/']");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, entered.Status);
        guest.Dispose();
    }
}
