using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public class AcceptingStory : Story
{
    [Fact]
    public async Task An_angry_customer_gets_an_apology_and_the_manager_an_alert_at_once()
    {
        var accepted = await World.SayAsync(Say.Angry());

        Assert.Equal(AcceptKind.Stored, accepted.Kind);
        Assert.Equal(Say.Complaint, accepted.Feedback!.Feedback.Text);
        Assert.Equal([LetterKind.Alert, LetterKind.Apology], Mail.Kinds);
        Assert.Equal([Shop.Manager.Email, "noa1@customers.example"], Mail.Arrived.Select(letter => letter.To.Address));
        Assert.All(await World.LettersAsync(), entry => Assert.Equal((LetterState.Sent, Site.Clock.GetUtcNow()), (entry.State, entry.SentAt)));

        var task = await World.TaskAsync(accepted.Answer!.Task!.Value);
        Assert.Equal([TaskEventKind.Opened, TaskEventKind.ApologySent, TaskEventKind.AlertSent], (await World.TimelineAsync(task.Id)).Order());
        Assert.Equal([ToldBy.Mail], task.Promise.Told);
        Assert.Equal((task.Promise.By, Shop.Manager.Name), (accepted.Answer.PromisedBy, accepted.Answer.Owner));
        Assert.Single((await World.Lists.LatenciesAsync(Slug, 10, null, Ct)).Items);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        await Promises.HoldAsync(Site, World, accepted.Feedback.Feedback.Id);
    }

    [Fact]
    public async Task A_content_customer_gets_nothing_but_thanks()
    {
        var accepted = await World.SayAsync(Say.Angry(text: "Good work") with { Score = 5 });

        Assert.Null(accepted.Answer!.Task);
        Assert.Equal(0, Site.CountNudges());
        Assert.Empty(Mail.Arrived);
        Assert.Single(await World.FeedbacksAsync());
    }

    [Fact]
    public async Task The_answer_page_tells_the_promise_too()
    {
        var accepted = await World.SayAsync(Say.Angry(), null, null, Origin.Api, shownOnPage: true);

        Assert.Equal([ToldBy.Page, ToldBy.Mail], (await World.TaskAsync(accepted.Answer!.Task!.Value)).Promise.Told);
    }

    [Fact]
    public async Task The_same_key_a_hundred_times_in_parallel_is_one_feedback_one_task_one_apology_one_alert()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => World.SayAsync(Say.Angry(), "the-key"))));

        var first = Assert.Single(all, accepted => accepted.Kind == AcceptKind.Stored);
        Assert.All(all, accepted => Assert.Equal(first.Feedback!.Feedback.Id, accepted.Feedback!.Feedback.Id));
        Assert.All(all, accepted => Assert.Equal(first.Answer, accepted.Answer));
        Assert.Single(await World.FeedbacksAsync());
        Assert.Single(await World.OpenTasksAsync());
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World, first.Feedback!.Feedback.Id);
    }

    [Fact]
    public async Task The_same_key_with_other_words_is_refused()
    {
        await World.SayAsync(Say.Angry(), "the-key");

        Assert.Equal(AcceptKind.KeyHasOtherContent, (await World.SayAsync(Say.Angry(text: "Something else"), "the-key")).Kind);
        Assert.Single(await World.FeedbacksAsync());
    }

    [Fact]
    public async Task A_key_is_forgotten_after_seven_days()
    {
        var first = await World.SayAsync(Say.Angry(), "the-key");
        await World.PassAsync(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        Assert.Equal(AcceptKind.Repeated, (await World.SayAsync(Say.Angry(), "the-key")).Kind);

        await World.PassAsync(TimeSpan.FromTicks(1));
        var second = await World.SayAsync(Say.Angry(), "the-key");
        Assert.Equal(AcceptKind.Stored, second.Kind);
        Assert.NotEqual(first.Feedback!.Feedback.Id, second.Feedback!.Feedback.Id);
        Assert.Equal(AcceptKind.Repeated, (await World.SayAsync(Say.Angry(), "the-key")).Kind);
        await World.Repair.RunAsync(Ct);
        Assert.Equal(AcceptKind.Repeated, (await World.SayAsync(Say.Angry(), "the-key")).Kind);
    }

    [Fact]
    public async Task A_hundred_feedbacks_of_one_customer_in_parallel_are_one_open_task_and_none_is_lost()
    {
        // Some know her by phone, some by e-mail, some by both.
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            var said = Say.Angry(text: $"{Say.Complaint} {i}");
            return await World.SayAsync(i % 3 == 0 ? said with { Phone = null } : i % 3 == 1 && i > 50 ? said with { Email = null } : said);
        })));

        Assert.All(all, accepted => Assert.Equal(AcceptKind.Stored, accepted.Kind));
        Assert.Equal(100, (await World.FeedbacksAsync()).Count);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        await Promises.HoldAsync(Site, World, all.Select(accepted => accepted.Feedback!.Feedback.Id));
    }

    [Fact]
    public async Task A_hundred_feedbacks_of_a_known_customer_in_parallel_write_one_alert_and_one_apology()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => World.SayAsync(Say.Angry(text: $"{Say.Complaint} {i}")))));

        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal(100, task.Feedbacks.Count);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World, all.Select(accepted => accepted.Feedback!.Feedback.Id));
    }

    [Fact]
    public async Task A_hundred_feedbacks_of_nobody_in_parallel_are_a_hundred_tasks()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => World.SayAsync(Say.Nameless($"{Say.Complaint} {i}")))));

        Assert.Equal(100, (await World.OpenTasksAsync()).Count);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(100, Mail.Of(LetterKind.Alert).Count);
        await Promises.HoldAsync(Site, World, all.Select(accepted => accepted.Feedback!.Feedback.Id));
    }

    [Fact]
    public async Task The_second_contact_without_an_answer_alerts()
    {
        Assert.Null((await World.SayAsync(Say.Question())).Answer!.Task);
        await World.PassAsync(TimeSpan.FromDays(2));

        var second = await World.SayAsync(Say.Question(text: "I asked two days ago"));

        var task = await World.TaskAsync(second.Answer!.Task!.Value);
        Assert.Equal(2, Assert.Single(task.Reasons, reason => reason.Kind == ReasonKind.Unanswered).Count);
        // Not sure enough to write to her: the manager may do it with one tap.
        Assert.Equal([LetterKind.Alert], Mail.Kinds);
        Assert.Contains(LinkPurpose.SendApology + ": ", Mail.Arrived[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apology_is_sent_with_one_tap_and_only_once()
    {
        var task = await OpenedAsync("perhaps I go elsewhere");
        await World.DoAsync(task.Id, new Close(Outcome.NoFault, "Mistake", null, Shop.Manager.Name));
        await World.SayAsync(Say.Question(2));
        var second = await World.SayAsync(Say.Question(2, "And now?"));
        var id = second.Answer!.Task!.Value;

        var acts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => World.DoAsync(id, new SendApology(Shop.Manager.Name)))));

        Assert.Single(acts, acted => acted.Result == ActResult.Done);
        Assert.Single(Mail.Of(LetterKind.Apology), letter => letter.Task == id);
        Assert.Equal([ToldBy.Mail], (await World.TaskAsync(id)).Promise.Told);
    }

    [Fact]
    public async Task A_second_apology_within_a_day_is_not_sent()
    {
        var first = await OpenedAsync();
        await World.DoAsync(first.Id, new Close(Outcome.Saved, "Talked", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromHours(23));

        var second = await World.SayAsync(Say.Angry(text: "Still broken"));
        Assert.NotNull(second.Answer!.Task);
        Assert.Single(Mail.Of(LetterKind.Apology));
        await World.DoAsync(second.Answer.Task.Value, new Close(Outcome.Saved, "Talked", null, Shop.Manager.Name));

        await World.PassAsync(TimeSpan.FromHours(2));
        await World.SayAsync(Say.Angry(text: "And again"));
        Assert.Equal(2, Mail.Of(LetterKind.Apology).Count);
    }

    [Fact]
    public async Task Words_that_cannot_be_read_are_kept_and_a_person_is_asked()
    {
        var accepted = await World.SayAsync(Say.Question(text: Words.Stumble));

        Assert.IsType<InvalidOperationException>(accepted.AnalysisFailure);
        Assert.Equal(Words.Stumble, Assert.Single(await World.FeedbacksAsync()).Feedback.Text);
        Assert.Equal(Reading.NotAnalysed, accepted.Feedback!.Reading.AnalysedBy);
        Assert.Contains(Assert.Single(await World.OpenTasksAsync()).Reasons, reason => reason.Kind == ReasonKind.NotAnalysed);
        Assert.Equal([LetterKind.Alert], Mail.Kinds);
    }
}
