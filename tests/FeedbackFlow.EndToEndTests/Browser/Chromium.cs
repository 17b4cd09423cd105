using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(FeedbackFlow.Tests.Browser.Chromium))]

namespace FeedbackFlow.Tests.Browser;

/// <summary>One browser for all stories; each visitor has a context of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly SemaphoreSlim starting = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A phone in somebody's hand.</summary>
    internal Task<Visitor> PhoneAsync(TestApp app, string language, bool scripts = true) => OpenAsync(app, language, 390, 844, scripts);

    internal Task<Visitor> DeskAsync(TestApp app, string language) => OpenAsync(app, language, 1280, 900, true);

    internal async Task<Visitor> OpenAsync(TestApp app, string language, int width, int height, bool scripts)
    {
        var context = await (await BrowserAsync()).NewContextAsync(new()
        {
            BaseURL = app.Address.ToString(), ViewportSize = new() { Width = width, Height = height }, Locale = language == "he" ? "he-IL" : "en-GB", TimezoneId = "Asia/Jerusalem", JavaScriptEnabled = scripts,
        });
        // What is not on this machine is not for the browser either.
        await context.RouteAsync(url => !url.StartsWith(app.Address.ToString(), StringComparison.Ordinal), route => route.AbortAsync());
        context.SetDefaultTimeout(Visitor.Patience);
        return new(app, context, await context.NewPageAsync(), language);
    }

    /// <summary>An empty page for markup that no program serves.</summary>
    internal async Task<IPage> PageAsync(int width, ColorScheme scheme) => await (await BrowserAsync()).NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        var place = Places.FirstOrDefault(File.Exists);
        if (place is null) Assert.Skip("Chromium is missing on this machine; on Debian: apt-get install chromium fonts-noto-core");
        await starting.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = place,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            starting.Release();
        }
    }
}

/// <summary>Somebody with a browser window.</summary>
internal sealed class Visitor(TestApp app, IBrowserContext context, IPage page, string language) : IAsyncDisposable
{
    /// <summary>How long a page may take on a busy machine, in milliseconds.</summary>
    public const float Patience = 30_000;

    public TestApp App => app;

    public IPage Page => page;

    public FeedbackFlow.App.Words Words { get; } = FeedbackFlow.App.Words.For(language);

    public string Language => language;

    /// <summary>Nothing that axe can find is wrong, and the page reads in its language's direction.</summary>
    public async Task AssertForEveryoneAsync()
    {
        var found = await Page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.Select(violation => $"{Page.Url}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
        await AssertDirectionAsync();
    }

    public async Task AssertDirectionAsync()
    {
        Assert.Equal(language, await Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(language == "he" ? "rtl" : "ltr", await Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).direction"));
        // Really applied: the heading begins on the side where reading begins.
        var (left, right) = (await EdgeAsync("left"), await EdgeAsync("right"));
        Assert.True(language == "he" ? right < left : left <= right, string.Create(CultureInfo.InvariantCulture, $"{Page.Url}: text begins {left} from the left and {right} from the right."));
        await AssertNoSidewaysScrollAsync();
    }

    public async Task AssertNoSidewaysScrollAsync()
    {
        var (wide, room) = (await Page.EvaluateAsync<double>("document.documentElement.scrollWidth"), await Page.EvaluateAsync<double>("document.documentElement.clientWidth"));
        Assert.True(wide <= room, string.Create(CultureInfo.InvariantCulture, $"{Page.Url} is {wide} wide in a window of {room}."));
    }

    public ValueTask DisposeAsync() => new(context.CloseAsync());

    private Task<double> EdgeAsync(string side) => Page.EvaluateAsync<double>($$"""
        (() => {
          const h = document.querySelector('h1'), range = document.createRange();
          range.selectNodeContents(h);
          const text = range.getClientRects()[0], main = document.querySelector('main').getBoundingClientRect();
          return '{{side}}' === 'left' ? text.left - main.left : main.right - text.right;
        })()
        """);
}
