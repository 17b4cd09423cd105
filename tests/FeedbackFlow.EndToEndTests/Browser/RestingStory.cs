using FeedbackFlow.Tests.Browser.Pages;
using Xunit;

namespace FeedbackFlow.Tests.Browser;

/// <summary>A complaint that comes when the business rests: the time is told at once, the letters leave when the rest is over.</summary>
public class RestingStory(Chromium chromium)
{
    [Theory]
    [InlineData("he", "demo")]
    [InlineData("en", "acme")]
    public async Task A_Friday_afternoon(string language, string business)
    {
        // The sun sets at 16:41 in Jerusalem: from 16:01 the shop rests.
        await using var app = await TestApp.StartAsync(new() { Start = TestApp.Sunday.AddDays(5).AddHours(6.5) });
        if (business != "demo") await app.AddBusinessAsync(business);
        Assert.Equal(new DateTimeOffset(2032, 11, 14, 9, 0, 0, TimeSpan.FromHours(2)), await ComplainsAsync(app, language, business));
        await app.AdvanceAsync(TimeSpan.FromHours(24));
        Assert.Empty(await app.LettersAsync());
        await app.AdvanceAsync(TimeSpan.FromMinutes(70));
        Assert.Single(await app.LettersToAsync($"manager@{business}.example"));
        Assert.Single(await app.LettersToAsync("dana@example.com"));
    }

    [Theory]
    [InlineData("he", "demo")]
    [InlineData("en", "acme")]
    public async Task The_eve_of_Pesach(string language, string business)
    {
        // Pesach 2033 is Thursday 14 April; its eve is short, and nothing leaves until Thursday night.
        var eve = new DateTimeOffset(2033, 4, 13, 12, 30, 0, TimeSpan.FromHours(3));
        await using var app = await TestApp.StartAsync(new() { Start = eve });
        if (business != "demo") await app.AddBusinessAsync(business);
        Assert.Equal(new DateTimeOffset(2033, 4, 15, 8, 30, 0, TimeSpan.FromHours(3)), await ComplainsAsync(app, language, business));
        // The shop is still open for half an hour: the alert goes at once.
        Assert.Single(await app.LettersToAsync($"manager@{business}.example"));
        // Half of the hour is gone at closing time; then nothing until the next working day.
        await app.MoveToAsync(eve.AddHours(43));
        Assert.Equal(2, (await app.LettersToAsync($"manager@{business}.example")).Count);
        await app.MoveToAsync(eve.AddDays(2));
        Assert.Equal(3, (await app.LettersToAsync($"manager@{business}.example")).Count);
    }

    [Fact]
    public async Task The_owner_chooses_and_everybody_sees_what_was_chosen()
    {
        await using var app = await TestApp.StartAsync();
        await using var desk = await chromium.DeskAsync(app, "he");
        await ManagePages.SignInAsync(desk, "owner@demo.example");
        await desk.Page.GotoAsync("/manage/settings");
        await desk.AssertForEveryoneAsync();
        await desk.Page.Locator("input[name=rest][value=soften]").CheckAsync();
        await desk.Page.Locator("#city").SelectOptionAsync("haifa");
        await desk.Page.Locator("input[name=promise][value=statutory]").CheckAsync();
        await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = desk.Words["settings.save"] }).ClickAsync();
        Assert.Contains(desk.Words["settings.saved"], await desk.Page.Locator(".note.done").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await desk.Page.Locator("input[name=rest][value=soften]").IsCheckedAsync());
        Assert.Equal("haifa", await desk.Page.Locator("#city").InputValueAsync());

        // On Shabbat the customer gets a plain confirmation, the manager nothing.
        await app.MoveToAsync(TestApp.Sunday.AddDays(5).AddHours(7));
        await new Api(app.Client, "demo").RiskAsync(email: "dana@example.com");
        await app.AdvanceAsync(TimeSpan.FromMinutes(1));
        var confirmation = Assert.Single(await app.LettersToAsync("dana@example.com"));
        Assert.Contains("11:00", confirmation.Subject, StringComparison.Ordinal);
        Assert.Single(await app.LettersAsync(), letter => letter.To.Contains("dana", StringComparison.Ordinal));
        Assert.Empty(await app.LettersToAsync("manager@demo.example"));

        await desk.Page.GotoAsync("/manage/promises");
        await desk.AssertForEveryoneAsync();
        Assert.Contains(desk.Words["promises.pending"], await desk.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>By when the page says that somebody calls.</summary>
    private async Task<DateTimeOffset> ComplainsAsync(TestApp app, string language, string business)
    {
        await using var phone = await chromium.PhoneAsync(app, language);
        var form = await FormPage.OpenAsync(phone, "/b/" + business);
        await form.ScoreAsync(1);
        await form.WriteAsync(language == "he" ? Api.Threat : Api.EnglishThreat);
        await form.LeaveDetailsAsync("דנה", "0541234567", "dana@example.com");
        return await (await form.SendAsync()).PromisedByAsync();
    }
}
