using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>A customer asks to be erased: words, names, phones and addresses go everywhere, times and counts stay, and nobody else loses anything.</summary>
public sealed class ErasingStory : Story
{
    private const string Secret = "my-secret-words, I leave";

    /// <summary>What must be nowhere: words, evidence, names, addresses, numbers and the hashes they were found under.</summary>
    private string[] Traces =>
    [
        "my-secret-words", "נועה 1", "noa1@customers", Say.Phone(1), "typed about her",
        CustomerIdentity.PhoneHash(Site.Business.ContactKey, Say.Phone(1)), CustomerIdentity.EmailHash(Site.Business.ContactKey, "noa1@customers.example"),
    ];

    [Fact]
    public async Task Nothing_of_it_is_left_in_any_row_and_what_others_said_stays()
    {
        var task = await LivedThroughAsync();
        var other = await OpenedAsync("Somebody else's words", customer: 2);
        Assert.All(Traces, trace => Assert.NotEmpty(RowsWith(trace)));

        await EraseAsync(task.Customer!.Value);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        await World.PassAsync(TimeSpan.FromDays(2));
        await World.Repair.RunAsync(Ct);

        Assert.All(Traces, trace => Assert.Empty(RowsWith(trace)));
        Assert.NotEmpty(RowsWith("Somebody else's words"));
        Assert.True((await World.TaskAsync(other.Id)).IsOpen);
        var line = (await World.Store.CustomerAsync(Slug, task.Customer.Value, Ct))!.Value;
        Assert.True(line is { Erasure.DoneAt: not null, Feedbacks: > 0 });
        Assert.Equal(0, Site.CountRows("erasing-"));
    }

    [Fact]
    public async Task Ratings_times_and_counts_stay()
    {
        var task = await LivedThroughAsync();
        var tally = (await World.Store.TallyAsync(Slug, Ct))?.Value;
        var before = await World.FeedbacksAsync();
        await EraseAsync(task.Customer!.Value);
        var after = await World.FeedbacksAsync();
        Assert.Equal(before.Select(read => (read.Feedback.Id, read.Feedback.At, read.Feedback.Rating, read.Task)), after.Select(read => (read.Feedback.Id, read.Feedback.At, read.Feedback.Rating, read.Task)));
        Assert.All(after, read => Assert.True(read.Feedback is { Text: null, ErasedAt: not null, Contact.CanBeReached: false } && read.Reading.Signals.All(signal => signal.Evidence.Count == 0)));
        Assert.Equal(tally, (await World.Store.TallyAsync(Slug, Ct))?.Value);
    }

    [Fact]
    public async Task Letters_that_were_not_sent_are_withdrawn_and_time_does_nothing_more_to_the_task()
    {
        Mail.Answer = Mail.IsDown;
        var task = await OpenedAsync(Secret);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        await EraseAsync(task.Customer!.Value);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromDays(5));

        Assert.Empty(Mail.Arrived);
        Assert.All(await World.LettersAsync(), entry => Assert.Equal(LetterState.Withdrawn, entry.State));
        var after = Assert.Single(await World.OpenTasksAsync());
        Assert.True(after is { ErasedAt: not null, Promise.State: PromiseState.Released, Ladder.NextAt: null });
        Assert.Equal(ActResult.Done, (await World.DoAsync(after.Id, new Close(Outcome.Lost, "Erased.", null, Shop.Manager.Name))).Result);
        await World.PassAsync(TimeSpan.FromDays(5));
        Assert.Empty(Mail.Arrived);
    }

    [Fact]
    public async Task A_letter_that_somebody_is_sending_is_erased_when_its_lease_ends()
    {
        World.CourierRuns = false;
        var task = await OpenedAsync(Secret);
        var next = await EraseAsync(task.Customer!.Value);
        Assert.Equal(Shop.SundayMorning + OutboxEntry.LeaseTime, next);
        Assert.NotEmpty(RowsWith("my-secret-words"));
        await World.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(RowsWith("my-secret-words"));
        Assert.Empty(Mail.Arrived);
    }

    [Fact]
    public async Task Who_writes_again_is_somebody_new_even_while_the_erasing_goes_on()
    {
        var task = await OpenedAsync(Secret);
        await World.Erase.BeginAsync(Slug, task.Customer!.Value, Ct);
        var again = await World.SayAsync(Say.Angry(text: "A new matter, I leave"));
        Assert.NotEqual(task.Customer, again.Feedback!.Feedback.Customer);
        await World.PassAsync(TimeSpan.FromMinutes(2));

        Assert.NotEmpty(RowsWith("A new matter"));
        Assert.Empty(RowsWith("my-secret-words"));
        var third = await World.SayAsync(Say.Angry(text: "The same new matter"));
        Assert.Equal((again.Feedback.Feedback.Customer, again.Answer!.Task), (third.Feedback!.Feedback.Customer, third.Answer!.Task));
    }

    [Fact]
    public async Task Nobody_can_be_called_any_more_and_nothing_is_promised()
    {
        var open = await OpenedAsync(Secret);
        var closed = await OpenedAsync(Secret, customer: 2);
        await World.DoAsync(closed.Id, new Close(Outcome.Saved, "Called.", null, Shop.Manager.Name));
        foreach (var task in new[] { open, closed }) await EraseAsync(task.Customer!.Value);
        await World.PassUntilAsync(open.Promise.By.AddHours(1));

        Assert.Equal(ActResult.Erased, (await World.DoAsync(open.Id, new NoAnswer(Shop.Manager.Name))).Result);
        Assert.Equal(ActResult.Erased, (await World.DoAsync(closed.Id, new Reopen("Again", Shop.Manager.Name))).Result);
        foreach (var act in new CustomerAct[] { new NobodyCalled(), new SaySolved(false), new NoNeedToCall() })
        {
            Assert.Equal(CustomerActResult.Closed, (await World.HearAsync(open.Id, act)).Result);
            Assert.Equal(CustomerActResult.Closed, (await World.HearAsync(closed.Id, act)).Result);
        }

        Assert.All([await World.TaskAsync(open.Id), await World.TaskAsync(closed.Id)], task => Assert.NotEqual(PromiseState.Pending, task.Promise.State));
        Assert.Equal(ActResult.Done, (await World.DoAsync(open.Id, new Close(Outcome.NoFault, "Erased.", null, Shop.Manager.Name))).Result);
    }

    [Fact]
    public async Task The_same_submission_sent_again_brings_nothing_back()
    {
        var first = await World.SayAsync(Say.Angry(text: Secret), "key");
        await EraseAsync(first.Feedback!.Feedback.Customer!.Value);
        await World.PassAsync(TimeSpan.FromMinutes(1));
        var again = await World.SayAsync(Say.Angry(text: Secret), "key");
        Assert.Equal((AcceptKind.Repeated, first.Feedback.Feedback.Id), (again.Kind, again.Feedback!.Feedback.Id));
        Assert.Null(again.Feedback.Feedback.Text);
        Assert.Empty(RowsWith("my-secret-words"));
    }

    [Fact]
    public async Task What_was_taught_from_the_words_goes_with_them()
    {
        var said = await World.SayAsync(Say.Angry(text: Secret));
        await World.CorrectAsync(new(said.Feedback!.Feedback.Id, SignalKind.Leave, null));
        var other = await World.SayAsync(Say.Angry(2, "perhaps I leave"));
        await World.CorrectAsync(new(other.Feedback!.Feedback.Id, SignalKind.Leave, new(0, "perhaps".Length)));
        Assert.NotEmpty((await World.Store.BusinessAsync(Slug, Ct))!.Value.Corrections);

        await EraseAsync(said.Feedback.Feedback.Customer!.Value);

        Assert.All((await World.Store.BusinessAsync(Slug, Ct))!.Value.Corrections, learnt => Assert.Equal(other.Feedback.Feedback.Id, learnt.From));
    }

    [Fact]
    public async Task A_job_without_any_feedback_forgets_whom_it_was_for()
    {
        var (job, address) = await World.Jobs.RunAsync(Site.Business, new("נועה 1", null, Say.Phone(1)), "Repair at her-street 5");
        var task = await OpenedAsync(Secret);
        await EraseAsync(task.Customer!.Value);
        var after = (await World.Store.JobAsync(Slug, job, Ct))!.Value;
        Assert.Equal((Contact.None, Erased.Mark), (after.Contact, after.Service));
        Assert.Equal(after, (await World.Store.LinkAsync(Slug, Token.Hash(address.Segments[^1]), Ct))!.Value.About);
        Assert.Empty(RowsWith("her-street"));
        Assert.Equal(0, Site.CountRows("jobof-"));
    }

    /// <summary>A task with everything on it: a job, letters sent and waiting, attempts, an outcome with typed words, a question to come, a page.</summary>
    private async Task<CallBackTask> LivedThroughAsync()
    {
        await World.Jobs.RunAsync(Site.Business, new("נועה 1", "noa1@customers.example", Say.Phone(1)), "Repair");
        await World.SayAsync(Say.Angry(text: Secret + " 1"), "key");
        var task = Assert.Single(await World.OpenTasksAsync());
        await World.PassUntilAsync(task.Promise.By.AddMinutes(5));
        await World.HearAsync(task.Id, new NobodyCalled());
        await World.DoAsync(task.Id, new NoAnswer(Shop.Owner.Name));
        await World.DoAsync(task.Id, new Close(Outcome.Saved, "typed about her", "typed about her too", Shop.Owner.Name));
        await World.PassAsync(TimeSpan.FromMinutes(1));
        return await World.TaskAsync(task.Id);
    }

    private async Task<DateTimeOffset?> EraseAsync(CustomerId customer)
    {
        Assert.True(await World.Erase.BeginAsync(Slug, customer, Ct));
        return await World.Erase.LookAtAsync(Slug, customer, Ct);
    }

    private List<string> RowsWith(string trace)
    {
        var page = World.Rows.RangeAsync(Slug, "!", "~", 1_000, null, Ct).GetAwaiter().GetResult();
        Assert.Null(page.Continuation);
        return [.. page.Rows.Where(row => row.Key.Contains(trace, StringComparison.Ordinal) || row.Body.Contains(trace, StringComparison.Ordinal)).Select(row => row.Key)];
    }
}
