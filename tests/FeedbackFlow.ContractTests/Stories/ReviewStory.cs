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

    /// <summary>Platforms do not promise an order. What was said stays said; that it was taken back stands beside it.</summary>
    [Fact]
    public async Task A_review_that_was_taken_back_before_it_came_opens_a_task_that_says_so()
    {
        Assert.Equal(ReceiptResult.Deleted, (await SendAsync("deleted", null, null, minutesLater: 5)).Result);
        Assert.Equal(ReceiptResult.Repeated, (await SendAsync("deleted", null, null, minutesLater: 5)).Result);
        Assert.Equal(ReceiptResult.Stored, (await SendAsync("created", 1, "nobody came, I leave")).Result);
        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.Contains(TaskEventKind.ReviewDeleted, await World.TimelineAsync(task.Id));
        Assert.Equal(ReceiptResult.Repeated, (await SendAsync("created", 1, "nobody came, I leave")).Result);
        Assert.Equal(ReceiptResult.Repeated, (await SendAsync("deleted", null, null, minutesLater: 6)).Result);
        Assert.NotNull((await World.Store.ReviewAsync(Shop.Slug, ReviewLine.HashOf("trustpilot", "r1"), Ct))!.Value.DeletedAt);
    }

    /// <summary>Keys are kept seven days; a signed event that somebody caught can come again at any time after that.</summary>
    [Fact]
    public async Task A_review_that_was_taken_back_does_not_come_back_by_a_replay_of_its_old_event()
    {
        await SendAsync("created", 1, "nobody came, I leave");
        await SendAsync("deleted", null, null, minutesLater: 5);
        await World.PassAsync(TimeSpan.FromDays(8));
        await World.Repair.RunAsync(Ct);
        Assert.Equal(ReceiptResult.Outdated, (await SendAsync("created", 1, "nobody came, I leave")).Result);
        Assert.Single(await World.FeedbacksAsync());
        // Who writes the same words again has written them again.
        Assert.Equal(ReceiptResult.Stored, (await SendAsync("created", 1, "nobody came, I leave", minutesLater: 12_000)).Result);
    }

    [Fact]
    public async Task The_same_id_from_two_sources_is_two_reviews()
    {
        var other = Site1 with { Name = "trustpilot-2" };
        await SendAsync("created", 1, "nobody came, I leave");
        Assert.Equal(ReceiptResult.Stored, (await SendAsync("created", 1, "nobody came, I leave", from: other)).Result);
        Assert.Equal(ReceiptResult.Deleted, (await SendAsync("deleted", null, null, minutesLater: 5, from: other)).Result);
        Assert.Equal(2, (await World.OpenTasksAsync()).Count);
        Assert.Null((await World.Store.ReviewAsync(Shop.Slug, ReviewLine.HashOf("trustpilot", "r1"), Ct))!.Value.DeletedAt);
    }

    [Fact]
    public async Task An_event_whose_key_was_used_for_other_words_does_not_stand_in_the_way_of_the_others()
    {
        var (one, other, third) = (Event("created", 1, "nobody came, I leave"), Event("created", 1, "nobody called, I leave"), Event("created", 2, "nobody wrote, I leave", id: "r2"));
        var received = await DeliverAsync(Site1, one, other, third);
        Assert.True(received.IsTaken);
        Assert.Equal([ReceiptResult.Stored, ReceiptResult.Refused, ReceiptResult.Stored], received.Events.Select(happened => happened.Result));
        Assert.Equal(2, (await World.FeedbacksAsync()).Count);
        var again = await DeliverAsync(Site1, one, other, third);
        Assert.Equal([ReceiptResult.Repeated, ReceiptResult.Refused, ReceiptResult.Repeated], again.Events.Select(happened => happened.Result));
        Assert.False((await DeliverAsync(Site1, other)).IsTaken);
    }

    [Fact]
    public async Task What_a_customer_changes_after_she_was_recognised_is_erased_with_the_rest()
    {
        var known = await World.SayAsync(Say.Angry());
        await World.DoAsync(known.Answer!.Task!.Value, new Close(Outcome.Saved, "spoke", null, "דנה"));
        var customer = known.Feedback!.Feedback.Customer!.Value;
        await SendAsync("created", 1, "nobody came, I leave: first-secret");
        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal(MatchResult.NobodyKnown, await World.Match.RunAsync(Site.Business, task.Id, new(null, null, Say.Phone(9)), "דנה"));
        Assert.Equal(MatchResult.Done, await World.Match.RunAsync(Site.Business, task.Id, new(null, null, Say.Phone(1)), "דנה"));
        Assert.Equal(MatchResult.NotNow, await World.Match.RunAsync(Site.Business, task.Id, new(null, null, Say.Phone(1)), "דנה"));
        await SendAsync("updated", 1, "still nobody, I leave: second-secret", minutesLater: 5);
        await World.DoAsync(task.Id, new Close(Outcome.Lost, "left", null, "דנה"));
        await SendAsync("updated", 1, "they closed it, I leave: third-secret", minutesLater: 7);
        Assert.Equal(4, (await World.Lists.FeedbacksOfAsync(Shop.Slug, customer, 10, null, Ct)).Items.Count);

        await World.Erase.BeginAsync(Shop.Slug, customer, Ct);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        var rows = (await World.Rows.RangeAsync(Shop.Slug, "!", "~", 1_000, null, Ct)).Rows;
        foreach (var trace in new[] { "first-secret", "second-secret", "third-secret" }) Assert.DoesNotContain(rows, row => row.Body.Contains(trace, StringComparison.Ordinal));

        // What is written after that is of somebody new, and the same words sent again bring nothing back.
        Assert.Equal(ReceiptResult.Repeated, (await SendAsync("updated", 1, "still nobody, I leave: second-secret", minutesLater: 5)).Result);
        Assert.Equal(ReceiptResult.Edited, (await SendAsync("updated", 1, "and again I leave, I will sue", minutesLater: 30)).Result);
        Assert.Null(Assert.Single(await World.OpenTasksAsync()).Customer);
        Assert.Equal(4, (await World.Lists.FeedbacksOfAsync(Shop.Slug, customer, 10, null, Ct)).Items.Count);
    }

    [Fact]
    public async Task Nobody_is_recognised_as_a_customer_who_is_being_erased()
    {
        var known = await World.SayAsync(Say.Angry());
        await World.DoAsync(known.Answer!.Task!.Value, new Close(Outcome.Saved, "spoke", null, "דנה"));
        await SendAsync("created", 1, "nobody came, I leave");
        await World.Erase.BeginAsync(Shop.Slug, known.Feedback!.Feedback.Customer!.Value, Ct);
        Assert.Equal(MatchResult.NobodyKnown, await World.Match.RunAsync(Site.Business, Assert.Single(await World.OpenTasksAsync()).Id, new(null, null, Say.Phone(1)), "דנה"));
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
    public async Task A_review_that_is_changed_after_its_writer_was_erased_is_a_new_matter()
    {
        var (job, _) = await World.Jobs.RunAsync(Site.Business, new("נועה", null, "+972541234567"), "repair");
        await SendAsync("created", 2, "nobody came, I leave", reference: job.Value);
        var first = Assert.Single(await World.OpenTasksAsync());
        Assert.True(await World.Erase.BeginAsync(Shop.Slug, first.Customer!.Value, Ct));
        await World.PassAsync(TimeSpan.FromMinutes(2));

        await SendAsync("updated", 1, "nobody came at all, I leave", minutesLater: 5, reference: job.Value);

        var second = Assert.Single(await World.OpenTasksAsync(), task => task.Id != first.Id);
        Assert.Equal(PromiseState.Pending, second.Promise.State);
        var erased = await World.TaskAsync(first.Id);
        Assert.True(erased is { Contact.CanBeReached: false, Feedbacks.Count: 1, Promise.State: PromiseState.Released });
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

    [Fact]
    public async Task A_review_that_is_not_read_here_is_seen_fetched_again_or_put_away()
    {
        var source = await GoogleAsync();
        Site.Reviews.Trouble = new(FetchKind.TryAgain, default, "HTTP 429");
        await NoticeAsync(source);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        var waiting = Assert.Single((await World.Lists.UnreadReviewsAsync(Shop.Slug, source.Name, 10, null, Ct)).Items);
        Assert.Equal((Name, "HTTP 429", false), (waiting.ReviewId, waiting.Problem, waiting.IsGivenUp));

        // About a day and a half later nobody tries any more by himself.
        await World.PassAsync(TimeSpan.FromDays(3));
        var givenUp = Assert.Single((await World.Lists.UnreadReviewsAsync(Shop.Slug, source.Name, 10, null, Ct)).Items);
        Assert.True(givenUp.IsGivenUp);
        Site.Reviews.Trouble = null;
        Site.Reviews.Has(Name, Review("ONE", "I leave", "2026-02-01T07:00:00Z"));
        Assert.True(await World.Fetch.TryAgainAsync(Shop.Slug, givenUp.Hash, Ct));
        await World.DeliverNudgesAsync();
        Assert.Single(await World.OpenTasksAsync());
        Assert.Empty((await World.Lists.UnreadReviewsAsync(Shop.Slug, source.Name, 10, null, Ct)).Items);
        Assert.False(await World.Fetch.TryAgainAsync(Shop.Slug, givenUp.Hash, Ct));
        Assert.False(await World.Fetch.PutAwayAsync(Shop.Slug, givenUp.Hash, Ct));

        Site.Reviews.Trouble = new(FetchKind.Refused, default, "No access");
        await NoticeAsync(source);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        Assert.True(await World.Fetch.PutAwayAsync(Shop.Slug, givenUp.Hash, Ct));
        Assert.Empty((await World.Lists.UnreadReviewsAsync(Shop.Slug, source.Name, 10, null, Ct)).Items);
        await World.PassAsync(TimeSpan.FromDays(8));
        await World.Repair.RunAsync(Ct);
        Assert.Null(await World.Store.PendingReviewAsync(Shop.Slug, givenUp.Hash, Ct));
    }

    [Fact]
    public async Task A_reply_is_sent_by_a_person_replaced_by_a_newer_one_and_gone_with_the_customer()
    {
        var source = await GoogleAsync(canFetch: true);
        var said = await FetchedAsync(source);
        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.True(World.Reply.CanReply(Site.Business, said.Feedback));

        // An old text that still waits for a retry never comes after a newer one.
        Site.Reviews.ReplyTrouble = new(DeliveryKind.TryAgain, "HTTP 503");
        var first = await ReplyAsync(said, "Call us, Dana!");
        Assert.Equal((ReplyResult.Done, LetterState.Waiting), (first.Result, (await World.Reply.LastAsync(Site.Business, said.Feedback, Ct))!.State));
        Site.Reviews.ReplyTrouble = null;
        Assert.Equal(ReplyResult.AlreadySo, (await ReplyAsync(said, " Call us, Dana! ")).Result);
        Assert.Equal(ReplyResult.Done, (await ReplyAsync(said, "Please call us.")).Result);
        await World.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal("Please call us.", Assert.Single(Site.Reviews.Replies).Value);
        Assert.Equal(LetterState.Withdrawn, (await World.LetterAsync(first.OwnLetters[0])).State);
        Assert.Single(await World.TimelineAsync(task.Id), TaskEventKind.RepliedInPublic);

        // What the platform refuses waits for a person, who sees why.
        Site.Reviews.ReplyTrouble = new(DeliveryKind.Refused, "HTTP 403 from the platform.");
        await ReplyAsync(said, "Please do call us.");
        var refused = (await World.Reply.LastAsync(Site.Business, said.Feedback, Ct))!;
        Assert.Equal((LetterState.SetAside, "HTTP 403 from the platform."), (refused.State, refused.Problem));
        Site.Reviews.ReplyTrouble = null;
        Assert.Equal(ReplyResult.Done, (await ReplyAsync(said, "Please do call us.")).Result);
        Assert.Equal("Please do call us.", Assert.Single(Site.Reviews.Replies).Value);

        Assert.Equal(ReplyResult.Empty, (await ReplyAsync(said, " \n ")).Result);
        Assert.Equal((ReplyResult.TooLong, 1), (await ReplyAsync(said, new string('ש', 2_049)) is var hebrew ? (hebrew.Result, hebrew.TooMany) : default));
        Assert.Equal((ReplyResult.TooLong, 4), (await ReplyAsync(said, new string('x', 4_095) + "שxיx") is var mixed ? (mixed.Result, mixed.TooMany) : default));
        var id = said.Feedback.Id.Value;
        Assert.Equal(ReplyResult.NothingThere, (await World.Reply.RunAsync(Site.Business, new FeedbackId(id[..31] + (id[31] == '0' ? '1' : '0')), "x")).Result);
        await Site.ChangeBusinessAsync(Site.Business with { Sources = [source with { Push = source.Push! with { RefreshToken = null } }] });
        Assert.Equal(ReplyResult.NotConnected, (await ReplyAsync(said, "Call us.")).Result);
    }

    [Fact]
    public async Task A_reply_to_a_customer_who_is_erased_is_withdrawn()
    {
        var source = await GoogleAsync(canFetch: true);
        var known = await World.SayAsync(Say.Angry());
        await World.DoAsync(known.Answer!.Task!.Value, new Close(Outcome.Saved, "spoke", null, "דנה"));
        var said = await FetchedAsync(source);
        Site.Reviews.ReplyTrouble = new(DeliveryKind.TryAgain, "HTTP 503");
        var reply = await ReplyAsync(said, "We are sorry, Dana-of-the-third-floor.");
        Assert.Equal(MatchResult.Done, await World.Match.RunAsync(Site.Business, said.Task!.Value, new(null, null, Say.Phone(1)), "דנה"));
        await World.Erase.BeginAsync(Shop.Slug, known.Feedback!.Feedback.Customer!.Value, Ct);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Site.Reviews.ReplyTrouble = null;
        await World.PassAsync(TimeSpan.FromDays(1));
        Assert.Empty(Site.Reviews.Replies);
        Assert.Equal(LetterState.Withdrawn, (await World.LetterAsync(reply.OwnLetters[0])).State);
        Assert.DoesNotContain((await World.Rows.RangeAsync(Shop.Slug, "!", "~", 1_000, null, Ct)).Rows, row => row.Body.Contains("third-floor", StringComparison.Ordinal));
        Assert.Equal(ReplyResult.NothingThere, (await ReplyAsync(said, "Call us.")).Result);
    }

    [Fact]
    public async Task A_reply_that_was_set_aside_never_comes_over_a_newer_one()
    {
        var said = await FetchedAsync(await GoogleAsync(canFetch: true));
        Site.Reviews.ReplyTrouble = new(DeliveryKind.Refused, "HTTP 403 from the platform.");
        var first = (await ReplyAsync(said, "It was your own fault.")).OwnLetters[0];
        Assert.Equal(first, Assert.Single(await World.SetAsideAsync()).Letter.Id);

        Site.Reviews.ReplyTrouble = null;
        await ReplyAsync(said, "We are sorry.");
        Assert.Equal(LetterState.Withdrawn, (await World.LetterAsync(first)).State);
        Assert.Empty(await World.SetAsideAsync());
        Assert.False(await World.Send.SendAgainAsync(Shop.Slug, first, Ct));
        await World.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("We are sorry.", Assert.Single(Site.Reviews.Replies).Value);
    }

    /// <summary>As a store may hold it in which an earlier version of this program left the old reply aside.</summary>
    [Fact]
    public async Task Only_the_newest_reply_of_a_review_is_sent()
    {
        var said = await FetchedAsync(await GoogleAsync(canFetch: true));
        var first = (await ReplyAsync(said, "It was your own fault.")).OwnLetters[0];
        await ReplyAsync(said, "We are sorry.");
        foreach (var state in new[] { LetterState.SetAside, LetterState.Waiting })
        {
            var old = (await World.Store.LetterAsync(Shop.Slug, first, Ct))!;
            await World.Store.CommitAsync(new(Shop.Slug) { Letters = [old.To(old.Value with { State = state, DueAt = Site.Clock.GetUtcNow() })] }, Ct);
            Assert.False(await World.Send.SendAgainAsync(Shop.Slug, first, Ct));
            await World.Send.LookAtAsync(Shop.Slug, first, Ct);
            Assert.Equal((LetterState.Withdrawn, "We are sorry."), ((await World.LetterAsync(first)).State, Assert.Single(Site.Reviews.Replies).Value));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reply_under_a_review_whose_threat_was_missed_belongs_to_the_task_that_a_person_opened(bool repliedBefore)
    {
        Site.Reviews.Has(Name, Review("FIVE", "all fine, and next year somebody else", "2026-02-01T07:00:00Z"));
        await NoticeAsync(await GoogleAsync(canFetch: true));
        await World.PassAsync(TimeSpan.FromMinutes(1));
        var said = Assert.Single(await World.FeedbacksAsync());
        Assert.Null(said.Task);
        if (repliedBefore) await ReplyAsync(said, "Thank you.");
        var task = (await World.Correct.RunAsync(Shop.Slug, new(said.Feedback.Id, Pipeline.Signals.SignalKind.Leave, new(10, 27)), "דנה")).Task!.Value;
        if (!repliedBefore) await ReplyAsync(said, "Thank you.");
        Assert.Single(await World.TimelineAsync(task), TaskEventKind.RepliedInPublic);
    }

    [Fact]
    public async Task A_reply_under_a_review_whose_threat_was_missed_is_gone_with_the_customer()
    {
        var known = await World.SayAsync(Say.Angry());
        await World.DoAsync(known.Answer!.Task!.Value, new Close(Outcome.Saved, "spoke", null, "דנה"));
        Site.Reviews.Has(Name, Review("FIVE", "all fine, and next year somebody else", "2026-02-01T07:00:00Z"));
        await NoticeAsync(await GoogleAsync(canFetch: true));
        await World.PassAsync(TimeSpan.FromMinutes(1));
        var said = (await World.FeedbacksAsync()).Single(read => read.Feedback.Channel == Channel.Review);
        var task = (await World.Correct.RunAsync(Shop.Slug, new(said.Feedback.Id, Pipeline.Signals.SignalKind.Leave, new(10, 27)), "דנה")).Task!.Value;
        Site.Reviews.ReplyTrouble = new(DeliveryKind.TryAgain, "HTTP 503");
        var reply = await ReplyAsync(said, "We are sorry, Dana-of-the-third-floor.");
        Assert.Equal(MatchResult.Done, await World.Match.RunAsync(Site.Business, task, new(null, null, Say.Phone(1)), "דנה"));
        await World.Erase.BeginAsync(Shop.Slug, known.Feedback!.Feedback.Customer!.Value, Ct);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Site.Reviews.ReplyTrouble = null;
        await World.PassAsync(TimeSpan.FromDays(1));
        Assert.Empty(Site.Reviews.Replies);
        Assert.Equal(LetterState.Withdrawn, (await World.LetterAsync(reply.OwnLetters[0])).State);
        Assert.DoesNotContain((await World.Rows.RangeAsync(Shop.Slug, "!", "~", 1_000, null, Ct)).Rows, row => row.Body.Contains("third-floor", StringComparison.Ordinal));
    }

    private async Task<ReadFeedback> FetchedAsync(Source source)
    {
        Site.Reviews.Has(Name, Review("ONE", "they leave you waiting, I leave", "2026-02-01T07:00:00Z"));
        await NoticeAsync(source);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        return (await World.FeedbacksAsync()).Single(read => read.Feedback.Channel == Channel.Review);
    }

    private async Task<Replied> ReplyAsync(ReadFeedback said, string text)
    {
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        var replied = await World.Reply.RunAsync(Site.Business, said.Feedback.Id, text);
        await World.CarryAsync(replied.OwnLetters);
        return replied;
    }

    private async Task<HookEvent> SendAsync(string what, int? stars, string? text, string id = "r1", int minutesLater = 0, string? reference = null, Source? from = null)
    {
        var received = await DeliverAsync(from ?? Site1, Event(what, stars, text, id, minutesLater, reference));
        Assert.True(received.IsTaken);
        return Assert.Single(received.Events);
    }

    private static object Event(string what, int? stars, string? text, string id = "r1", int minutesLater = 0, string? reference = null) => new
    {
        eventName = "service-review-" + what,
        eventData = new { id, text, stars, referenceId = reference, updatedAt = Shop.SundayMorning.AddMinutes(minutesLater).ToString("O", System.Globalization.CultureInfo.InvariantCulture) },
    };

    private async Task<Received> DeliverAsync(Source from, params object[] events)
    {
        var arrival = Deliveries.Arrival(System.Text.Json.JsonSerializer.Serialize(new { events }), ("Authorization", "Bearer 0123456789abcdef0123456789abcdef"));
        // Lines of one moment have no order.
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        var received = await World.Receive.RunAsync(Site.Business, from, arrival, new(false, true, () => true), Ct);
        foreach (var accepted in received.Events.Select(happened => happened.Accepted).OfType<Accepted>()) await World.CarryAsync(accepted.OwnLetters);
        return received;
    }

    private async Task<Source> GoogleAsync(bool canFetch = false)
    {
        // Who pushes is another story: here the notice is taken from a source whose proof is a token.
        var source = Deliveries.Source("google") with { Push = new("a", "b@c.example", "projects/p/subscriptions/s", canFetch ? "client" : null, canFetch ? "hidden" : null, canFetch ? "refresh" : null) };
        var stored = (await World.Store.BusinessAsync(Shop.Slug, Ct))!;
        await World.Store.CommitAsync(new(Shop.Slug) { Settings = stored.To(stored.Value with { Sources = [source] }) }, Ct);
        await Site.ReadBusinessAsync();
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
