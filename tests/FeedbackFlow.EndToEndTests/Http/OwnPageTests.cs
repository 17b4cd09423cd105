using System.Net;
using FeedbackFlow.App;
using FeedbackFlow.Pipeline.Outbox;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The customer's own page: opening shows, pressing acts, and nobody sees or does what is somebody else's.</summary>
public class OwnPageTests
{
    private static readonly Words He = Words.For("he");

    [Fact]
    public async Task Opening_it_a_hundred_times_with_any_method_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var page = await PageAsync(app);
        var rows = await app.CountRowsAsync("demo", "");
        var before = (await Api.Of(app).GetAsync("/api/tasks")).Text;
        using var guest = app.NewGuest();
        for (var i = 0; i < 20; i++)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Put, HttpMethod.Delete })
                Assert.True((int)(await guest.Client.SendAsync(new(method, page))).StatusCode < 500);
        }

        foreach (var act in new[] { "nobody-called", "another-time", "write", "no-call", "solved", "not-solved" })
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await guest.GetAsync($"{page}/{act}")).Status);
        Assert.Equal(rows, await app.CountRowsAsync("demo", ""));
        Assert.Equal(before, (await Api.Of(app).GetAsync("/api/tasks")).Text);
    }

    [Fact]
    public async Task It_says_what_was_written_who_calls_and_by_when()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var page = await guest.GetAsync(await PageAsync(app));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("אספר לכל", page.Words, StringComparison.Ordinal);
        Assert.Contains("11:00", page.Words, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Null(page.Page.QuerySelector("form[action*='nobody-called']"));
        Assert.Equal("ltr", (await guest.GetAsync(await PageAsync(app) + "?lang=en")).Page.DocumentElement.GetAttribute("dir"));
    }

    [Fact]
    public async Task Another_time_is_chosen_from_what_is_offered()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var url = await PageAsync(app);
        var page = await guest.GetAsync(url + "?lang=en");
        var missing = await guest.SubmitAsync(page, "form[action*='another-time']");
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Contains(Words.For("en")["case.error.window"], missing.Words, StringComparison.Ordinal);
        foreach (var wrong in new[] { "soon", "2032-11-07T08:00:00Z", "9999-99-99", "0" })
        {
            var refused = await guest.PostAsync($"{url}/another-time", ("window", wrong));
            Assert.True(refused.Status is HttpStatusCode.BadRequest || refused.Location!.EndsWith("done=not-offered", StringComparison.Ordinal), $"{wrong}: {refused.Status} {refused.Location}");
        }

        var window = missing.Page.QuerySelectorAll("input[name=window]")[1].GetAttribute("value")!;
        var chosen = await guest.SubmitAsync(missing, "form[action*='another-time']", ("window", window));
        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
        var shown = await guest.GetAsync(chosen.Location!);
        Assert.Contains(Words.For("en")["case.done.another-time"], shown.Words, StringComparison.Ordinal);
        Assert.Contains("between", shown.Page.QuerySelector(".promise")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(await app.LettersToAsync("manager@demo.example"), letter => letter.Subject.Contains(He["reason.asks-for-other-time"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_called_after_the_time_goes_to_the_owner()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var url = await PageAsync(app);
        Assert.EndsWith("done=too-early", (await guest.PostAsync(url + "/nobody-called")).Location, StringComparison.Ordinal);
        await app.MoveToAsync(TestApp.Sunday.AddMinutes(61));
        var page = await guest.GetAsync(url);
        Assert.Contains(He["case.status.overdue"], page.Words, StringComparison.Ordinal);
        var pressed = await guest.SubmitAsync(page, "form[action*='nobody-called']");
        Assert.Contains(He["case.done.nobody-called"], (await guest.GetAsync(pressed.Location!)).Words, StringComparison.Ordinal);
        Assert.Contains(await app.LettersToAsync("owner@demo.example"), letter => letter.Subject.Contains(He["reason.nobody-called"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Three_days_after_closing_the_letters_link_asks_and_no_opens_the_matter_again()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var (api, opened) = (Api.Of(app), await Api.Of(app).RiskAsync(email: "dana@example.com"));
        await api.PostAsync($"/api/tasks/{opened.TaskId}/outcome", """{"outcome":"saved","reason":"called"}""");
        await app.AdvanceAsync(TimeSpan.FromDays(3.1));
        var question = Assert.Single(await app.LettersToAsync("dana@example.com"), letter => letter.Subject == He["check-back.subject"]);
        var page = await guest.GetAsync(question.Link("/p/"));
        var answered = await guest.SubmitAsync(page, "form[action*='not-solved']");
        Assert.Contains(He["case.done.not-solved"], (await guest.GetAsync(answered.Location!)).Words, StringComparison.Ordinal);
        var task = Assert.Single((await api.GetAsync("/api/tasks")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(opened.TaskId, task.GetProperty("taskId").GetString());
    }

    [Fact]
    public async Task Links_of_another_kind_foreign_or_over_show_nothing()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddBusinessAsync("acme");
        var url = await PageAsync(app);
        var token = url.Split("/p/")[1];
        var alert = (await app.LettersToAsync("manager@demo.example"))[0];
        var claim = new Uri(alert.Tap(He["action.claim.tap"])).AbsolutePath["/a/".Length..];
        using var guest = app.NewGuest();
        var pages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var wrong in new[] { claim, "acme." + token.Split('.')[1], token[..^1] + (token[^1] == '0' ? '1' : '0'), token.ToUpperInvariant(), "demo.", "x" })
        {
            foreach (var answer in new[] { await guest.GetAsync("/p/" + wrong), await guest.PostAsync($"/p/{wrong}/no-call") })
            {
                Assert.Equal((wrong, HttpStatusCode.NotFound), (wrong, answer.Status));
                pages.Add(answer.Words);
            }
        }

        Assert.Single(pages);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/a/" + token)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.PostAsync(url + "/nothing")).Status);
        app.Clock.Advance(Link.CustomerPageLife);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(url)).Status);
    }

    [Fact]
    public async Task Two_who_share_a_phone_see_only_their_own_words()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        await api.RiskAsync(email: "dana@example.com");
        await api.FeedbackAsync(new { text = "הסוד של מישהו אחר, אני עוזב אתכם", customer = new { name = "יוסי", phone = "0541234567", email = "yossi@example.com" } });
        using var guest = app.NewGuest();
        var page = await guest.GetAsync((await app.LettersToAsync("dana@example.com"))[0].Link("/p/"));
        Assert.Contains("אספר לכל", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("הסוד", page.Text, StringComparison.Ordinal);
    }

    /// <summary>The address of the page of a customer whose task was just opened.</summary>
    private static async Task<string> PageAsync(TestApp app)
    {
        await Api.Of(app).RiskAsync(email: "dana@example.com");
        return new Uri((await app.LettersToAsync("dana@example.com"))[0].Link("/p/")).AbsolutePath;
    }
}
