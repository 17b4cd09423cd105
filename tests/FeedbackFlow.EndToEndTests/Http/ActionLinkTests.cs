using System.Net;
using FeedbackFlow.App;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary><c>/a/{token}</c>: opening shows, the button acts.</summary>
public class ActionLinkTests
{
    private static readonly Words He = Words.For("he");

    [Fact]
    public async Task Opening_every_link_of_an_alert_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var (_, alert) = await AlertAsync(app);
        var rows = await app.CountRowsAsync("demo", "");
        var before = (await Api.Of(app).GetAsync("/api/tasks")).Text;
        using var guest = app.NewGuest();
        var links = alert.Links.Select(link => link.Address).Where(link => link.StartsWith("http", StringComparison.Ordinal) && link.Contains("/a/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Equal(5, links.Count);
        foreach (var link in links)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Put, HttpMethod.Delete })
            {
                var answer = await guest.Client.SendAsync(new(method, link));
                Assert.True((int)answer.StatusCode < 500);
            }

            var page = await guest.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Single(page.Page.QuerySelectorAll("main button"));
            Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        }

        Assert.Equal(rows, await app.CountRowsAsync("demo", ""));
        Assert.Equal(before, (await Api.Of(app).GetAsync("/api/tasks")).Text);
    }

    [Fact]
    public async Task The_button_acts_and_pressing_again_says_so()
    {
        await using var app = await TestApp.StartAsync();
        var (id, alert) = await AlertAsync(app);
        using var guest = app.NewGuest();
        var claim = alert.Tap(He["action.claim.tap"]);
        var done = await guest.SubmitAsync(await guest.GetAsync(claim), "main form");
        Assert.Equal(He["done.claimed"], done.Title);
        Assert.Contains("\"status\":\"claimed\"", (await Api.Of(app).GetAsync("/api/tasks")).Text, StringComparison.Ordinal);
        Assert.Equal(He["done.already-done"], (await guest.PostAsync(claim)).Title);

        var saved = alert.Tap(He["action.reached-saved.tap"]);
        var missing = await guest.SubmitAsync(await guest.GetAsync(saved), "main form", ("gesture", "ביקור חינם"));
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Contains(He["action.error.reason"], missing.Words, StringComparison.Ordinal);
        Assert.Equal("ביקור חינם", missing.Page.QuerySelector("input[name=gesture]")!.GetAttribute("value"));
        var closed = await guest.SubmitAsync(missing, "main form", ("reason", "solved"), ("reason-text", "הוחלף מנוע"));
        Assert.Equal(He["done.saved"], closed.Title);
        var task = Assert.Single((await Api.Of(app).GetAsync("/api/tasks?status=closed")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal((id, "kept"), (task.GetProperty("taskId").GetString(), task.GetProperty("promise").GetString()));
        Assert.Equal("התקלה נפתרה: הוחלף מנוע", task.GetProperty("outcome").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_closed_task_stays_closed_whatever_is_pressed()
    {
        await using var app = await TestApp.StartAsync();
        var (id, alert) = await AlertAsync(app);
        await Api.Of(app).PostAsync($"/api/tasks/{id}/outcome", """{"outcome":"saved","reason":"called"}""");
        var before = (await Api.Of(app).GetAsync("/api/tasks?status=closed")).Text;
        using var guest = app.NewGuest();
        foreach (var (_, link) in alert.Links.Where(link => link.Address.Contains("/a/", StringComparison.Ordinal)))
        {
            var opened = await guest.GetAsync(link);
            Assert.Equal(He["done.task-closed"], opened.Title);
            Assert.Null(opened.Page.QuerySelector("main button"));
            var pressed = await guest.PostAsync(link, ("reason", "solved"), ("person", "x"));
            Assert.True((int)pressed.Status < 500);
        }

        Assert.Equal(before, (await Api.Of(app).GetAsync("/api/tasks?status=closed")).Text);
    }

    [Fact]
    public async Task No_answer_and_hand_over_do_what_they_say()
    {
        await using var app = await TestApp.StartAsync();
        var (_, alert) = await AlertAsync(app);
        using var guest = app.NewGuest();
        Assert.Equal(He["done.no-answer"], (await guest.SubmitAsync(await guest.GetAsync(alert.Tap(He["action.no-answer.tap"])), "main form")).Title);
        var page = await guest.GetAsync(alert.Tap(He["action.hand-over.tap"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.SubmitAsync(page, "main form")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.SubmitAsync(page, "main form", ("person", "nobody"))).Status);
        var owner = page.Page.QuerySelector("input[name=person]")!.GetAttribute("value")!;
        Assert.Equal(He["done.handed-over"], (await guest.SubmitAsync(page, "main form", ("person", owner))).Title);
        Assert.Contains("רות לוי", (await Api.Of(app).GetAsync("/api/tasks")).Text, StringComparison.Ordinal);
        Assert.NotEmpty(await app.LettersToAsync("owner@demo.example"));
    }

    [Fact]
    public async Task Links_that_are_changed_foreign_or_for_something_else_are_refused_alike()
    {
        await using var app = await TestApp.StartAsync();
        var acme = new Api(app.Client, await app.AddBusinessAsync("acme"));
        var (_, alert) = await AlertAsync(app);
        var job = new Uri((await Api.Of(app).PostAsync("/api/jobs", """{"service":"x"}""")).Json.GetProperty("link").GetString()!).AbsolutePath;
        using var guest = app.NewGuest();
        await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in"), "form[action$='/manage/sign-in']", ("email", "owner@demo.example"));
        var signIn = (await app.LettersToAsync("owner@demo.example"))[^1].Link("/manage/sign-in/");
        var token = new Uri(alert.Tap(He["action.claim.tap"])).AbsolutePath["/a/".Length..];
        var secret = token.Split('.')[1];
        string[] forged =
        [
            "demo." + (secret[0] == '0' ? '1' : '0') + secret[1..], "acme." + secret, "demo." + secret.ToUpperInvariant(), token + "0", token[..^1], secret, "demo.", ".",
            job["/f/".Length..], new Uri(signIn).AbsolutePath["/manage/sign-in/".Length..], "demo.." + secret, "demo%2e" + secret + "%20", "%0a" + token, token + "%00x".Replace("%00", "%01", StringComparison.Ordinal),
        ];
        var before = (await Api.Of(app).GetAsync("/api/tasks")).Text;
        var pages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var wrong in forged)
        {
            if (wrong.Equals("demo%2e" + secret, StringComparison.Ordinal)) continue;
            foreach (var answer in new[] { await guest.GetAsync("/a/" + wrong), await guest.PostAsync("/a/" + wrong, ("reason", "solved")) })
            {
                Assert.Equal((wrong, HttpStatusCode.NotFound), (wrong, answer.Status));
                pages.Add(answer.Words);
            }
        }

        Assert.Single(pages);
        Assert.Equal(before, (await Api.Of(app).GetAsync("/api/tasks")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/f/" + token)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.SubmitAsync(await guest.GetAsync("/manage/sign-in/" + token), "form[action*='/manage/sign-in/']")).Status);
        Assert.Empty((await acme.GetAsync("/api/tasks")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_link_that_is_over_acts_no_more_and_tells_nothing_of_the_customer()
    {
        await using var app = await TestApp.StartAsync();
        var (_, alert) = await AlertAsync(app);
        app.Clock.Advance(Link.ActionLife);
        var before = (await Api.Of(app).GetAsync("/api/tasks")).Text;
        using var guest = app.NewGuest();
        foreach (var answer in new[] { await guest.GetAsync(alert.Tap(He["action.claim.tap"])), await guest.PostAsync(alert.Tap(He["action.claim.tap"])) })
        {
            Assert.Equal(He["done.link-expired"], answer.Title);
            Assert.Null(answer.Page.QuerySelector("main button"));
            Assert.DoesNotContain("דנה", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("541234567", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await Api.Of(app).GetAsync("/api/tasks")).Text);
    }

    [Fact]
    public async Task Somebody_who_left_the_business_acts_no_more()
    {
        await using var app = await TestApp.StartAsync();
        var (_, alert) = await AlertAsync(app);
        var business = (await app.Get<ILookups>().BusinessAsync("demo", CancellationToken.None))!;
        await app.Get<ICommits>().CommitAsync(new Commit("demo") { Settings = business.To(business.Value with { People = [business.Value.People[1]] }) }, CancellationToken.None);
        using var guest = app.NewGuest();
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(alert.Tap(He["action.claim.tap"]))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.PostAsync(alert.Tap(He["action.claim.tap"]))).Status);
    }

    [Fact]
    public async Task A_hundred_presses_at_once_act_once()
    {
        await using var app = await TestApp.StartAsync();
        var (_, alert) = await AlertAsync(app);
        using var guest = app.NewGuest();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => guest.PostAsync(alert.Tap(He["action.reached-saved.tap"]), ("reason", "solved"))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(answers, answer => answer.Title == He["done.saved"]);
        Assert.Equal(1, await app.CountRowsAsync("demo", "closed-"));
    }

    [Fact]
    public async Task Bodies_that_are_no_form_are_no_harm()
    {
        await using var app = await TestApp.StartAsync();
        var (_, alert) = await AlertAsync(app);
        foreach (var (body, type) in new[] { ("{}", "application/json"), ("--x\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\nhel", "multipart/form-data; boundary=x"), (new string('x', 600_000), "application/x-www-form-urlencoded") })
        {
            using var content = new StringContent(body);
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await app.Client.PostAsync(alert.Tap(He["action.reached-saved.tap"]), content);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        Assert.Equal(0, await app.CountRowsAsync("demo", "closed-"));
    }

    internal static async Task<(string Task, Eml Alert)> AlertAsync(TestApp app)
    {
        var answer = await Api.Of(app).RiskAsync();
        return (answer.TaskId!, Assert.Single(await app.LettersToAsync("manager@demo.example")));
    }
}
