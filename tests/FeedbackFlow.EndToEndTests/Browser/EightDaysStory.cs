using FeedbackFlow.Tests.Browser.Pages;
using Xunit;

namespace FeedbackFlow.Tests.Browser;

/// <summary>Eight days without an answer become one minute.</summary>
public class EightDaysStory(Chromium chromium)
{
    [Theory]
    [InlineData("he", "demo", Api.Threat, "דנה לוי", "יוסי כהן")]
    [InlineData("en", "acme", Api.EnglishThreat, "Dana Levi", "Sam Green")]
    public async Task A_customer_writes_the_manager_calls_and_the_board_shows_it(string language, string business, string words, string customer, string owner)
    {
        await using var app = await TestApp.StartAsync();
        if (business != "demo") await app.AddBusinessAsync(business);

        // The customer, on a phone, without scripts.
        await using var phone = await chromium.PhoneAsync(app, language, scripts: false);
        var form = await FormPage.OpenAsync(phone, "/b/" + business);
        await form.ScoreAsync(1);
        await form.WriteAsync(words);
        await form.PleaseCallAsync();
        await form.LeaveDetailsAsync(customer, "054-123-4567", "dana@example.com");
        var answer = await form.SendAsync();
        Assert.Equal(app.Now.AddHours(1), await answer.PromisedByAsync());
        Assert.Equal(phone.Words["answer.heading"], await answer.HeadingAsync());
        var promise = await answer.PromiseAsync();
        Assert.Contains(owner, promise, StringComparison.Ordinal);
        Assert.Contains("11:00", promise, StringComparison.Ordinal);

        // The manager, from one mail between two jobs.
        var alert = Assert.Single(await app.LettersToAsync($"manager@{business}.example"));
        Assert.Contains(customer, alert.Subject, StringComparison.Ordinal);
        await using var manager = await chromium.PhoneAsync(app, language, scripts: false);
        var letter = await LetterPage.OpenAsync(manager, alert);
        Assert.NotEmpty(await letter.MarkedAsync());
        Assert.Contains(words[..20], await letter.TextAsync(), StringComparison.Ordinal);
        var action = await letter.TapAsync("action.claim.tap");
        Assert.Equal(manager.Words["action.claim"], await action.HeadingAsync());
        Assert.Equal("tel:+972541234567", await action.CallAddressAsync());
        Assert.Contains("\"open\"", await StatusAsync(app, business), StringComparison.Ordinal);
        await action.ConfirmAsync("done.claimed");

        app.Clock.Advance(TimeSpan.FromMinutes(12));
        letter = await LetterPage.OpenAsync(manager, alert);
        action = await letter.TapAsync("action.reached-saved.tap");
        await action.ChooseReasonAsync("solved");
        await action.ConfirmAsync("done.saved");

        // What remains to be seen.
        await using var desk = await chromium.DeskAsync(app, language);
        var pages = await ManagePages.SignInAsync(desk, $"manager@{business}.example");
        Assert.DoesNotContain(customer, await pages.BoardAsync(), StringComparison.Ordinal);
        var closed = await pages.BoardAsync(closed: true);
        Assert.Contains(customer, closed, StringComparison.Ordinal);
        Assert.Contains(desk.Words["outcome.saved"], closed, StringComparison.OrdinalIgnoreCase);
        var task = await pages.OpenTaskAsync(customer);
        foreach (var happened in new[] { "event.opened", "event.alert-sent", "event.claimed", "event.reached", "event.closed" })
            Assert.Contains(desk.Words[happened], task, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(desk.Words["close.reason.solved"], task, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task The_form_is_filled_and_sent_by_keyboard_alone(string language)
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await chromium.DeskAsync(app, language);
        await FormPage.OpenAsync(visitor, "/b/demo");
        var keyboard = visitor.Page.Keyboard;
        await TabToAsync(visitor, "input[name=score]");
        await keyboard.PressAsync("Space");
        await keyboard.PressAsync(language == "he" ? "ArrowLeft" : "ArrowRight");
        await TabToAsync(visitor, "#words");
        await keyboard.TypeAsync(language == "he" ? "חיכיתי ואף אחד לא חזר אליי" : "I waited and nobody called me back");
        await TabToAsync(visitor, "#call");
        await keyboard.PressAsync("Space");
        await TabToAsync(visitor, "#phone");
        await keyboard.TypeAsync("0541234567");
        await TabToAsync(visitor, "main button[type=submit]");
        await keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".promise").WaitForAsync();
        Assert.Equal(1, await app.CountRowsAsync("demo", "open-"));
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task Skipping_to_the_content_works_and_errors_lead_to_their_fields(string language)
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await chromium.PhoneAsync(app, language);
        var form = await FormPage.OpenAsync(visitor, "/b/demo");
        await visitor.Page.Keyboard.PressAsync("Tab");
        Assert.True(await visitor.Page.EvaluateAsync<bool>("document.activeElement.matches('a.skip')"));
        await form.ScoreAsync(2);
        await form.LeaveDetailsAsync("Dana", "12");
        await form.SendAsync();
        await visitor.Page.Locator(".summary a[href='#phone']").ClickAsync();
        Assert.Equal("phone", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("12", await visitor.Page.Locator("#phone").InputValueAsync());
        Assert.True(await visitor.Page.Locator("#score-2").IsCheckedAsync());
        await visitor.AssertForEveryoneAsync();
    }

    private static async Task TabToAsync(Visitor visitor, string selector)
    {
        for (var i = 0; i < 40; i++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (!await visitor.Page.EvaluateAsync<bool>($"document.activeElement.matches(\"{selector}\")")) continue;
            // What has the focus is seen to have it.
            Assert.NotEqual("none", await visitor.Page.EvaluateAsync<string>("(() => { const e = document.activeElement; const s = getComputedStyle(e), l = e.closest('label') ? getComputedStyle(e.closest('label')) : s; return s.outlineStyle !== 'none' ? s.outlineStyle : l.outlineStyle !== 'none' ? l.outlineStyle : s.boxShadow !== 'none' || l.boxShadow !== 'none' ? 'shadow' : 'none'; })()"));
            return;
        }

        Assert.Fail($"The keyboard does not reach {selector}.");
    }

    private static async Task<string> StatusAsync(TestApp app, string business)
    {
        var page = await app.Get<FeedbackFlow.Pipeline.Ports.ILists>().OpenTasksAsync(business, 1, null, CancellationToken.None);
        return $"\"{page.Items.Single().State.ToString().ToLowerInvariant()}\"";
    }
}
