using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>Somebody complains on a review site, changes it, takes it back; and a platform that tells only that something was written.</summary>
public sealed class ReviewStory : Story
{
    private const string Name = "accounts/1/locations/2/reviews/abc";
    private static readonly Source Site1 = Deliveries.Source("trustpilot", "0123456789abcdef0123456789abcdef");

    [Fact]
    public async Task A_complaint_in_public_opens_a_task_and_an_alert_and_writes_nothing_to_the_customer()
    {
        var done = await SendAsync("created", 1, "I leave and tell everyone");
        Assert.Equal(ReceiptResult.Stored, done.Result);
        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal([LetterKind.Alert], Site.Mail.Kinds);
        var feedback = Assert.Single(await World.FeedbacksAsync()).Feedback;
        Assert.Equal((Channel.Review, "trustpilot"), (feedback.Channel, feedback.From!.Source));
        Assert.Equal(feedback.Id, Assert.Single(task.Feedbacks));
        var receipt = Assert.Single((await World.Lists.ReceiptsAsync(Shop.Slug, "trustpilot", 10, null, Ct)).Items);
        Assert.Equal((ReceiptResult.Stored, feedback.Id), (receipt.Result, receipt.Feedback!.Value));
        Assert.Contains("eventData", receipt.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_review_joins_its_task_and_one_that_was_taken_back_is_noted_on_it()
    {
        await SendAsync("created", 2, "nobody came, I leave");
        Assert.Equal(ReceiptResult.Edited, (await SendAsync("updated", 1, "nobody came and nobody called, I leave", minutesLater: 5)).Result);
        Assert.Equal(ReceiptResult.Deleted, (await SendAsync("deleted", null, null, minutesLater: 9)).Result);
        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal(2, task.Feedbacks.Count);
        Assert.Equal([TaskEventKind.FeedbackAdded, TaskEventKind.ReviewDeleted], (await World.TimelineAsync(task.Id)).TakeLast(2));
        Assert.Equal(ReceiptResult.Repeated, (await SendAsync("deleted", null, null, minutesLater: 9)).Result);
    }

    [Fact]
    public async Task An_older_state_that_arrives_late_changes_nothing()
    {
        await SendAsync("updated", 1, "nobody called, I leave", minutesLater: 10);
        Assert.Equal(ReceiptResult.Outdated, (await SendAsync("created", 4, "quite nice", minutesLater: 0)).Result);
        Assert.Single(await World.FeedbacksAsync());
    }

    [Fact]
    public async Task After_the_task_was_closed_a_small_change_is_noted_and_a_worse_one_opens_another()
    {
        await SendAsync("created", 2, "nobody came, I leave");
        var first = Assert.Single(await World.OpenTasksAsync());
        await World.DoAsync(first.Id, new Close(Outcome.Saved, "spoke", null, "דנה"));
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync("updated", 2, "nobody came then, I leave", minutesLater: 5);
        Assert.Empty(await World.OpenTasksAsync());
        Assert.Equal(TaskEventKind.FeedbackAdded, (await World.TimelineAsync(first.Id))[^1]);

        await SendAsync("updated", 1, "nobody came then, I leave!", minutesLater: 8);
        Assert.NotEqual(first.Id, Assert.Single(await World.OpenTasksAsync()).Id);
    }

    [Fact]
    public async Task A_customer_is_known_only_by_the_reference_of_the_invitation()
    {
        var (job, _) = await World.Jobs.RunAsync(Site.Business, new("נועה", null, "+972541234567"), "repair");
        await SendAsync("created", 1, "nobody came, I leave", reference: job.Value);
        Assert.Equal("+972541234567", Assert.Single(await World.OpenTasksAsync()).Contact.Phone);
        await SendAsync("created", 1, "nobody came, I leave", id: "r2", reference: "C-17");
        Assert.Equal(2, (await World.OpenTasksAsync()).Count);
        Assert.Contains(await World.FeedbacksAsync(), read => read.Feedback is { Customer: null, From.Reference: "C-17" });
    }

    [Fact]
    public async Task A_notice_without_words_is_answered_at_once_and_fetched_by_a_nudge()
    {
        var (source, sent) = (await GoogleAsync(), Site.Clock.GetUtcNow());
        Assert.Equal(ReceiptResult.Pending, await NoticeAsync(source));
        Assert.Empty(await World.FeedbacksAsync());
        Site.Reviews.Has(Name, Review("ONE", "they leave you waiting, I leave", "2026-02-01T07:00:00Z"));
        await World.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(await World.OpenTasksAsync());
        Assert.Equal([LetterKind.Alert], Site.Mail.Kinds);
        Assert.Equal(1, Site.Reviews.Fetched);

        // Pub/Sub delivers at least once, and an edit is a notice of the same name.
        await NoticeAsync(source);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        Site.Reviews.Has(Name, Review("ONE", "still waiting, I leave", "2026-02-01T09:00:00Z"));
        await NoticeAsync(source);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Assert.Single(await World.OpenTasksAsync()).Feedbacks.Count);
        Assert.True(sent < Site.Clock.GetUtcNow());
    }

    [Fact]
    public async Task While_the_platform_is_down_it_is_tried_again_and_a_lost_nudge_is_found()
    {
        var source = await GoogleAsync();
        Site.Reviews.Trouble = new(FetchKind.TryAgain, default, "HTTP 429");
        await NoticeAsync(source);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        var hash = ReviewLine.HashOf(source.Name, Name);
        var pending = (await World.Store.PendingReviewAsync(Shop.Slug, hash, Ct))!.Value;
        Assert.InRange(pending.Tries, 3, 8);
        Assert.Equal("HTTP 429", pending.Problem);

        Site.Reviews.Trouble = null;
        Site.Reviews.Has(Name, Review("ONE", "I leave", "2026-02-01T07:00:00Z"));
        while ((await World.Nudges.ReceiveAsync(16, Ct)) is { Count: > 0 } lost)
        {
            foreach (var nudge in lost) await World.Nudges.CompleteAsync(nudge, Ct);
        }

        Site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await World.Repair.RunAsync(Ct)).Reviews);
        await World.DeliverNudgesAsync();
        Assert.Single(await World.OpenTasksAsync());
    }

    [Fact]
    public async Task Without_access_a_person_is_left_with_the_notice()
    {
        var source = await GoogleAsync();
        Site.Reviews.Trouble = new(FetchKind.Refused, default, "No access");
        await NoticeAsync(source);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        var pending = (await World.Store.PendingReviewAsync(Shop.Slug, ReviewLine.HashOf(source.Name, Name), Ct))!.Value;
        Assert.Equal((null, "No access"), (pending.NextAt, pending.Problem));
    }

    private async Task<HookEvent> SendAsync(string what, int? stars, string? text, string id = "r1", int minutesLater = 0, string? reference = null)
    {
        var at = Shop.SundayMorning.AddMinutes(minutesLater).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var data = System.Text.Json.JsonSerializer.Serialize(new { id, text, stars, referenceId = reference, updatedAt = at });
        var arrival = Deliveries.Arrival($$"""{"events":[{"eventName":"service-review-{{what}}","eventData":{{data}}}]}""", ("Authorization", "Bearer 0123456789abcdef0123456789abcdef"));
        // Lines of one moment have no order.
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        var received = await World.Receive.RunAsync(Site.Business, Site1, arrival, new(false, true, () => true), Ct);
        Assert.True(received.IsTaken);
        var happened = Assert.Single(received.Events);
        if (happened.Accepted is { } accepted) await World.CarryAsync(accepted.OwnLetters);
        return happened;
    }

    private async Task<Source> GoogleAsync()
    {
        // Who pushes is another story: here the notice is taken from a source whose proof is a token.
        var source = Deliveries.Source("google") with { Push = new("a", "b@c.example", "projects/p/subscriptions/s") };
        var stored = (await World.Store.BusinessAsync(Shop.Slug, Ct))!;
        await World.Store.CommitAsync(new(Shop.Slug) { Settings = stored.To(stored.Value with { Sources = [source] }) }, Ct);
        return source;
    }

    private async Task<ReceiptResult> NoticeAsync(Source source)
    {
        using var key = Signed.Key();
        Site.Reviews.Keys = [Signed.Published(key)];
        var received = await World.Receive.RunAsync(Site.Business, source, Signed.Notice(key, source.Push!, Name, Site.Clock.GetUtcNow()), new(false, true, () => true), Ct);
        Assert.Equal(SignatureResult.Genuine, received.Signature);
        return Assert.Single(received.Events).Result;
    }

    private static string Review(string stars, string comment, string updated) =>
        $$"""{"name":"{{Name}}","reviewer":{"displayName":"Dana","isAnonymous":false},"starRating":"{{stars}}","comment":"{{comment}}","createTime":"2026-02-01T07:00:00Z","updateTime":"{{updated}}"}""";
}
