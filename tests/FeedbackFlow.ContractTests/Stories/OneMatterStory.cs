using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>One customer, one matter, three doors: one task with three entries, and one apology.</summary>
public sealed class OneMatterStory : Story
{
    private static readonly Contact Noa = new("נועה", "noa1@customers.example", Say.Phone(1));

    [Fact]
    public async Task A_form_a_review_and_a_mail_are_one_task_that_gets_more_pressing_and_one_apology()
    {
        var (_, address) = await World.Jobs.RunAsync(Site.Business, Noa, "Repair");
        var link = await World.Store.LinkAsync(Slug, Token.Hash(address.Segments[^1]), Ct);
        var form = await World.SayAsync(new("form", "csat", 2, null, false, null, null, null, null), "form", link, Origin.JobLink, shownOnPage: true);
        var task = await World.TaskAsync(form.Answer!.Task!.Value);
        Assert.Equal(Priority.Normal, task.Priority);

        await World.PassAsync(TimeSpan.FromMinutes(20));
        // The review site knows her address, the mailbox as well; neither knows her number.
        var review = await World.SayAsync(new("review", "stars", 2, null, false, "נ.", "noa1@customers.example", null, null));
        Assert.Equal((task.Id, Priority.High), (review.Answer!.Task, (await World.TaskAsync(task.Id)).Priority));
        await World.PassAsync(TimeSpan.FromMinutes(20));
        var mail = await World.SayAsync(new("mail", null, null, "I leave", false, null, "noa1@customers.example", null, null));

        var after = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal((task.Id, Priority.Critical, task.Promise.By), (after.Id, after.Priority, after.Promise.By));
        Assert.Equal([form.Feedback!.Feedback.Id, review.Feedback!.Feedback.Id, mail.Feedback!.Feedback.Id], after.Feedbacks);
        Assert.Single(Mail.Of(LetterKind.Apology));
        // The manager hears of what is new: the threat, not the same low score once more.
        Assert.Equal(2, Mail.Of(LetterKind.Alert).Count);
        Assert.Equal([TaskEventKind.Opened, TaskEventKind.FeedbackAdded, TaskEventKind.FeedbackAdded], (await World.TimelineAsync(task.Id)).Where(kind => kind is TaskEventKind.Opened or TaskEventKind.FeedbackAdded));
    }

    [Fact]
    public async Task After_no_call_was_wanted_a_new_word_gets_a_promise_again()
    {
        var task = await OpenedAsync();
        await World.HearAsync(task.Id, new NoNeedToCall());
        await World.PassAsync(TimeSpan.FromHours(1));
        await World.SayAsync(Say.Angry(text: "After all, I leave"));

        var after = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal((task.Id, PromiseState.Pending), (after.Id, after.Promise.State));
        Assert.NotNull(after.Ladder.NextAt);
        Assert.DoesNotContain(after.Reasons, reason => reason.Kind == ReasonKind.AsksForNoCall);
        Assert.Null(await World.Store.TallyAsync(Slug, Ct));
    }
}
