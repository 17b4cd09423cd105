using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace FeedbackFlow.Tests.Browser.Pages;

/// <summary>The pages behind the sign-in.</summary>
internal sealed class ManagePages(Visitor visitor)
{
    private IPage Page => visitor.Page;

    public static async Task<ManagePages> SignInAsync(Visitor visitor, string email)
    {
        var (page, app) = (visitor.Page, visitor.App);
        await page.GotoAsync("/manage");
        await page.Locator("input[name=email]").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["sign-in.button"] }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = visitor.Words["sign-in.sent.heading"] }).WaitForAsync();
        var letter = (await app.LettersToAsync(email)).Last(letter => letter.Links.Any(link => link.Address.Contains("/manage/sign-in/", StringComparison.Ordinal)));
        await page.GotoAsync(letter.Link("/manage/sign-in/"));
        await page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["sign-in.confirm.button"] }).ClickAsync();
        await IsAtAsync(page, "/manage$");
        return new(visitor);
    }

    public async Task<string> BoardAsync(bool closed = false)
    {
        await Page.GotoAsync(closed ? "/manage?status=closed" : "/manage");
        return await Page.Locator("main").InnerTextAsync();
    }

    public async Task<string> OpenTaskAsync(string customer)
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = customer }).First.ClickAsync();
        await IsAtAsync(Page, "/manage/tasks/");
        return await Page.Locator("main").InnerTextAsync();
    }

    /// <summary>Asks for the address itself: to wait for the way there can miss one that is already over.</summary>
    private static Task IsAtAsync(IPage page, string address) => Assertions.Expect(page).ToHaveURLAsync(new Regex(address), new() { Timeout = Visitor.Patience });
}
