using Microsoft.Playwright;

namespace FeedbackFlow.Tests.Browser.Pages;

/// <summary>A letter's HTML, opened as a mail program would.</summary>
internal sealed class LetterPage(Visitor visitor)
{
    public static async Task<LetterPage> OpenAsync(Visitor visitor, Eml letter)
    {
        await visitor.Page.GotoAsync("about:blank");
        await visitor.Page.SetContentAsync(letter.Html);
        return new(visitor);
    }

    public Task<string> TextAsync() => visitor.Page.Locator("body").InnerTextAsync();

    public Task<IReadOnlyList<string>> MarkedAsync() => visitor.Page.Locator("mark").AllInnerTextsAsync();

    public async Task<ActionPage> TapAsync(string key)
    {
        // Letters open their links in a window of their own; one window is enough here.
        var link = visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words[key], Exact = true }).First;
        await link.ClickAsync(new() { Trial = true });
        await visitor.Page.GotoAsync((await link.GetAttributeAsync("href"))!);
        return new(visitor);
    }
}

/// <summary>What a tap opens: one page with one button.</summary>
internal sealed class ActionPage(Visitor visitor)
{
    public Task<string> HeadingAsync() => visitor.Page.Locator("h1").InnerTextAsync();

    public Task<string?> CallAddressAsync() => visitor.Page.Locator("a[href^='tel:']").First.GetAttributeAsync("href");

    public Task ChooseReasonAsync(string reason) => visitor.Page.Locator($"label[for=reason-{reason}]").ClickAsync();

    /// <summary>Presses the one button and waits until the page says that this was done. The heading is asked for until it is there: to wait for the loading itself can miss one that is already over.</summary>
    public async Task ConfirmAsync(string done)
    {
        await visitor.Page.Locator("main form button").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync(visitor.Words[done], new() { Timeout = Visitor.Patience });
    }
}
