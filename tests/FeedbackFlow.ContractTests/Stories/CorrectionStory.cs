using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>A person says that the words were read wrongly.</summary>
public class CorrectionStory : Story
{
    private const string Quiet = "The spare key is with my neighbour now";

    [Fact]
    public async Task What_was_missed_opens_the_call_back_that_it_should_have_had()
    {
        var said = (await World.SayAsync(Say.Angry(text: Quiet) with { Score = 5 })).Feedback!.Feedback;
        Assert.Empty(await World.OpenTasksAsync());

        var corrected = await MissedAsync(said);

        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal((CorrectResult.Learnt, task.Id), (corrected.Result, corrected.Task!.Value));
        Assert.Equal([said.Id], task.Feedbacks);
        Assert.Contains(task.Reasons, reason => reason.Signal == SignalKind.Leave);
        Assert.Equal([LetterKind.Alert], Mail.Kinds);
        Assert.Equal([TaskEventKind.AlertSent, TaskEventKind.Opened, TaskEventKind.ReadingCorrected], (await World.TimelineAsync(task.Id)).OrderBy(kind => kind.ToString(), StringComparer.Ordinal));

        var next = await World.SayAsync(Say.Angry(2, Quiet) with { Score = 5 });
        Assert.NotNull(next.Answer!.Task);
    }

    [Fact]
    public async Task Ten_people_at_once_teach_it_once()
    {
        var said = (await World.SayAsync(Say.Angry(text: Quiet) with { Score = 5 })).Feedback!.Feedback;

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => MissedAsync(said))));

        Assert.Single(all, corrected => corrected.Result == CorrectResult.Learnt);
        Assert.All(all.Where(corrected => corrected.Result != CorrectResult.Learnt), corrected => Assert.Equal(CorrectResult.AlreadyKnown, corrected.Result));
        Assert.Single(await World.OpenTasksAsync());
        Assert.Single((await World.Store.BusinessAsync(Slug, Ct))!.Value.Corrections);
    }

    [Fact]
    public async Task An_open_task_of_the_customer_takes_it_in()
    {
        var task = await OpenedAsync();
        var said = (await World.SayAsync(Say.Angry(text: Quiet) with { Score = 5 })).Feedback!.Feedback;

        var corrected = await MissedAsync(said);

        Assert.Equal(task.Id, corrected.Task);
        Assert.Contains((await World.TaskAsync(task.Id)).Reasons, reason => reason.Signal == SignalKind.Leave);
        Assert.Single(await World.OpenTasksAsync());
    }

    [Fact]
    public async Task A_feedback_that_somebody_has_dealt_with_only_teaches()
    {
        var task = await OpenedAsync();
        await World.DoAsync(task.Id, new Close(Outcome.Saved, "Called", null, Shop.Manager.Name));

        var corrected = await World.CorrectAsync(new(task.Feedbacks[0], SignalKind.Leave, new(0, Say.Complaint.Length)));

        Assert.Equal(CorrectResult.Learnt, corrected.Result);
        Assert.Empty(await World.OpenTasksAsync());
    }

    [Fact]
    public async Task Not_a_threat_leaves_the_task_to_its_owner_and_the_next_one_unopened()
    {
        const string Joke = "I leave the key under the mat";
        var accepted = await World.SayAsync(Say.Angry(text: Joke) with { Score = 5 });
        var task = accepted.Answer!.Task!.Value;

        var corrected = await World.CorrectAsync(new(accepted.Feedback!.Feedback.Id, SignalKind.Leave, null));

        Assert.Equal((CorrectResult.Learnt, task), (corrected.Result, corrected.Task!.Value));
        Assert.True((await World.TaskAsync(task)).IsOpen);
        Assert.Contains(TaskEventKind.ReadingCorrected, await World.TimelineAsync(task));
        var next = await World.SayAsync(Say.Angry(2, Joke) with { Score = 5 });
        Assert.DoesNotContain(next.Feedback!.Reading.Signals, signal => signal.Kind == SignalKind.Leave);
        Assert.Null(next.Answer!.Task);
    }

    [Fact]
    public async Task Words_that_are_not_there_teach_nothing()
    {
        var said = (await World.SayAsync(Say.Angry(text: Quiet) with { Score = 5 })).Feedback!.Feedback;

        foreach (var range in new Evidence[] { new(-1, 5), new(0, 0), new(3, int.MaxValue), new(Quiet.Length, 1) })
            Assert.Equal(CorrectResult.NothingThere, (await World.CorrectAsync(new(said.Id, SignalKind.Leave, range))).Result);
        Assert.Equal(CorrectResult.NothingThere, (await World.CorrectAsync(new(said.Id, SignalKind.Leave, null))).Result);
        Assert.Equal(CorrectResult.NothingThere, (await World.CorrectAsync(new(A.Id<FeedbackId>(7), SignalKind.Leave, null))).Result);
        Assert.Equal(CorrectResult.NotAPhrase, (await World.CorrectAsync(new(said.Id, SignalKind.Leave, new(3, 1)))).Result);
    }

    private Task<Corrected> MissedAsync(Feedback said) => World.CorrectAsync(new(said.Id, SignalKind.Leave, new(0, said.Text!.Length)));
}
