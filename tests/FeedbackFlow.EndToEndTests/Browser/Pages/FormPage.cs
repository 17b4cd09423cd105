using Microsoft.Playwright;

namespace FeedbackFlow.Tests.Browser.Pages;

/// <summary>The customer's form.</summary>
internal sealed class FormPage(Visitor visitor)
{
    private IPage Page => visitor.Page;

    public static async Task<FormPage> OpenAsync(Visitor visitor, string path)
    {
        await visitor.Page.GotoAsync($"{path}?lang={visitor.Language}");
        return new(visitor);
    }

    public Task ScoreAsync(int score) => Page.Locator($"label[for=score-{score}]").ClickAsync();

    public Task WriteAsync(string words) => Page.GetByLabel(visitor.Words["form.words"], new() { Exact = true }).FillAsync(words);

    public Task PleaseCallAsync() => Page.GetByLabel(visitor.Words["form.call-me"]).CheckAsync();

    public async Task LeaveDetailsAsync(string name, string phone, string? email = null)
    {
        await Page.Locator("#name").FillAsync(name);
        await Page.Locator("#phone").FillAsync(phone);
        if (email is not null) await Page.Locator("#email").FillAsync(email);
    }

    public async Task<AnswerPage> SendAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["form.send"] }).ClickAsync();
        return new(visitor);
    }
}

/// <summary>What the customer is told at once.</summary>
internal sealed class AnswerPage(Visitor visitor)
{
    public Task<string> HeadingAsync() => visitor.Page.Locator("h1").InnerTextAsync();

    public Task<string> PromiseAsync() => visitor.Page.Locator(".promise").InnerTextAsync();

    public async Task<DateTimeOffset> PromisedByAsync() =>
        DateTimeOffset.Parse((await visitor.Page.Locator(".promise time").GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture);
}
