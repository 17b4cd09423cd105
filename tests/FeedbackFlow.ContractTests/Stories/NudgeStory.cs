using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public class NudgeStory : Story
{
    [Fact]
    public async Task A_nudge_delivered_before_the_commit_does_no_harm_and_loses_nothing()
    {
        // The queue gives the nudge out at once, before the rows are there.
        var slow = Site.Start(Faults.OfRows(rows => new Storage.StubbornRows(rows)
        {
            BeforeCommits = async (_, changes, _) =>
            {
                if (changes[0].Key.StartsWith("feedback-", StringComparison.Ordinal)) await FollowEarlyAsync();
            },
        }));
        slow.CourierRuns = false;
        var accepted = await slow.SayAsync(Say.Angry());
        Assert.Empty(Mail.Arrived);

        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World, accepted.Feedback!.Feedback.Id);
    }

    [Fact]
    public async Task A_nudge_delivered_before_its_time_leaves_the_lease_alone()
    {
        World.CourierRuns = false;
        await OpenedAsync();
        for (var i = 0; i < 5; i++) await FollowEarlyAsync();
        Assert.Empty(Mail.Arrived);

        await World.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Mail.Arrived.Count);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Who_died_after_the_commit_is_followed_by_the_nudge_not_before_the_lease_ends()
    {
        World.CourierRuns = false;
        var accepted = await World.SayAsync(Say.Angry());
        var alert = accepted.OwnLetters[0];

        await World.PassAsync(OutboxEntry.LeaseTime - TimeSpan.FromTicks(1));
        Assert.Equal(Shop.SundayMorning + OutboxEntry.LeaseTime, await World.Send.LookAtAsync(Slug, alert, Ct));
        Assert.Empty(Mail.Arrived);

        await World.PassUntilAsync(Shop.SundayMorning + Nudge.AfterCommit);
        await World.DeliverNudgesAsync();
        Assert.Equal(2, Mail.Arrived.Count);
        Assert.All(Mail.Arrived, letter => Assert.Equal(1, Mail.HandOvers(letter.Id)));
    }

    [Fact]
    public async Task A_courier_that_wakes_up_after_its_lease_does_not_send()
    {
        World.CourierRuns = false;
        var accepted = await World.SayAsync(Say.Angry());
        Site.Clock.Advance(TimeSpan.FromSeconds(25));
        World.CourierRuns = true;
        await World.CarryAsync(accepted.OwnLetters);
        Assert.Empty(Mail.Arrived);

        await World.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Mail.Arrived.Count);
    }

    [Fact]
    public async Task Lost_nudges_are_found_by_the_sweep_which_says_how_many()
    {
        World.CourierRuns = false;
        var accepted = await World.SayAsync(Say.Angry());
        await World.SayAsync(Say.Angry(2));
        Site.LoseNudges();
        var task = await World.TaskAsync(accepted.Answer!.Task!.Value);

        // Not lost but late: nudges of three minutes ago may still be on their way.
        await World.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(new Repaired(0, 0, 0), await World.Repair.RunAsync(Ct));
        await World.PassAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(new Repaired(4, 0, 0), await World.Repair.RunAsync(Ct));
        await World.DeliverNudgesAsync();
        Assert.Equal(4, Mail.Arrived.Count);

        await World.PassUntilAsync(task.Ladder.NextAt!.Value + TimeSpan.FromMinutes(4));
        Assert.Equal(new Repaired(0, 2, 0), await World.Repair.RunAsync(Ct));
        await World.DeliverNudgesAsync();
        Assert.Equal(2, Mail.Of(LetterKind.Reminder).Count);
        Assert.Equal(new Repaired(0, 0, 0), await World.Repair.RunAsync(Ct));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task An_absence_whose_nudge_was_lost_moves_its_tasks_with_the_sweep()
    {
        var task = await OpenedAsync();
        await World.PassAsync(TimeSpan.FromMinutes(1));
        var away = new Absence(Site.Clock.GetUtcNow(), Site.Clock.GetUtcNow().AddDays(3));
        await World.Change.RunAsync(Slug, business => BusinessChange.To(business with { People = [.. business.People.Select(person => person.Id == task.Owner ? person with { Away = [away] } : person)] }));
        Site.LoseNudges();

        await World.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(new Repaired(0, 0, 0, Others: 1), await World.Repair.RunAsync(Ct));
        await World.DeliverNudgesAsync();
        Assert.NotEqual(task.Owner, (await World.TaskAsync(task.Id)).Owner);
        Assert.Equal(new Repaired(0, 0, 0), await World.Repair.RunAsync(Ct));
    }

    [Fact]
    public async Task A_fire_drill_whose_nudge_was_lost_ends_with_the_sweep()
    {
        await World.CarryAsync(await World.Drill.StartAsync(Site.Business, "Fire drill", "A drill: I leave", Shop.Owner.Name, Ct));
        Site.LoseNudges();
        await World.PassAsync(FireDrill.Lasts + TimeSpan.FromMinutes(4));
        Assert.Equal(1, (await World.Repair.RunAsync(Ct)).Others);
        await World.DeliverNudgesAsync();
        Assert.Empty(await World.OpenTasksAsync());
        Assert.NotNull((await World.Drill.ReportAsync(Slug, Ct))!.EndedAt);
        Assert.Equal(0, (await World.Repair.RunAsync(Ct)).Others);
    }

    [Fact]
    public async Task A_nudge_followed_ten_times_at_once_has_one_effect()
    {
        World.CourierRuns = false;
        var accepted = await World.SayAsync(Say.Angry());
        var task = await World.TaskAsync(accepted.Answer!.Task!.Value);
        var nudge = new Nudge(Slug, accepted.OwnLetters, task.Id, Shop.SundayMorning, Shop.SundayMorning);
        Site.Clock.Advance(TimeSpan.FromSeconds(45));
        await TenTimesAsync(nudge);
        Assert.All(Mail.Arrived, letter => Assert.Equal(1, Mail.HandOvers(letter.Id)));

        Site.Clock.MoveTo(task.Ladder.NextAt!.Value);
        await TenTimesAsync(nudge);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert, LetterKind.Reminder], Mail.Kinds.Order());
        Assert.All(Mail.Arrived, letter => Assert.Equal(1, Mail.HandOvers(letter.Id)));
        await Promises.HoldAsync(Site, World, accepted.Feedback!.Feedback.Id);
    }

    [Fact]
    public async Task A_nudge_for_what_was_never_committed_ends()
    {
        var nudge = new Nudge(Slug, [NewId.At<LetterId>(Shop.SundayMorning)], NewId.At<TaskId>(Shop.SundayMorning), Shop.SundayMorning, Shop.SundayMorning);

        await World.Follow.RunAsync(nudge, Ct);

        Assert.Equal(0, Site.CountNudges());
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_set_aside_where_a_person_sees_it()
    {
        var queue = World.Queue;
        await queue.EnqueueAsync(Adapters.Storage.NudgeQueue.Name, "not a nudge", TimeSpan.Zero, Ct);
        await OpenedAsync();

        await World.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await World.Nudges.CountSetAsideAsync(Ct));
        Assert.Equal(2, Mail.Arrived.Count);
    }

    [Fact]
    public async Task A_day_of_trouble_leaves_no_crowd_of_nudges()
    {
        Mail.Answer = Mail.IsDown;
        for (var customer = 1; customer <= 5; customer++) await OpenedAsync(customer: customer);
        await World.PassAsync(TimeSpan.FromHours(9));

        // Each letter and each task needs one; each of them may have a second from its first minute, and no third.
        var waiting = (await World.LettersAsync()).Count(entry => !entry.IsFinished) + 5;
        Assert.InRange(Site.CountNudges(), 1, 2 * waiting);
    }

    private Task TenTimesAsync(Nudge nudge) => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => World.Follow.RunAsync(nudge, Ct))));

    /// <summary>Follows what the queue holds although it is not visible yet, as a queue with a fast clock would give it out.</summary>
    private async Task FollowEarlyAsync()
    {
        var queue = World.Queue;
        foreach (var message in await queue.PeekAsync(Adapters.Storage.NudgeQueue.Name, 32, Ct))
            await World.Follow.RunAsync(System.Text.Json.JsonSerializer.Deserialize<Nudge>(message.Body)!, Ct);
    }
}
