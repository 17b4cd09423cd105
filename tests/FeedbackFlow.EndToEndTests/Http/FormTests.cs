using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using FeedbackFlow.App;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The customer's pages: <c>/f/{link}</c> and <c>/b/{business}</c>.</summary>
public class FormTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Form = "form[method=post]";

    [Theory]
    [InlineData("he", "rtl")]
    [InlineData("en", "ltr")]
    public async Task The_form_and_its_answer_speak_the_language_of_the_page(string language, string direction)
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var words = Words.For(language);
        var form = await guest.GetAsync($"/b/demo?lang={language}");
        Assert.Equal(HttpStatusCode.OK, form.Status);
        Assert.Equal((language, direction), (form.Page.DocumentElement.GetAttribute("lang"), form.Page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(words["form.heading"], form.Title);
        Assert.Contains(words["form.score.low"], form.Words, StringComparison.Ordinal);
        Assert.Contains(words["form.score.high"], form.Words, StringComparison.Ordinal);

        var answer = await guest.SubmitAsync(form, Form, ("score", "1"), ("words", Api.Threat), ("call", "yes"), ("name", "דנה"), ("phone", "054-1234567"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal((language, direction), (answer.Page.DocumentElement.GetAttribute("lang"), answer.Page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(words["answer.heading"], answer.Title);
        Assert.Equal("2032-11-07T09:00:00Z", answer.Page.QuerySelector(".promise time")!.GetAttribute("datetime"));
        Assert.Contains("יוסי כהן", answer.Words, StringComparison.Ordinal);
        Assert.Contains("11:00", answer.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task A_link_that_ends_while_the_form_is_filled_in_gives_the_words_back(string language)
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var form = await guest.GetAsync($"{await JobAsync(app)}?lang={language}");
        app.Clock.MoveTo(app.Clock.GetUtcNow().AddYears(2));

        var late = await guest.SubmitAsync(form, Form, ("score", "1"), ("words", Api.Threat), ("phone", "054-1234567"));

        Assert.Equal((HttpStatusCode.Gone, Words.For(language)["ended.heading"]), (late.Status, late.Title));
        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
        var sent = await guest.SubmitAsync(late, Form);
        Assert.Equal((HttpStatusCode.OK, 1), (sent.Status, await app.CountRowsAsync("demo", "feedback-")));
    }

    [Fact]
    public async Task Opening_a_job_link_a_hundred_times_stores_nothing_and_submitting_spends_it()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await JobAsync(app);
        var rows = await app.CountRowsAsync("demo", "");
        for (var i = 0; i < 100; i++) Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(link)).Status);
        Assert.Equal(rows, await app.CountRowsAsync("demo", ""));
        var form = await guest.GetAsync(link);
        Assert.Contains("תיקון מזגן", form.Words, StringComparison.Ordinal);

        var first = await guest.SubmitAsync(form, Form, ("score", "2"), ("words", "חיכיתי שעתיים"));
        var again = await guest.SubmitAsync(form, Form, ("score", "2"), ("words", "חיכיתי שעתיים"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.Contains(Words.For("he")["answer.again"], again.Words, StringComparison.Ordinal);
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        var spent = await guest.GetAsync(link);
        Assert.Equal(Words.For("he")["spent.heading"], spent.Title);
        Assert.DoesNotContain("חיכיתי", spent.Text, StringComparison.Ordinal);
        Assert.Contains("/b/demo", spent.Page.QuerySelector("main a.button")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_submission_on_a_spent_link_keeps_the_words_and_can_be_sent_to_the_open_form()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await JobAsync(app);
        var (one, other) = (await guest.GetAsync(link), await guest.GetAsync(link));
        await guest.SubmitAsync(one, Form, ("score", "2"), ("words", "ראשון"));
        var late = await guest.SubmitAsync(other, Form, ("score", "1"), ("words", "שני & <b>"), ("call", "yes"), ("name", "דנה"), ("phone", "0541234567"), ("email", "dana@example.com"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        var kept = Fields(late);
        Assert.Equal(("1", "שני & <b>", "yes", "דנה", "0541234567", "dana@example.com"), (kept["score"], kept["words"], kept["call"], kept["name"], kept["phone"], kept["email"]));
        var sent = await guest.SubmitAsync(late, Form);
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.NotNull(sent.Page.QuerySelector(".promise"));
        Assert.Equal(2, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task The_same_form_sent_a_hundred_times_at_once_is_one_feedback()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var form = await guest.GetAsync(await JobAsync(app));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => guest.SubmitAsync(form, Form, ("score", "1"), ("words", Api.Threat))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
    }

    [Fact]
    public async Task Two_different_forms_of_one_job_at_once_are_one_feedback_and_one_spent_page()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await JobAsync(app);
        var forms = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => guest.GetAsync(link)));
        var answers = await Task.WhenAll(forms.Select((form, i) => guest.SubmitAsync(form, Form, ("score", "1"), ("words", $"מספר {i}"))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task A_job_link_is_over_after_sixty_days()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await JobAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(link)).Status);
    }

    [Theory]
    [InlineData("/f/demo.00000000000000000000000000000000")]
    [InlineData("/f/x")]
    [InlineData("/f/nobody.00000000000000000000000000000000")]
    [InlineData("/b/nobody")]
    [InlineData("/b/_businesses")]
    [InlineData("/b/DEMO")]
    [InlineData("/b/%0ademo")]
    [InlineData("/b/demo%2f..")]
    public async Task Unknown_links_look_alike_and_take_nothing(string url)
    {
        var app = shared.App;
        using var guest = app.NewGuest();
        var (opened, posted) = (await guest.GetAsync(url), await guest.PostAsync(url, ("words", "x"), ("score", "1")));
        // A link of a business that is there may have ended and been removed while somebody wrote: the words come back, and nothing is taken.
        var given = url.StartsWith("/f/demo.", StringComparison.Ordinal) ? HttpStatusCode.Gone : HttpStatusCode.NotFound;
        Assert.Equal((HttpStatusCode.NotFound, given), (opened.Status, posted.Status));
        Assert.Equal(Words.For("he")["not-found.heading"], opened.Title);
    }

    public static TheoryData<string, string, string, string, string> Wrong => new()
    {
        { "", "", "", "", "form.error.nothing" },
        { "9", "words", "", "", "form.error.score" },
        { "1", "words", "12", "", "form.error.phone" },
        { "1", "words", "", "nobody", "form.error.email" },
        { "1", new string('א', 10_001), "", "", "form.error.too-long" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_said_in_place_and_everything_typed_stays(string score, string text, string phone, string email, string error)
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        foreach (var language in new[] { "he", "en" })
        {
            var form = await guest.GetAsync($"/b/demo?lang={language}");
            var answer = await guest.SubmitAsync(form, Form, ("score", score), ("words", text), ("name", "דנה \"<b>'"), ("phone", phone), ("email", email));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal(language, answer.Page.DocumentElement.GetAttribute("lang"));
            Assert.Contains(Words.For(language)[error], answer.Words, StringComparison.Ordinal);
            var kept = Fields(answer);
            Assert.Equal((text, "דנה \"<b>'", phone, email), (kept["words"], kept["name"], kept["phone"], kept["email"]));
            Assert.Equal(Fields(form)["submission"], kept["submission"]);
        }

        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task A_call_that_is_asked_for_needs_somewhere_to_call()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var answer = await guest.SubmitAsync(await guest.GetAsync("/b/demo"), Form, ("words", "שלום"), ("call", "yes"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("yes", Fields(answer)["call"]);
    }

    [Fact]
    public async Task Line_breaks_of_a_browser_do_not_make_a_text_too_long()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        // A browser counts a line break once against maxlength and sends two characters for it.
        var text = string.Join("\r\n", Enumerable.Repeat(new string('א', 99), 100));
        Assert.Equal(9_999 + 99, text.Length);
        var answer = await guest.SubmitAsync(await guest.GetAsync("/b/demo"), Form, ("words", text));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_store_that_is_down_keeps_everything_typed_with_503()
    {
        await using var app = await TestApp.StartAsync(new() { ExpectsErrors = true });
        using var guest = app.NewGuest();
        foreach (var url in new[] { "/b/demo", await JobAsync(app) })
        {
            var form = await guest.GetAsync(url);
            app.Rows.CannotCommit = true;
            var down = await guest.SubmitAsync(form, Form, ("score", "1"), ("words", "\nשורה"), ("call", "yes"), ("name", "דנה"), ("phone", "0541234567"), ("email", "d@example.com"));
            app.Rows.CannotCommit = false;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, down.Status);
            Assert.NotNull(down.Response.Headers.RetryAfter);
            Assert.Contains(Words.For("he")["form.error.unavailable"], down.Words, StringComparison.Ordinal);
            var kept = Fields(down);
            Assert.Equal(("1", "\nשורה", "yes", "דנה", "0541234567", "d@example.com"), (kept["score"], kept["words"], kept["call"], kept["name"], kept["phone"], kept["email"]));
            var sent = await guest.SubmitAsync(down, Form);
            Assert.Equal(HttpStatusCode.OK, sent.Status);
        }

        Assert.Equal(2, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Theory]
    [InlineData("words=nobody+%00called&score=1")]
    public async Task Words_with_a_NUL_in_them_are_kept_without_it(string posted)
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await app.Client.PostAsync("/b/demo", new ByteArrayContent(Encoding.ASCII.GetBytes(posted)) { Headers = { { "Content-Type", "application/x-www-form-urlencoded" } } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var said = Assert.Single((await app.Get<ILists>().FeedbacksAsync("demo", 10, null, default)).Items);
        Assert.Equal("nobody called", said.Feedback.Text);
    }

    [Fact]
    public async Task Posts_that_no_browser_makes_get_a_clear_answer()
    {
        var app = shared.App;
        foreach (var (body, type, expected) in new (byte[], string, int[])[]
        {
            ("{}"u8.ToArray(), "application/json", [415]),
            ([], "", [415]),
            ("words=x"u8.ToArray(), "text/plain", [415]),
            ("words=%ff%fe%00&score=1"u8.ToArray(), "application/x-www-form-urlencoded", [200]),
            ("words=%E0%A4%A&score=%"u8.ToArray(), "application/x-www-form-urlencoded", [200, 400]),
            ("words=x"u8.ToArray(), "application/x-www-form-urlencoded; charset=nonsense", [200]),
            ("words=x&words=y&score=1&score=2&submission=a&submission=b"u8.ToArray(), "application/x-www-form-urlencoded", [200, 400]),
            (Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 3_000).Select(i => $"f{i}=1"))), "application/x-www-form-urlencoded", [400]),
            (Encoding.ASCII.GetBytes(new string('k', 5_000) + "=1"), "application/x-www-form-urlencoded", [400]),
            (Encoding.ASCII.GetBytes("words=" + new string('x', 600_000)), "application/x-www-form-urlencoded", [413]),
            ("--x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\nhello\r\n--x--\r\n"u8.ToArray(), "multipart/form-data; boundary=x", [200]),
            ("--x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\nhel"u8.ToArray(), "multipart/form-data; boundary=x", [400]),
            ("garbage"u8.ToArray(), "multipart/form-data; boundary=x", [400]),
            ("--x\r\nbroken\r\n\r\nhello\r\n--x--\r\n"u8.ToArray(), "multipart/form-data; boundary=x", [400]),
            ("x"u8.ToArray(), "multipart/form-data", [400]),
            ("x"u8.ToArray(), $"multipart/form-data; boundary={new string('b', 500)}", [400]),
        })
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await app.Client.PostAsync("/b/demo", content);
            Assert.True(expected.Contains((int)answer.StatusCode), $"{type} {Encoding.ASCII.GetString(body.AsSpan(0, Math.Min(40, body.Length)))}: {(int)answer.StatusCode}");
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_multipart_form_with_a_file_is_read_without_it()
    {
        var app = shared.App;
        using var content = new MultipartFormDataContent { { new StringContent("שלום"), "words" }, { new ByteArrayContent([1, 2, 3]), "words", "evil.exe" } };
        Assert.Equal(HttpStatusCode.OK, (await app.Client.PostAsync("/b/demo", content)).StatusCode);
    }

    [Theory]
    [InlineData("/b/demo/privacy")]
    [InlineData("/b/demo/accessibility")]
    public async Task The_notices_are_there_in_both_languages(string url)
    {
        var app = shared.App;
        using var guest = app.NewGuest();
        foreach (var language in new[] { "he", "en" })
        {
            var page = await guest.GetAsync($"{url}?lang={language}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(language, page.Page.DocumentElement.GetAttribute("lang"));
        }
    }

    [Fact]
    public async Task Everyone_gets_the_same_invitation_to_review()
    {
        var app = shared.App;
        using var guest = app.NewGuest();
        var blocks = new List<string>();
        foreach (var score in new[] { "1", "3", "5" })
        {
            var answer = await guest.SubmitAsync(await guest.GetAsync("/b/demo"), Form, ("score", score), ("words", score == "5" ? "מעולה, תודה" : Api.Threat));
            blocks.Add(answer.Page.QuerySelector("#review")!.OuterHtml);
        }

        Assert.Single(blocks.Distinct());
    }

    internal static async Task<string> JobAsync(TestApp app, string contact = """{"name":"דנה לוי","email":"dana@example.com","phone":"0541234567"}""")
    {
        var job = await Api.Of(app).PostAsync("/api/jobs", $$"""{"customer":{{contact}},"service":"תיקון מזגן"}""");
        Assert.Equal(201, job.Code);
        var link = new Uri(job.Json.GetProperty("link").GetString()!);
        Assert.Equal(app.Address, new Uri(link.GetLeftPart(UriPartial.Authority)));
        return link.AbsolutePath;
    }

    private static Dictionary<string, string> Fields(Answer answer) =>
        Guest.Filled(Assert.IsAssignableFrom<IHtmlFormElement>(answer.Page.QuerySelector(Form))).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
}
