using System.Net;
using System.Text;
using FeedbackFlow.App;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>Sign-in by a mailed link, and the pages behind it.</summary>
public class SignInTests
{
    private const string Ask = "form[action$='/manage/sign-in']";
    private const string Confirm = "form[action*='/manage/sign-in/']";
    private static readonly Words He = Words.For("he");

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_answer()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var known = await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), Ask, ("email", "Manager@Demo.example "));
        var unknown = await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), Ask, ("email", "nobody@demo.example"));
        Assert.Equal((HttpStatusCode.OK, known.Text), (unknown.Status, unknown.Text));
        Assert.Single(await app.LettersAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), Ask, ("email", "a@b.com\r\nBcc: c@d.com"))).Status);
    }

    /// <summary>Found by the fuzzer: the check of the token read the form a second time, as it had come.</summary>
    [Fact]
    public async Task A_NUL_in_a_form_is_left_out_wherever_the_form_is_read()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await LinkAsync(app, guest);
        using var without = await guest.Client.PostAsync(link, new StringContent("x=%00", Encoding.ASCII, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        var token = (await guest.GetAsync(link)).Page.QuerySelector("input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
        using var with = await guest.Client.PostAsync(link, new StringContent("x=a%00b&__RequestVerificationToken=" + Uri.EscapeDataString(token), Encoding.ASCII, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.Redirect, with.StatusCode);
    }

    [Fact]
    public async Task The_link_is_spent_by_the_button_and_once()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await LinkAsync(app, guest);
        for (var i = 0; i < 3; i++)
        {
            using var scanner = app.NewGuest();
            Assert.Equal(HttpStatusCode.OK, (await scanner.GetAsync(link)).Status);
            await scanner.Client.SendAsync(new(HttpMethod.Head, link));
            Assert.Equal(HttpStatusCode.Redirect, (await scanner.GetAsync("/manage")).Status);
        }

        var confirm = await guest.GetAsync(link);
        var entered = await guest.SubmitAsync(confirm, Confirm);
        Assert.Equal((HttpStatusCode.Redirect, "/manage"), (entered.Status, entered.Location));
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/manage")).Status);
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
        var cookie = entered.Response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("feedbackflow=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        using var other = app.NewGuest();
        var again = await other.SubmitAsync(await other.GetAsync(link), Confirm);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains(He["sign-in.expired"], again.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/manage")).Status);
    }

    [Fact]
    public async Task Where_people_come_by_https_the_cookie_goes_no_other_way()
    {
        await using var app = await TestApp.StartAsync(new() { PublicUrl = "https://feedback.example.com" });
        using var guest = app.NewGuest();
        await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), Ask, ("email", "manager@demo.example"));
        var letter = Assert.Single(await app.LettersAsync());
        var confirm = await guest.GetAsync(new Uri(letter.Link("/manage/sign-in/")).PathAndQuery);
        var entered = await guest.SubmitAsync(confirm, Confirm);
        var cookie = entered.Response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("feedbackflow=", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_customers_page_names_who_may_be_the_same_and_merges_nobody()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        await guest.SubmitAsync(await guest.GetAsync(await LinkAsync(app, guest)), Confirm);
        await Api.Of(app).RiskAsync("0541234567", "dana@home.example", "דנה");
        await Api.Of(app).RiskAsync("0529998877", "work@home.example", "דנה ל");
        var second = await Api.Of(app).RiskAsync("0529998877", "dana@home.example", "דנה ל");

        var task = await guest.GetAsync("/manage/tasks/" + second.TaskId);
        var customer = await guest.GetAsync(task.Page.QuerySelector("a[href^='/manage/customers/']")!.GetAttribute("href")!);
        Assert.Contains(He["customer.perhaps-same"], customer.Words, StringComparison.Ordinal);
        var other = await guest.GetAsync(customer.Page.QuerySelector(".note a[href^='/manage/customers/']")!.GetAttribute("href")!);
        Assert.Contains("054-123-4567", other.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(He["customer.perhaps-same"], other.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/manage/customers/" + new string('0', 32))).Status);
    }

    [Fact]
    public async Task Ten_browsers_at_once_spend_it_once()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await LinkAsync(app, guest);
        var page = await guest.GetAsync(link);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => guest.SubmitAsync(page, Confirm)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(14, HttpStatusCode.Redirect)]
    [InlineData(15, HttpStatusCode.BadRequest)]
    public async Task It_works_for_fifteen_minutes(int minutes, HttpStatusCode status)
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await LinkAsync(app, guest);
        app.Clock.Advance(TimeSpan.FromMinutes(minutes));
        Assert.Equal(status, (await guest.SubmitAsync(await guest.GetAsync(link), Confirm)).Status);
    }

    [Fact]
    public async Task One_address_gets_few_letters_and_the_page_says_nothing_of_it()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var answers = new List<Answer>();
        for (var i = 0; i < 9; i++) answers.Add(await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), Ask, ("email", "manager@demo.example")));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(5, (await app.LettersToAsync("manager@demo.example")).Count);
    }

    [Theory]
    [InlineData("/manage/outbox", "/manage/outbox")]
    [InlineData("/manage?status=closed", "/manage?status=closed")]
    [InlineData("https://evil.example/", "/manage")]
    [InlineData("//evil.example/", "/manage")]
    [InlineData("/\\evil.example", "/manage")]
    [InlineData("/manage/../../evil", "/manage/../../evil")]
    [InlineData("/manage\r\nX-Evil: 1", "/manage")]
    [InlineData("/manage/\u0001", "/manage")]
    [InlineData("/manage/tasks/שלום", "/manage")]
    [InlineData("/managed.evil.example", "/manage")]
    public async Task Afterwards_it_goes_only_to_our_own_pages(string to, string location)
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        await guest.GetAsync("/manage/sign-in?to=" + Uri.EscapeDataString(to));
        var entered = await guest.SubmitAsync(await guest.GetAsync(await LinkAsync(app, guest)), Confirm);
        Assert.Equal((HttpStatusCode.Redirect, location), (entered.Status, entered.Location));
    }

    [Fact]
    public async Task A_person_at_two_businesses_chooses_by_letter()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddBusinessAsync("acme", change: business => business with { People = [business.People[0] with { Email = "manager@demo.example" }, business.People[1]] });
        using var guest = app.NewGuest();
        await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), Ask, ("email", "manager@demo.example"));
        Assert.Equal(2, (await app.LettersToAsync("manager@demo.example")).Count);
    }

    [Fact]
    public async Task Every_post_behind_the_sign_in_needs_a_form_that_came_from_us()
    {
        await using var app = await TestApp.StartAsync();
        var task = (await Api.Of(app).RiskAsync(email: "dana@example.com")).TaskId!;
        using var manager = await app.SignInAsync("manager@demo.example");
        var before = (await Api.Of(app).GetAsync("/api/tasks")).Text;
        string[] acts = ["claim", "close", "no-answer", "hand-over", "apology", "reopen"];
        string[] doors = ["/manage/sign-in", "/manage/sign-in/demo.00000000000000000000000000000000", "/manage/sign-out", "/manage/outbox/0123456789abcdef0123456789abcdef/again", .. acts.Select(act => $"/manage/tasks/{task}/{act}")];
        foreach (var door in doors)
        {
            foreach (var token in new[] { "", "forged" })
            {
                var answer = await manager.PostAsync(door, ("__RequestVerificationToken", token), ("outcome", "saved"), ("reason-text", "x"), ("email", "manager@demo.example"));
                Assert.Equal((door, HttpStatusCode.BadRequest), (door, answer.Status));
            }
        }

        Assert.Equal(before, (await Api.Of(app).GetAsync("/api/tasks")).Text);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/manage")).Status);
    }

    [Fact]
    public async Task A_form_token_in_a_header_with_another_body_is_no_harm()
    {
        await using var app = await TestApp.StartAsync();
        var task = (await Api.Of(app).RiskAsync()).TaskId!;
        using var manager = await app.SignInAsync("manager@demo.example");
        var token = (await manager.GetAsync("/manage")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value");
        foreach (var url in new[] { "/manage/sign-in", $"/manage/tasks/{task}/close", $"/manage/tasks/{task}/claim", "/manage/sign-out" })
        {
            foreach (var (body, type) in new[] { ("{}", "application/json"), ("", ""), ("--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nhel", "multipart/form-data; boundary=x") })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body)) };
                if (type.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                request.Headers.TryAddWithoutValidation("RequestVerificationToken", token);
                var answer = await manager.Client.SendAsync(request);
                Assert.True((int)answer.StatusCode < 500, $"{url} {type}: {(int)answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_person_of_one_business_sees_nothing_of_another()
    {
        await using var app = await TestApp.StartAsync();
        var acme = new Api(app.Client, await app.AddBusinessAsync("acme"));
        var foreign = (await acme.RiskAsync("0549999999", name: "Secret Name", text: Api.EnglishThreat)).TaskId!;
        var own = (await Api.Of(app).RiskAsync()).TaskId!;
        using var manager = await app.SignInAsync("manager@demo.example");
        var page = await manager.GetAsync($"/manage/tasks/{own}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var unknown = await manager.GetAsync("/manage/tasks/0123456789abcdef0123456789abcdef");
        var other = await manager.GetAsync($"/manage/tasks/{foreign}");
        Assert.Equal((HttpStatusCode.NotFound, unknown.Text), (other.Status, other.Text));
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var act in new[] { "claim", "close", "no-answer", "hand-over", "apology", "reopen" })
            Assert.Equal(HttpStatusCode.NotFound, (await manager.PostAsync($"/manage/tasks/{foreign}/{act}", ("__RequestVerificationToken", token), ("outcome", "saved"), ("reason-text", "x"))).Status);
        Assert.Contains("\"status\":\"open\"", (await acme.GetAsync("/api/tasks")).Text, StringComparison.Ordinal);
        foreach (var url in new[] { "/manage", "/manage?status=closed", "/manage/outbox", "/status", $"/manage/tasks/{own}" })
            Assert.DoesNotContain("Secret", (await manager.GetAsync(url)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_task_page_does_everything_that_can_be_done()
    {
        await using var app = await TestApp.StartAsync();
        var id = (await Api.Of(app).RiskAsync()).TaskId!;
        using var manager = await app.SignInAsync("manager@demo.example");
        var url = $"/manage/tasks/{id}";
        async Task<Answer> ActAsync(string act, params (string, string)[] typed)
        {
            var answer = await manager.SubmitAsync(await manager.GetAsync(url), $"form[action$='/{act}']", typed);
            return answer.Location is { } location ? await manager.GetAsync(location) : answer;
        }

        Assert.Contains((await manager.GetAsync(url)).Page.QuerySelectorAll("mark"), mark => mark.TextContent.Contains("אספר לכל", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("claim")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("no-answer")).Status);
        var wrong = await ActAsync("close", ("gesture", "פרחים"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("פרחים", wrong.Page.QuerySelector("input[name=gesture]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync("close", ("outcome", "saved"), ("reason-text", new string('x', 501)))).Status);
        Assert.Contains("התקשרנו", (await ActAsync("close", ("outcome", "saved"), ("reason-text", "התקשרנו"), ("gesture", "פרחים"))).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync("reopen", ("reason-text", " "))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("reopen", ("reason-text", "שוב תקלה"))).Status);
        Assert.Contains(He["event.reopened"], (await manager.GetAsync(url)).Words, StringComparison.Ordinal);

        var left = await manager.SubmitAsync(await manager.GetAsync("/manage"), "form[action$='/sign-out']");
        Assert.Equal(HttpStatusCode.Redirect, left.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.GetAsync(url)).Status);
    }

    [Fact]
    public async Task Odd_addresses_behind_the_sign_in_are_not_found()
    {
        await using var app = await TestApp.StartAsync();
        using var manager = await app.SignInAsync("manager@demo.example");
        foreach (var url in new[] { "/manage/tasks/x", "/manage/tasks/%09" + new string('0', 32), "/manage/tasks/" + new string('g', 32), "/manage/nothing", "/manage/tasks/" + new string('0', 32) + "/claim" })
            Assert.True((await manager.GetAsync(url)).Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, url);
        foreach (var url in new[] { "/manage?next=AAAA", "/manage?next=!!!", "/manage/outbox?next=AAAA&done=../../x", "/manage?status=nonsense" })
            Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync(url)).Status);
    }

    [Fact]
    public async Task Without_sign_in_every_page_sends_to_it()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        foreach (var url in new[] { "/manage", "/manage/outbox", "/manage/tasks/0123456789abcdef0123456789abcdef", "/manage/tasks/שלום" })
        {
            var answer = await guest.GetAsync(url);
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
            Assert.StartsWith("/manage/sign-in?to=", answer.Location, StringComparison.Ordinal);
        }
    }

    private static async Task<string> LinkAsync(TestApp app, Guest guest)
    {
        await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), Ask, ("email", "manager@demo.example"));
        return (await app.LettersToAsync("manager@demo.example"))[^1].Link("/manage/sign-in/");
    }
}
