using System.Net;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>What a manager sees of reviews that are only noticed, and of the reply that goes back under one.</summary>
public class ReviewPagesTests
{
    private const string Manager = "manager@demo.example";
    private const string Name = "accounts/1/locations/2/reviews/abc";
    private const string Review = $$"""{"name":"{{Name}}","reviewer":{"displayName":"דנה כ."},"starRating":"ONE","comment":"הבטיחו לחזור ולא חזרו, אני עוזבת","createTime":"2032-11-07T08:00:00Z","updateTime":"2032-11-07T08:00:00Z"}""";
    private readonly ReviewSite site = new();

    [Fact]
    public async Task A_review_that_could_not_be_fetched_is_seen_and_fetched_by_a_tap()
    {
        await using var app = await StartAsync();
        site.Trouble = new(FetchKind.Refused, default, "HTTP 403 from the platform.");
        await NoticeAsync(app);
        var guest = await app.SignInAsync(Manager);
        Assert.Contains(App.Words.For("he").Say("sources.unread", ("count", "1")), (await guest.GetAsync("/manage/sources")).Text, StringComparison.Ordinal);
        var page = await guest.GetAsync("/manage/sources/google");
        Assert.Contains("HTTP 403", page.Text, StringComparison.Ordinal);
        Assert.Contains(Name, page.Text, StringComparison.Ordinal);

        site.Trouble = null;
        site.Has(Name, Review);
        Assert.Contains(App.Words.For("he")["source.unread.again.done"], (await guest.SubmitAsync(page, "form[action$='/fetch-again']")).Text, StringComparison.Ordinal);
        await app.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        page = await guest.GetAsync("/manage/sources/google");
        Assert.DoesNotContain("HTTP 403", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(App.Words.For("he")["source.unread"], page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_that_a_person_has_read_there_is_put_away_and_what_names_none_changes_nothing()
    {
        await using var app = await StartAsync();
        site.Trouble = new(FetchKind.TryAgain, default, "HTTP 429 from the platform.");
        await NoticeAsync(app);
        var guest = await app.SignInAsync(Manager);
        var page = await guest.GetAsync("/manage/sources/google");
        Assert.Contains(App.Words.For("he")["done.already-done"], (await guest.SubmitAsync(page, "form[action$='/put-away']", ("review", "../../feedback"))).Text, StringComparison.Ordinal);
        var put = await guest.SubmitAsync(page, "form[action$='/put-away']");
        Assert.Contains(App.Words.For("he")["source.unread.away.done"], put.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP 429", put.Text, StringComparison.Ordinal);
        Assert.Contains(App.Words.For("he")["done.already-done"], (await guest.SubmitAsync(page, "form[action$='/put-away']")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_is_written_on_the_page_and_stands_under_the_review()
    {
        await using var app = await StartAsync();
        site.Has(Name, Review);
        await NoticeAsync(app);
        var guest = await app.SignInAsync(Manager);
        var list = await guest.GetAsync("/manage/feedbacks");
        var id = (await app.Get<ILists>().FeedbacksAsync("demo", 10, null, CancellationToken.None)).Items.Single().Feedback.Id;
        var page = await guest.GetAsync("/manage/feedbacks/" + id);
        var sent = await guest.SubmitAsync(page, "form[action$='/reply']", ("reply", "תודה שכתבת. נשמח לדבר: <b>04-5550100</b>"));
        Assert.Equal($"/manage/feedbacks/{id}?done=reply-done", sent.Response.Headers.Location?.OriginalString);
        await app.LettersSentAsync();
        Assert.Equal("תודה שכתבת. נשמח לדבר: <b>04-5550100</b>", Assert.Single(site.Replies).Value);
        page = await guest.GetAsync("/manage/feedbacks/" + id + "?done=reply-done");
        Assert.Contains(App.Words.For("he")["done.reply-done"], page.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;", page.Text, StringComparison.Ordinal);
        Assert.Contains(App.Words.For("he")["reply.send.again"], page.Text, StringComparison.Ordinal);
        // The list shows the draft to read; it is sent where the whole review stands.
        Assert.DoesNotContain("/reply\"", list.Text, StringComparison.Ordinal);

        site.ReplyTrouble = new(DeliveryKind.Refused, "HTTP 403 from the platform.");
        await guest.SubmitAsync(page, "form[action$='/reply']", ("reply", "נשמח לדבר"));
        await app.LettersSentAsync();
        Assert.Contains("HTTP 403", (await guest.GetAsync("/manage/feedbacks/" + id)).Text, StringComparison.Ordinal);
        Assert.Contains("google", (await guest.GetAsync("/manage/outbox")).Text, StringComparison.Ordinal);
        var outbox = await guest.GetAsync("/manage/outbox");
        Assert.Equal(App.Words.For("he")["letter.kind.reply"], outbox.Page.QuerySelector(".letters strong")!.TextContent);
        Assert.EndsWith(" " + App.Words.For("he")["letter.kind.reply"], outbox.Page.QuerySelector("form[action$='/again'] button")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("accounts/", outbox.Words, StringComparison.Ordinal);

        // Somebody whose access was taken back meanwhile is told so by name, and is left with the text to copy.
        await app.Get<ChangeBusiness>().RunAsync("demo", before => BusinessChange.To(before with { Sources = [Source with { Push = Source.Push! with { RefreshToken = null } }] }));
        var away = await guest.SubmitAsync(page, "form[action$='/reply']", ("reply", "נשמח לדבר מחר"));
        AssertKept(away, "נשמח לדבר מחר", App.Words.For("he")["reply.error.not-connected"]);
        Assert.DoesNotContain("/reply\"", (await guest.GetAsync("/manage/feedbacks/" + id)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.ToString().Contains("שכתבת", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reply_that_cannot_be_sent_stays_on_the_page_as_it_was_typed()
    {
        await using var app = await StartAsync();
        site.Has(Name, Review);
        await NoticeAsync(app);
        var (guest, words) = (await app.SignInAsync(Manager), App.Words.For("he"));
        var id = (await app.Get<ILists>().FeedbacksAsync("demo", 10, null, CancellationToken.None)).Items.Single().Feedback.Id;
        var page = await guest.GetAsync("/manage/feedbacks/" + id);
        // A browser would cut a Hebrew text at twice its length, and say nothing.
        Assert.False(page.Page.QuerySelector("textarea[name=reply]")!.HasAttribute("maxlength"));
        Assert.Contains(words.Say("reply.hint.longest", ("hebrew", "2048"), ("latin", "4096")), page.Words, StringComparison.Ordinal);

        var typed = "<b>שלום</b>\n" + new string('ש', 2_050);
        var refused = await guest.SubmitAsync(page, "form[action$='/reply']", ("reply", typed));
        AssertKept(refused, typed, words.Count("reply.error.too-long", 10));
        Assert.Equal("reply-" + id, refused.Page.QuerySelector(".summary a")!.GetAttribute("href")![1..]);
        AssertKept(await guest.SubmitAsync(refused, "form[action$='/reply']", ("reply", " ")), " ", words["reply.error.empty"]);

        site.ReplyTrouble = new(DeliveryKind.TryAgain, "HTTP 503");
        await guest.SubmitAsync(refused, "form[action$='/reply']", ("reply", "נשמח לדבר"));
        await app.LettersSentAsync();
        var letter = (await app.Get<ReplyInPublic>().LastAsync((await app.Get<ILookups>().BusinessAsync("demo", default))!.Value, (await app.Get<ILookups>().FeedbackAsync("demo", id, default))!.Feedback, default))!;
        var leased = (await app.Get<ILookups>().LetterAsync("demo", letter.Letter.Id, default))!;
        await app.Get<ICommits>().CommitAsync(new Commit("demo") { Letters = [leased.To(leased.Value with { State = LetterState.Leased, DueAt = app.Now.AddSeconds(30) })] }, default);
        AssertKept(await guest.SubmitAsync(refused, "form[action$='/reply']", ("reply", "נשמח לדבר מחר")), "נשמח לדבר מחר", words["reply.error.being-sent"]);
        Assert.Empty(site.Replies);
    }

    private static void AssertKept(Answer refused, string typed, string why)
    {
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(typed, Assert.IsType<AngleSharp.Html.Dom.IHtmlTextAreaElement>(refused.Page.QuerySelector("textarea[id^=reply]"), exactMatch: false).Value);
        Assert.Contains(why, refused.Page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Null(refused.Page.QuerySelector(".note.done"));
    }

    [Fact]
    public async Task Replies_are_sent_by_who_is_signed_in_and_only_to_reviews_of_that_business()
    {
        await using var app = await StartAsync();
        site.Has(Name, Review);
        await NoticeAsync(app);
        await app.AddBusinessAsync("cool");
        var id = (await app.Get<ILists>().FeedbacksAsync("demo", 10, null, CancellationToken.None)).Items.Single().Feedback.Id;
        Assert.Equal(HttpStatusCode.Redirect, (await app.NewGuest().PostAsync($"/manage/feedbacks/{id}/reply", ("reply", "x"))).Status);
        var stranger = await app.SignInAsync("manager@cool.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.PostAsync($"/manage/feedbacks/{id}/reply", ("reply", "x"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/manage/feedbacks/" + id)).Status);
        Assert.Empty(site.Replies);
    }

    private static Source Source { get; } = Deliveries.Source("google") with { Push = new("https://feedback.example.com/hooks/demo/google", "pusher@p.iam.gserviceaccount.com", "projects/p/subscriptions/s", "client", "hidden", "refresh") };

    private async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(new()
        {
            Change = services => services.Replace(ServiceDescriptor.Singleton<IReviewReader>(site)).Replace(ServiceDescriptor.Singleton<IReviewReplies>(site)).Replace(ServiceDescriptor.Singleton<IPublishedKeys>(site)),
        });
        Assert.Null((await app.Get<ChangeBusiness>().RunAsync("demo", before => BusinessChange.To(before with { Sources = [Source] }))).Refusal);
        return app;
    }

    private async Task NoticeAsync(TestApp app)
    {
        using var key = Signed.Key();
        site.Keys = [Signed.Published(key)];
        var push = Signed.Notice(key, Source.Push!, Name, app.Now);
        var content = new ByteArrayContent(push.Body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var answer = await new Api(app.Client, null).SendAsync(HttpMethod.Post, "/hooks/demo/google", content, null, ("Authorization", push.Headers["Authorization"]));
        Assert.Contains("\"pending\"", answer.Text, StringComparison.Ordinal);
        await app.AdvanceAsync(TimeSpan.FromMinutes(1));
    }
}
