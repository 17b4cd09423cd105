using System.Net;
using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.Pipeline;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>What nobody's system sends: a phone call, a fax, a mail, a review that somebody found.</summary>
public class StaffNoteTests
{
    private const string Manager = "manager@demo.example";
    private const string Threat = "אם עד מחר לא יחזרו אליי אני עוזבת ואספר לכולם";

    [Theory]
    [InlineData("phoned", "phone")]
    [InlineData("wrote", "mail")]
    [InlineData("came-in", "phone")]
    [InlineData("faxed", "letter")]
    public async Task What_was_said_elsewhere_becomes_a_task_with_who_noted_it(string way, string channel)
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        var noted = await guest.SubmitAsync(await guest.GetAsync("/manage/note"), "form[action='/manage/note']", ("how", way), ("words", Threat), ("name", "דנה"), ("phone", "050-1234567"));
        Assert.Equal(HttpStatusCode.Redirect, noted.Status);
        var page = await guest.GetAsync(noted.Location!);
        Assert.Contains(Threat, page.Words, StringComparison.Ordinal);
        Assert.Contains("יוסי כהן", page.Words, StringComparison.Ordinal);
        Assert.Contains(App.Words.For("he")["channel." + channel], page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_review_gets_a_draft_of_a_public_reply_and_pasting_its_new_state_joins_its_task()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        (string, string)[] review = [("how", "review"), ("words", Threat), ("score", "1"), ("url", "https://maps.example/review/7")];
        var first = await guest.SubmitAsync(await guest.GetAsync("/manage/note"), "form[action='/manage/note']", review);
        var page = await guest.GetAsync(first.Location!);
        Assert.Contains("תודה שכתבת לנו", page.Words, StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("a[href='https://maps.example/review/7']"));
        review[1] = ("words", Threat + " ושוב");
        var second = await guest.SubmitAsync(await guest.GetAsync("/manage/note"), "form[action='/manage/note']", review);
        Assert.Equal(first.Location, second.Location);
        Assert.Equal(1, await app.CountRowsAsync("demo", "task-"));
    }

    [Fact]
    public async Task Only_a_person_says_which_known_customer_wrote_a_review()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        await Api.Of(app).FeedbackAsync(new { text = "תודה רבה, היה מצוין", rating = new { scale = "stars", value = 5 }, customer = new { name = "דנה לוי", phone = "0541234567", email = "dana@customers.example" } });
        var noted = await guest.SubmitAsync(await guest.GetAsync("/manage/note"), "form[action='/manage/note']", ("how", "review"), ("words", Threat), ("name", "D.L."));
        var page = await guest.GetAsync(noted.Location!);
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.SubmitAsync(page, "form[action$='/match']", ("match-contact", "0521111111"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await guest.SubmitAsync(page, "form[action$='/match']", ("match-contact", "somebody"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await guest.SubmitAsync(page, "form[action$='/match']", ("match-contact", "054-123-4567"))).Status);
        var matched = await guest.GetAsync(noted.Location!);
        Assert.Contains("דנה לוי", matched.Words, StringComparison.Ordinal);
        Assert.Null(matched.Page.QuerySelector("form[action$='/match']"));
        Assert.Equal(2, await app.CountRowsAsync("demo", "history-"));

        var second = await guest.SubmitAsync(await guest.GetAsync("/manage/note"), "form[action='/manage/note']", ("how", "review"), ("words", Threat + "!"), ("name", "D.L."));
        var other = await guest.SubmitAsync(await guest.GetAsync(second.Location!), "form[action$='/match']", ("match-contact", "dana@customers.example"));
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
    }

    [Fact]
    public async Task A_form_sent_twice_is_noted_once_and_an_empty_one_says_what_is_missing()
    {
        await using var app = await TestApp.StartAsync();
        var guest = await app.SignInAsync(Manager);
        var form = await guest.GetAsync("/manage/note");
        var empty = await guest.SubmitAsync(form, "form[action='/manage/note']", ("how", "phoned"), ("phone", "050-12"), ("url", "javascript:alert(1)"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Equal(3, empty.Page.QuerySelectorAll(".summary li").Length);
        for (var times = 0; times < 2; times++) await guest.SubmitAsync(form, "form[action='/manage/note']", ("how", "phoned"), ("words", Threat));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task A_mail_that_is_piped_in_opens_a_task_and_a_robot_s_does_not()
    {
        await using var app = await TestApp.StartAsync();
        const string token = "0123456789abcdef0123456789abcdef";
        await app.Get<ChangeBusiness>().RunAsync("demo", before => BusinessChange.To(before with { Sources = [Deliveries.Source("mail", token)] }));
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1255)!;
        var answer = await SendAsync($"From: Dana <dana@customers.example>\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=windows-1255\r\n\r\n{Threat}");
        Assert.Equal("stored", answer.Json.GetProperty("received")[0].GetProperty("result").GetString());
        Assert.NotNull(answer.Json.GetProperty("received")[0].GetProperty("taskId").GetString());
        Assert.Equal("repeated", (await SendAsync($"From: Dana <dana@customers.example>\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=windows-1255\r\n\r\n{Threat}")).Json.GetProperty("received")[0].GetProperty("result").GetString());
        Assert.Equal("other-type", (await SendAsync($"From: Dana <dana@customers.example>\r\nMessage-ID: <2@x>\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain; charset=windows-1255\r\n\r\n{Threat}")).Json.GetProperty("received")[0].GetProperty("result").GetString());
        var pictures = new string('A', 2_000_000);
        Assert.Equal(200, (await SendAsync($"From: Dana <dana@customers.example>\r\nMessage-ID: <3@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=windows-1255\r\n\r\n{Threat}\r\n--b\r\nContent-Type: image/png\r\n\r\n{pictures}\r\n--b--")).Code);
        Assert.Equal(2, await app.CountRowsAsync("demo", "feedback-"));

        async Task<ApiAnswer> SendAsync(string mail) => await new Api(app.Client, token).PostAsync("/hooks/demo/mail", windows.GetBytes(mail), MailIn.MediaType);
    }
}
