using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>What people type, through every door and out of every other: on pages, in letters, in headers, in logs.</summary>
public class HostileCustomerTests
{
    private const string Secret = "זמרחבצהלק";

    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</textarea></title></style></body><script>alert(1)</script>",
        "Dana\r\nBcc: victim@example.com\r\n\r\nHello",
        "Dana\u2028Bcc: victim@example.com\u0085x\u000bx\0x",
        "{by} {name} {0} {{who}} @Model @(1+1) {",
        "\u202e\u2066gnp.exe\u202d",
        "javascript:alert(1) data:text/html,<b>",
        "😡👩‍👩‍👧\ud83d\udc4d &lt;b&gt; &amp;amp; %0d%0aX: y",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task It_is_only_text_everywhere(string hostile)
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var answer = await api.FeedbackAsync(new { rating = new { scale = "stars", value = 1 }, text = Api.Threat + " " + hostile, customer = new { name = hostile, phone = "0541234567", email = "dana@example.com" } });
        Assert.Equal(201, answer.Code);
        var job = await api.FeedbackAsync(new { text = "x" });
        Assert.Equal(201, job.Code);
        using var guest = app.NewGuest();
        var link = new Uri((await api.PostAsync("/api/jobs", System.Text.Json.JsonSerializer.Serialize(new { service = "S" + hostile }))).Json.GetProperty("link").GetString()!).AbsolutePath;
        var pages = new List<Answer> { await guest.GetAsync(link), await guest.PostAsync(link, ("score", "9"), ("words", hostile), ("name", hostile), ("phone", hostile), ("email", hostile)) };

        var letters = await app.LettersAsync();
        Assert.Equal(2, letters.Count);
        foreach (var letter in letters)
        {
            AssertInert(letter.Html);
            Assert.DoesNotContain(letter.Headers, header => header.Name.Equals("Bcc", StringComparison.OrdinalIgnoreCase) || header.Name == "X");
            Assert.DoesNotContain('\n', letter.Subject);
            Assert.DoesNotContain('\u202e', letter.Subject);
            Assert.Single(letter.Headers, header => header.Name == "To");
            Assert.Contains(letter.To.Split(' ')[^1].Trim('<', '>'), new[] { "dana@example.com", "manager@demo.example" });
        }

        using var manager = await app.SignInAsync("manager@demo.example");
        pages.Add(await manager.GetAsync("/manage"));
        pages.Add(await manager.GetAsync($"/manage/tasks/{answer.TaskId}"));
        pages.Add(await manager.SubmitAsync(pages[^1], "form[action$='/close']", ("outcome", "saved"), ("reason-text", hostile.PadRight(520, 'x')), ("gesture", hostile)));
        await manager.SubmitAsync(pages[^2], "form[action$='/close']", ("outcome", "saved"), ("reason-text", hostile), ("gesture", hostile));
        pages.Add(await manager.GetAsync($"/manage/tasks/{answer.TaskId}"));
        pages.Add(await manager.GetAsync("/manage?status=closed"));
        pages.Add(await manager.GetAsync("/mailbox"));
        foreach (var letter in await app.LettersAsync())
            pages.Add(await manager.GetAsync("/mailbox/demo/" + letter.Header("Message-ID").Trim('<', '>').Split('@')[0]));
        Assert.All(pages, page => Assert.True((int)page.Status is 200 or 400, $"{page.Response.RequestMessage!.RequestUri}: {page.Status}"));
        Assert.All(pages, page => AssertInert(page.Text));
    }

    [Fact]
    public async Task Nothing_a_customer_wrote_reaches_the_log()
    {
        await using var app = await TestApp.StartAsync(new() { ExpectsErrors = true });
        var api = Api.Of(app);
        var body = new { text = $"{Api.Threat} {Secret}", customer = new { name = Secret, phone = "0541234567", email = "dana@example.com" } };
        await api.FeedbackAsync(body, "k");
        await api.FeedbackAsync(new { text = Secret, customer = new { email = Secret, phone = Secret }, channel = Secret });
        await api.PostAsync("/api/feedback", $"{{\"{Secret}\":");
        await api.FeedbackAsync(new { text = Secret, jobId = Secret });
        // A letter that is handed over while nothing can be written stays leased until the clock moves.
        await app.LettersSentAsync();
        app.Rows.CannotCommit = true;
        await api.FeedbackAsync(body);
        using var guest = app.NewGuest();
        await guest.PostAsync("/b/demo", ("words", Secret), ("name", Secret), ("phone", "0541234567"), ("email", "dana@example.com"));
        app.Rows.CannotCommit = false;
        await guest.PostAsync("/b/demo", ("words", Secret), ("name", Secret), ("phone", "0541234567"), ("email", "dana@example.com"));
        await guest.GetAsync("/b/" + Secret);
        await guest.GetAsync($"/manage/sign-in?to=/manage/{Secret}");
        await app.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.NotEmpty(app.Log.Lines);
        foreach (var secret in new[] { Secret, "אספר", "541234567", "dana@example", Uri.EscapeDataString(Secret) }) Assert.DoesNotContain(secret, app.Log.Everything, StringComparison.Ordinal);
    }

    private static void AssertInert(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("script, img, object, embed, link, base, svg, math, meta[http-equiv]"));
        foreach (var element in page.All)
        {
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            foreach (var name in new[] { "href", "src", "action", "formaction" })
            {
                var address = element.GetAttribute(name)?.TrimStart() ?? "";
                Assert.False(address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("data:", StringComparison.OrdinalIgnoreCase), address);
            }
        }

        Assert.DoesNotContain('\u202e', page.QuerySelector("title")?.TextContent ?? "");
    }
}
