using System.Net;
using System.Text.Json;
using FeedbackFlow.App;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The owner says on the person's page how alerts come and when not; they come so, by real calls to services on this machine.</summary>
public class WaysTests
{
    private const string Save = "form[action$='/way']";
    private const string Messages = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json";
    private static readonly Words He = Words.For("he");

    [Fact]
    public async Task Slack_refuses_ntfy_gets_the_alert_and_one_tap_claims_it()
    {
        await using var chats = await ChatServer.StartAsync();
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        var url = await PageOfAsync(app);
        await AddAsync(owner, url, "slack", chats.Address + "/services/T0/B0/very-secret");
        await AddAsync(owner, url, "ntfy", chats.Address + "/alerts-9f86");
        chats.Answers["/services/T0/B0/very-secret"] = (404, "no_service");

        var risk = await Api.Of(app).RiskAsync();
        await app.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(["/services/T0/B0/very-secret", "/"], chats.Got.Select(got => got.Path));
        var message = JsonDocument.Parse(chats.Got.Last().Body).RootElement;
        Assert.Equal("alerts-9f86", message.GetProperty("topic").GetString());
        Assert.Contains("דנה לוי", message.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0541234567", message.ToString(), StringComparison.Ordinal);
        Assert.Empty(await app.LettersToAsync("manager@demo.example"));

        using var manager = app.NewGuest();
        var page = await manager.GetAsync(new Uri(message.GetProperty("click").GetString()!).AbsolutePath);
        Assert.Equal(He["done.claimed"], (await manager.SubmitAsync(page, "main form")).Title);
        Assert.Equal("claimed", (await Api.Of(app).GetAsync("/api/tasks")).Json.GetProperty("items")[0].GetProperty("status").GetString());
        Assert.Contains(He.Say("event.by.after", ("way", "ntfy"), ("others", "Slack")), (await owner.GetAsync($"/manage/tasks/{risk.TaskId}")).Words, StringComparison.Ordinal);

        // The address is a secret: it stands on no page and in no line of the log.
        Assert.DoesNotContain("very-secret", (await owner.GetAsync(url)).Text + (await owner.GetAsync("/manage/settings")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => $"{line.Message} {line.Failure}".Contains("very-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_sms_is_a_way_where_there_is_an_account_and_mail_is_the_last()
    {
        await using var chats = await ChatServer.StartAsync();
        await using var app = await TestApp.StartAsync(new()
        {
            Args = ["--Texts:Account", "AC00000000000000000000000000000000", "--Texts:Secret", "s", "--Texts:From", "+14155550100", "--Texts:Endpoint", chats.Address],
        });
        using var owner = await app.SignInAsync("owner@demo.example");
        await AddAsync(owner, await PageOfAsync(app), "sms", "+972 54 111 2233");
        chats.Answers[Messages] = (201, """{"sid":"SM1","status":"queued"}""");
        await Api.Of(app).RiskAsync();
        await app.AdvanceAsync(TimeSpan.FromSeconds(2));
        var sent = WebUtility.UrlDecode(Assert.Single(chats.Got, got => got.Path == Messages).Body);
        Assert.Contains("To=+972541112233", sent, StringComparison.Ordinal);
        Assert.Contains("/a/demo.", sent, StringComparison.Ordinal);

        chats.Answers[Messages] = (400, """{"code":21610,"status":400}""");
        await Api.Of(app).RiskAsync("0529998877");
        await app.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
    }

    [Fact]
    public async Task A_trial_says_at_once_what_came_of_it_and_how_to_mend_it()
    {
        await using var chats = await ChatServer.StartAsync();
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        var url = await PageOfAsync(app);
        await AddAsync(owner, url, "teams", chats.Address + "/workflows/x");
        chats.Answers["/workflows/x"] = (202, "");
        var page = await owner.GetAsync(url);
        var sent = await owner.SubmitAsync(page, "#way-teams form[action$='/try']");
        Assert.Contains(He.Say("person.try.sent", ("way", "Teams")), sent.Words, StringComparison.Ordinal);
        Assert.Contains("AdaptiveCard", Assert.Single(chats.Got).Body, StringComparison.Ordinal);

        foreach (var (status, failure) in new[] { (404, "gone"), (401, "not-allowed"), (302, "moved"), (400, "not-understood"), (429, "busy"), (500, "down") })
        {
            chats.Answers["/workflows/x"] = (status, "");
            var refused = await owner.SubmitAsync(page, "#way-teams form[action$='/try']");
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Equal(He.Say("person.try.failed", ("way", "Teams"), ("why", He["way.failure." + failure])), refused.Page.QuerySelector(".summary a[href='#way-teams']")!.TextContent.Trim());
        }

        Assert.Equal(HttpStatusCode.OK, (await owner.SubmitAsync(page, "#way-mail form[action$='/try']")).Status);
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
    }

    [Fact]
    public async Task The_order_the_marks_and_the_quiet_hours_are_set_by_the_owner_alone()
    {
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        var url = await PageOfAsync(app);
        await AddAsync(owner, url, "slack", "https://hooks.example/x");
        await AddAsync(owner, url, "ntfy", "https://ntfy.example/topic");
        await owner.SubmitAsync(await owner.GetAsync(url), "#way-mail form[action$='/sooner']");
        await owner.SubmitAsync(await owner.GetAsync(url), "#way-slack form[action$='/marks']");
        await owner.SubmitAsync(await owner.GetAsync(url), "form[action$='/quiet']", ("from", "21:00"), ("until", "7:00"));
        var person = await ManagerAsync(app);
        Assert.Equal("Slack+ Mail Ntfy 21:00-07:00", $"{string.Join(' ', person.WaysInOrder.Select(way => way.Kind + (way.InQuietHours ? "+" : "")))} {person.Quiet!.Written}");

        await AddAsync(owner, url, "slack", "https://hooks.example/y");
        await owner.SubmitAsync(await owner.GetAsync(url), "#way-ntfy form[action$='/remove']");
        await owner.SubmitAsync(await owner.GetAsync(url), "form[action$='/quiet']", ("from", ""), ("until", ""));
        person = await ManagerAsync(app);
        Assert.Equal(["https://hooks.example/y", ""], person.Ways.Select(way => way.Address));
        Assert.Null(person.Quiet);

        using var manager = await app.SignInAsync("manager@demo.example");
        var seen = await manager.GetAsync(url);
        Assert.Empty(seen.Page.QuerySelectorAll($"{Save}, form[action$='/try']"));
        var token = (await manager.GetAsync("/manage/note")).Page.QuerySelector("main input[type=hidden]")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.PostAsync(url + "/remove", (token.GetAttribute("name")!, token.GetAttribute("value")!), ("kind", "slack"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(url + "/remove", ("kind", "slack"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/manage/settings/people/nobody")).Status);
    }

    [Theory]
    [InlineData("slack", "http://hooks.slack.com/x", "person.error.not-https")]
    [InlineData("slack", "", "person.error.not-https")]
    [InlineData("teams", "https://10.0.0.7/x", "person.error.private")]
    [InlineData("teams", "https://localhost/x", "person.error.private")]
    [InlineData("slack", "https://[::1]/x", "person.error.private")]
    [InlineData("ntfy", "https://ntfy.sh/", "person.error.no-topic")]
    [InlineData("sms", "+972541112233", "person.error.no-account")]
    public async Task In_Production_what_cannot_be_an_address_is_said_at_its_field(string kind, string address, string error)
    {
        await using var app = await TestApp.StartAsync(new() { Environment = "Production", Args = ["--PublicUrl", "http://127.0.0.1:{port}"] });
        await app.AddBusinessAsync("north");
        using var owner = await app.SignInAsync("owner@north.example");
        var refused = await owner.SubmitAsync(await owner.GetAsync(await PageOfAsync(app, "north")), Save, ("kind", kind), ("address", address));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(Words.For("en")[error], refused.Page.QuerySelector("#address-error")!.TextContent.Trim());
        Assert.Empty((await ManagerAsync(app, "north")).Ways);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_where_it_is_connected_to()
    {
        await using var app = await TestApp.StartAsync(new() { Environment = "Production", Args = ["--PublicUrl", "http://127.0.0.1:{port}"] });
        await app.AddBusinessAsync("north", change: business => business with { People = [business.People[0] with { Ways = [new(WayKind.Slack, "https://localhost/x")] }, business.People[1]] });
        using var owner = await app.SignInAsync("owner@north.example");
        var refused = await owner.SubmitAsync(await owner.GetAsync(await PageOfAsync(app, "north")), "#way-slack form[action$='/try']");
        Assert.Contains(Words.For("en")["way.failure.private"], refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_waits_for_the_end_of_quiet_hours_and_goes_by_the_way_that_is_marked()
    {
        await using var chats = await ChatServer.StartAsync();
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        var url = await PageOfAsync(app);
        // Sunday at ten, the promise is due at eleven, half of it is gone at half past ten.
        await Api.Of(app).RiskAsync();
        await owner.SubmitAsync(await owner.GetAsync(url), "form[action$='/quiet']", ("from", "10:20"), ("until", "10:45"));
        await app.MoveToAsync(app.Now.AddMinutes(44));
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
        await app.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await app.LettersToAsync("manager@demo.example")).Count);

        await owner.SubmitAsync(await owner.GetAsync(url), "form[action$='/quiet']", ("from", "10:46"), ("until", "12:00"));
        await AddAsync(owner, url, "slack", chats.Address + "/hook", ("in-quiet-hours", "yes"));
        await app.AdvanceAsync(TimeSpan.FromMinutes(4));
        Assert.Equal("/hook", Assert.Single(chats.Got).Path);
    }

    private static async Task AddAsync(Guest owner, string url, string kind, string address, params (string, string)[] more)
    {
        var saved = await owner.SubmitAsync(await owner.GetAsync(url), Save, [("kind", kind), ("address", address), .. more]);
        Assert.Equal(url + "?done=saved", saved.Location);
    }

    private static async Task<string> PageOfAsync(TestApp app, string business = "demo") => "/manage/settings/people/" + (await ManagerAsync(app, business)).Id;

    private static async Task<Person> ManagerAsync(TestApp app, string business = "demo") =>
        (await app.Get<ILookups>().BusinessAsync(business, CancellationToken.None))!.Value.People.First(person => person.Role == PersonRole.Manager);
}
