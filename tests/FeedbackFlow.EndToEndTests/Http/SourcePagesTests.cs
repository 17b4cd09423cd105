using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>A manager connects a source without help: makes it, tests it, changes its secret, sees why something was refused.</summary>
public class SourcePagesTests
{
    private const string Manager = "manager@demo.example";

    [Fact]
    public async Task A_secret_is_shown_once_and_works_at_once()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        var added = await guest.SubmitAsync(await guest.GetAsync("/manage/sources"), "form[action='/manage/sources']", ("format", "standard-webhooks"), ("name", ""));
        Assert.Equal(HttpStatusCode.OK, added.Status);
        var secret = Regex.Match(added.Words, "whsec_[A-Za-z0-9+/=]{40,}").Value;
        Assert.Contains("/hooks/demo/standard-webhooks", added.Text, StringComparison.Ordinal);

        const string body = """{"type":"feedback.received","data":{"text":"אני עוזבת ואספר לכולם","score":1}}""";
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, body, secret)).Status);
        Assert.Equal("mismatch", (await SendAsync(app, body, new StandardProof().NewSecret())).Json.GetProperty("reason").GetString());

        var page = await guest.GetAsync("/manage/sources/standard-webhooks");
        Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
        Assert.Contains("החתימה אינה מתאימה לתוכן", page.Text, StringComparison.Ordinal);
        Assert.Contains("התקבל משוב", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_secret_is_changed_the_old_one_works_for_two_days()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        var added = await guest.SubmitAsync(await guest.GetAsync("/manage/sources"), "form[action='/manage/sources']", ("format", "standard-webhooks"));
        var old = Regex.Match(added.Words, "whsec_[A-Za-z0-9+/=]{40,}").Value;
        app.Clock.Advance(TimeSpan.FromHours(1));
        var wrong = await guest.SubmitAsync(await guest.GetAsync("/manage/sources/standard-webhooks"), "form[action$='/secret']", ("secret", "too short"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        var changed = await guest.SubmitAsync(await guest.GetAsync("/manage/sources/standard-webhooks"), "form[action$='/secret']");
        var fresh = Regex.Match(changed.Words, "whsec_[A-Za-z0-9+/=]{40,}").Value;
        Assert.NotEqual(old, fresh);

        const string body = """{"type":"invoice.paid","data":{}}""";
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, body, old)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, body, fresh)).Status);
        app.Clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app, body, old)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, body, fresh)).Status);

        var ended = await guest.SubmitAsync(await guest.GetAsync("/manage/sources/standard-webhooks"), "form[action$='/end-secret']");
        Assert.Equal(HttpStatusCode.OK, ended.Status);
        Assert.Equal("missing-secret", (await SendAsync(app, body, fresh)).Json.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_test_button_goes_through_the_door_for_every_format_and_stores_no_feedback()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        foreach (var format in FormatTable.All.Where(format => format.Proof.HasSecrets))
        {
            await guest.SubmitAsync(await guest.GetAsync("/manage/sources"), "form[action='/manage/sources']", ("format", format.Name), ("name", format.Name));
            var tested = await guest.SubmitAsync(await guest.GetAsync("/manage/sources/" + format.Name), "form[action$='/test']");
            Assert.Contains("הכול תקין", tested.Text, StringComparison.Ordinal);
            Assert.Equal(ReceiptResult.Tested, Assert.Single((await app.Get<ILists>().ReceiptsAsync("demo", format.Name, 10, null, CancellationToken.None)).Items).Result);
        }

        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Equal(0, await app.CountRowsAsync("demo", "task-"));
    }

    [Fact]
    public async Task A_mapping_is_tried_on_a_pasted_sample_before_it_is_saved()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        await guest.SubmitAsync(await guest.GetAsync("/manage/sources"), "form[action='/manage/sources']", ("format", "json"), ("name", "cashier"));
        var page = await guest.GetAsync("/manage/sources/cashier");
        const string sample = """{"note":"לא חזרו אליי שבוע","stars":"2","tel":"0501234567"}""";
        (string, string)[] typed = [("at-text", "/note"), ("at-score", "/stars"), ("at-phone", "/tel"), ("scale", "stars"), ("sample", sample)];
        var wrong = await guest.SubmitAsync(page, "form[action$='/mapping']", [.. typed[1..], ("at-text", "note")]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);

        var form = Assert.IsAssignableFrom<AngleSharp.Html.Dom.IHtmlFormElement>(page.Page.QuerySelector("form[action$='/mapping']"));
        var preview = await guest.PostAsync("/manage/sources/cashier/preview", Guest.Filled(form, typed));
        Assert.Contains("לא חזרו אליי שבוע", preview.Text, StringComparison.Ordinal);
        Assert.Contains("+972501234567", preview.Text.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Null((await app.Get<ILookups>().BusinessAsync("demo", CancellationToken.None))!.Value.FindSource("cashier")!.Mapping);

        await guest.SubmitAsync(page, "form[action$='/mapping']", typed);
        var saved = (await app.Get<ILookups>().BusinessAsync("demo", CancellationToken.None))!.Value.FindSource("cashier")!;
        Assert.Equal(("/note", "stars"), (saved.Mapping!.Text, saved.Scale));
    }

    [Fact]
    public async Task Pushes_are_accepted_only_after_all_three_details_are_set()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        await guest.SubmitAsync(await guest.GetAsync("/manage/sources"), "form[action='/manage/sources']", ("format", "google"));
        var page = await guest.GetAsync("/manage/sources/google");
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.SubmitAsync(page, "form[action$='/push']", ("audience", "https://x.example"))).Status);
        (string, string)[] typed = [("audience", "https://x.example"), ("email", "p@x.example"), ("subscription", "projects/p/subscriptions/s"), ("client-id", "c"), ("client-secret", "very-hidden"), ("refresh-token", "very-hidden-too")];
        var saved = await guest.SubmitAsync(page, "form[action$='/push']", typed);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.DoesNotContain("very-hidden", saved.Text, StringComparison.Ordinal);
        Assert.True((await app.Get<ILookups>().BusinessAsync("demo", CancellationToken.None))!.Value.FindSource("google")!.Push!.CanFetch);
    }

    [Fact]
    public async Task Sources_are_set_up_by_managers_and_only_for_their_own_business()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddBusinessAsync("cool", change: business => business with { People = [business.People[0] with { Role = PersonRole.Backup }, business.People[1]] });
        Assert.Equal(HttpStatusCode.Redirect, (await app.NewGuest().GetAsync("/manage/sources")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAsync("manager@cool.example")).GetAsync("/manage/sources")).Status);
        var owner = await app.SignInAsync("owner@cool.example");
        await owner.SubmitAsync(await owner.GetAsync("/manage/sources"), "form[action='/manage/sources']", ("format", "tally"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAsync(Manager)).GetAsync("/manage/sources/tally")).Status);
        var removed = await owner.SubmitAsync(await owner.GetAsync("/manage/sources/tally"), "form[action$='/remove']");
        Assert.Equal(HttpStatusCode.Redirect, removed.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await new Api(app.Client, null).PostAsync("/hooks/cool/tally", "{}")).Status);
    }

    private static async Task<ApiAnswer> SendAsync(TestApp app, string body, string secret)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var bytes = Encoding.UTF8.GetBytes(body);
        var signed = new StandardProof().Sign(bytes, secret, "msg_" + Guid.NewGuid().ToString("N"), app.Now);
        return await new Api(app.Client, null).SendAsync(
            HttpMethod.Post, "/hooks/demo/standard-webhooks", new StringContent(body, Encoding.UTF8, "application/json"), null, [.. signed.Select(header => (header.Key, header.Value))]);
    }
}
