using System.Globalization;
using FeedbackFlow.Tests.Browser.Pages;
using Xunit;

namespace FeedbackFlow.Tests.Browser;

/// <summary>A customer and her own page, on a phone and without scripts: another time, nobody called, not solved, and at the end everything erased.</summary>
public class OwnPageStory(Chromium chromium)
{
    [Theory]
    [InlineData("he", "demo", "דנה לוי")]
    [InlineData("en", "acme", "Dana Levi")]
    public async Task From_the_first_letter_to_the_last_trace(string language, string business, string customer)
    {
        await using var app = await TestApp.StartAsync();
        var key = business == "demo" ? "demo" : await app.AddBusinessAsync(business);
        var api = new Api(app.Client, key);
        var opened = await api.RiskAsync(name: customer, text: language == "he" ? Api.Threat : Api.EnglishThreat, email: "dana@example.com");
        await using var phone = await chromium.PhoneAsync(app, language, scripts: false);
        var (page, words) = (phone.Page, phone.Words);
        await page.GotoAsync(Assert.Single(await app.LettersToAsync("dana@example.com")).Link("/p/"));
        await AssertReadableAsync();
        Assert.Contains(language == "he" ? "שמונה ימים" : "Eight days", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        // Another time.
        await page.GetByText(words["case.another-time"], new() { Exact = true }).ClickAsync();
        await page.Locator("label.tick").Nth(1).ClickAsync();
        await PressAsync("case.another-time.button", "case.done.another-time");
        var by = DateTimeOffset.Parse((await page.Locator(".promise time").GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);

        // Nobody called.
        await app.MoveToAsync(by.AddMinutes(1));
        await page.ReloadAsync();
        await PressAsync("case.nobody-called.button", "case.done.nobody-called");
        Assert.Contains(await app.LettersToAsync($"owner@{business}.example"), letter => letter.Subject.Contains(words["reason.nobody-called"], StringComparison.OrdinalIgnoreCase));
        await AssertReadableAsync();

        // Closed, asked, and not solved.
        await api.PostAsync($"/api/tasks/{opened.TaskId}/outcome", """{"outcome":"saved","reason":"called"}""");
        await app.AdvanceAsync(TimeSpan.FromDays(5));
        await page.GotoAsync(Assert.Single(await app.LettersToAsync("dana@example.com"), letter => letter.Subject == words["check-back.subject"]).Link("/p/"));
        await AssertReadableAsync();
        await PressAsync("case.solved.no", "case.done.not-solved");

        // Erased.
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = words["case.erase"] }).ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = words["erase.heading"] }).WaitForAsync();
        await PressAsync("erase.button", "case.done.erase");
        await app.AdvanceAsync(TimeSpan.FromMinutes(2));
        await page.ReloadAsync();
        Assert.Contains(words["case.status.erased"], await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(customer, (await api.GetAsync("/api/tasks")).Text, StringComparison.Ordinal);

        async Task PressAsync(string button, string said)
        {
            await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = words[button], Exact = true }).ClickAsync();
            await page.Locator("[role=status]", new() { HasText = words[said] }).WaitForAsync();
        }

        // Without scripts nothing can be measured inside the page; the language and its direction are in the mark-up.
        async Task AssertReadableAsync()
        {
            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal(language == "he" ? "rtl" : "ltr", await page.Locator("html").GetAttributeAsync("dir"));
        }
    }
}
