using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>Two processes on one store.</summary>
public class RaceStory : Story
{
    [Fact]
    public async Task The_same_key_at_two_processes_is_one_feedback()
    {
        var two = Site.Start();
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => InsistAsync(i % 2 == 0 ? World : two, Say.Angry(), "the-key"))));

        Assert.Single(await World.FeedbacksAsync());
        Assert.Single(all.Select(accepted => accepted.Feedback!.Feedback.Id).Distinct());
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task One_customer_at_two_processes_has_one_open_task()
    {
        var two = Site.Start();
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => InsistAsync(i % 2 == 0 ? World : two, Say.Angry(text: "Again " + i), "key-" + i))));

        Assert.Equal(40, Assert.Single(await World.OpenTasksAsync()).Feedbacks.Count);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Single(Mail.Of(LetterKind.Apology));
        await Promises.HoldAsync(Site, World, all.Select(accepted => accepted.Feedback!.Feedback.Id));
    }

    [Fact]
    public async Task Two_processes_that_follow_the_same_nudges_send_each_letter_once()
    {
        var two = Site.Start();
        World.CourierRuns = false;
        for (var customer = 1; customer <= 20; customer++) await World.SayAsync(Say.Angry(customer));
        var tasks = await World.OpenTasksAsync();
        var nudges = (await World.LettersAsync()).Select(entry => new Nudge(Slug, [entry.Letter.Id], entry.Letter.Task, Shop.SundayMorning, Shop.SundayMorning)).ToList();
        Site.Clock.Advance(TimeSpan.FromSeconds(45));

        await Task.WhenAll(nudges.SelectMany(nudge => new[] { World, two }.Select(world => Task.Run(() => world.Follow.RunAsync(nudge, Ct)))));

        Assert.All(Mail.Arrived, letter => Assert.Equal(1, Mail.HandOvers(letter.Id)));
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((20, 20), (Mail.Of(LetterKind.Alert).Count, Mail.Of(LetterKind.Apology).Count));
        Assert.Equal(20, tasks.Count);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Closing_and_joining_at_once_leaves_no_feedback_without_an_open_task()
    {
        for (var round = 1; round <= 20; round++)
        {
            var customer = round;
            var task = await OpenedAsync(customer: customer);
            var two = Site.Start();
            await Task.WhenAll(
                Task.Run(() => World.DoAsync(task.Id, new Close(Outcome.NoFault, "A mistake", null, Shop.Manager.Name))),
                Task.Run(() => two.SayAsync(Say.Angry(customer, "And another thing"))));
            var open = (await World.OpenTasksAsync()).Count(one => one.Contact.Phone == Say.Phone(customer));
            var closed = (await World.ClosedTasksAsync()).Single(one => one.Id == task.Id);
            // Either it joined before the closing or it opened a task of its own.
            Assert.Equal(2, closed.Feedbacks.Count + open);
        }

        await World.PassAsync(TimeSpan.FromMinutes(5));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Two_people_who_act_at_once_act_one_after_the_other()
    {
        var two = Site.Start();
        var task = await OpenedAsync("I leave");

        var acts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            (i % 2 == 0 ? World : two).DoAsync(task.Id, new Close(i % 2 == 0 ? Outcome.Saved : Outcome.Lost, "Talked", null, Shop.Manager.Name)))));

        var winner = Assert.Single(acts, acted => acted.Result == ActResult.Done);
        var outcome = winner.Task!.Closing!.Outcome;
        Assert.Equal(4, acts.Count(acted => acted.Result == ActResult.AlreadySo && acted.Task!.Closing!.Outcome == outcome));
        Assert.Equal(5, acts.Count(acted => acted.Result == ActResult.Closed));
        Assert.Single(await World.TimelineAsync(task.Id), TaskEventKind.Closed);
        Assert.Equal(new(1, 0, 0), (await World.Store.TallyAsync(Slug, Ct))!.Value);
    }

    [Fact]
    public async Task Many_promises_settled_at_once_are_all_counted()
    {
        var two = Site.Start();
        var tasks = new List<CallBackTask>();
        for (var customer = 1; customer <= 16; customer++) tasks.Add(await OpenedAsync(customer: customer));

        await Task.WhenAll(tasks.Select((task, i) => Task.Run(() => InsistAsync(() => (i % 2 == 0 ? World : two).DoAsync(task.Id, new NoAnswer(Shop.Manager.Name))))));

        Assert.Equal(new(16, 0, 0), (await World.Store.TallyAsync(Slug, Ct))!.Value);
        await Promises.HoldAsync(Site, World);
    }

    private static Task<Accepted> InsistAsync(World world, Submission said, string key) => InsistAsync(() => world.SayAsync(said, key));

    /// <summary>Does what a caller does with 503: the same again.</summary>
    private static async Task<T> InsistAsync<T>(Func<Task<T>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException) when (tries < 10)
            {
            }
        }
    }
}
