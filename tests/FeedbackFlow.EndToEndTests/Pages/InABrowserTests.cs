using Deque.AxeCore.Playwright;
using FeedbackFlow.App.Layout;
using FeedbackFlow.Tests.Browser;
using Microsoft.Playwright;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>What only a browser shows: accessible names and roles as a screen reader gets them, and nothing that sticks out on a small phone.</summary>
public sealed class InABrowserTests(Chromium chromium)
{
    [Theory]
    [InlineData("he", ColorScheme.Light, new[]
    {
        "form", "form-errors", "answer", "spent-kept", "privacy", "accessibility", "not-found", "error-Unexpected", "action-ReachedSaved", "action-HandOver", "done-Claimed",
        "sign-in", "sign-in-sent", "sign-in-confirm", "board", "board-closed", "task", "task-errors", "task-closed", "outbox", "mailbox", "status", "settings", "person", "person-errors",
    })]
    [InlineData("he", ColorScheme.Dark, new[] { "form-errors", "answer", "action-ReachedLost", "board", "task-errors", "outbox" })]
    [InlineData("en", ColorScheme.Light, new[] { "form-errors", "answer", "board", "task-errors", "person", "person-errors" })]
    public async Task Pages_pass_the_accessibility_rules(string language, ColorScheme scheme, string[] names)
    {
        var page = await chromium.PageAsync(390, scheme);
        var pages = await EveryPage.RenderAsync(new Samples(language));
        foreach (var name in names)
        {
            await page.SetContentAsync(pages[name]);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{name}: {string.Join("; ", found.Violations.Select(violation => $"{violation.Id} {violation.Nodes[0].Html}"))}");
        }
    }

    [Theory]
    [InlineData("he", 320)]
    [InlineData("en", 320)]
    [InlineData("he", 1100)]
    public async Task Nothing_sticks_out(string language, int width)
    {
        var page = await chromium.PageAsync(width, ColorScheme.Light);
        var wide = new Samples(language) { CustomerName = new string('א', 80), OwnerName = new string('W', 80), Typed = new string('x', 300), BusinessName = new string('ש', 70) };
        foreach (var samples in new[] { new Samples(language), wide })
        {
            var pages = await EveryPage.RenderAsync(samples);
            foreach (var (name, html) in pages)
            {
                await page.SetContentAsync(html);
                var widest = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                Assert.True(widest <= width, $"{name} is {widest} wide");
            }

            foreach (var (name, draft) in samples.Letters)
            {
                await page.SetContentAsync((await EveryPage.WriteAsync(draft)).Html);
                var widest = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                Assert.True(widest <= width, $"letter {name} is {widest} wide");
            }
        }
    }

    /// <summary>Buttons, links that stand alone and choices are at least 44 pixels high, so that a thumb finds them.</summary>
    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task A_thumb_finds_every_button(string language)
    {
        var page = await chromium.PageAsync(320, ColorScheme.Light);
        foreach (var (name, html) in await EveryPage.RenderAsync(new Samples(language)))
        {
            await page.SetContentAsync(html);
            var small = await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('button, .button, .tabs a, .tick, .scale label, summary, input:not([type=hidden], [type=radio], [type=checkbox]), textarea, .bottom a')]
                  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)
                """);
            Assert.True(small.Length == 0, $"{name}: {string.Join("; ", small)}");
        }
    }

    /// <summary>The policy of the pages really holds their own style sheet and nothing else.</summary>
    [Fact]
    public async Task The_policy_lets_the_style_sheet_in()
    {
        var page = await chromium.PageAsync(390, ColorScheme.Light);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.RouteAsync("http://pages.test/**", async route => await route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = Styles.ContentSecurityPolicy },
            Body = (await EveryPage.RenderAsync(new Samples("he")))["form"],
        }));
        await page.GotoAsync("http://pages.test/form");
        Assert.Equal("54px", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('button.main')).minHeight"));
        Assert.DoesNotContain(complaints, text => text.Contains("Content Security Policy", StringComparison.Ordinal));
    }
}
