using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Storage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public class StoreTroubleStory : Story
{
    private StubbornRows rows = null!;

    [Fact]
    public async Task A_store_that_cannot_commit_is_said_so_and_nothing_is_half_stored()
    {
        var broken = Broken();
        rows.BeforeCommits = (_, _, _) => throw new StoreUnavailableException("The disk is full.");
        var before = Site.CountRows("");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => broken.SayAsync(Say.Angry(), "key"));

        Assert.Equal(before, Site.CountRows(""));
        rows.BeforeCommits = null;
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(Mail.Arrived);
        Assert.Equal(AcceptKind.Stored, (await broken.SayAsync(Say.Angry(), "key")).Kind);
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, Mail.Arrived.Count);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_by_the_retry_and_sent_once()
    {
        var broken = Broken();
        rows.NextCommit = async commit =>
        {
            await commit();
            throw new StoreUnavailableException("The answer never came.");
        };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => broken.SayAsync(Say.Angry(), "key"));

        var again = await broken.SayAsync(Say.Angry(), "key");
        Assert.Equal(AcceptKind.Repeated, again.Kind);
        Assert.Single(await World.FeedbacksAsync());
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World, again.Feedback!.Feedback.Id);
    }

    [Fact]
    public async Task A_write_that_the_network_sent_twice_is_one_feedback()
    {
        var broken = Broken();
        rows.NextCommit = async commit =>
        {
            await commit();
            return await commit();
        };

        var accepted = await broken.SayAsync(Say.Angry());

        Assert.Single(await World.FeedbacksAsync());
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World, accepted.Feedback!.Feedback.Id);
    }

    [Fact]
    public async Task A_mark_that_the_network_sent_twice_is_one_line_of_the_timeline()
    {
        var broken = Broken();
        broken.CourierRuns = false;
        var accepted = await broken.SayAsync(Say.Angry());
        broken.CourierRuns = true;
        foreach (var letter in accepted.OwnLetters)
        {
            rows.NextCommit = async commit =>
            {
                await commit();
                return await commit();
            };
            await broken.CarryAsync([letter]);
        }

        await World.PassAsync(TimeSpan.FromMinutes(5));
        await Promises.HoldAsync(Site, World, accepted.Feedback!.Feedback.Id);
    }

    [Fact]
    public async Task Everybody_who_waits_for_a_store_that_hangs_is_told_after_ten_seconds()
    {
        var broken = Broken();
        rows.BeforeCommits = (_, _, ct) => Task.Delay(Timeout.Infinite, ct);

        // One customer, so that they wait for each other too.
        var all = Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            await Assert.ThrowsAsync<StoreUnavailableException>(() => broken.SayAsync(Say.Angry(text: "And " + i)))));
        await all.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        rows.BeforeCommits = null;
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await World.FeedbacksAsync());
        Assert.Empty(Mail.Arrived);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_commit_that_lands_after_its_nudge_is_nudged_again()
    {
        var broken = Broken();
        broken.CourierRuns = false;
        rows.NextCommit = SlowerThanItsNudge;

        var accepted = await broken.SayAsync(Say.Angry());

        await World.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World, accepted.Feedback!.Feedback.Id);
        await World.PassUntilAsync((await World.TaskAsync(accepted.Answer!.Task!.Value)).Ladder.NextAt!.Value);
        await World.DeliverNudgesAsync();
        Assert.Single(Mail.Of(LetterKind.Reminder));
    }

    [Fact]
    public async Task An_act_that_lands_after_its_nudge_is_nudged_again()
    {
        var task = await OpenedAsync();
        await World.PassAsync(TimeSpan.FromMinutes(1));
        var broken = Broken();
        broken.CourierRuns = false;
        rows.NextCommit = SlowerThanItsNudge;

        await broken.DoAsync(task.Id, new HandOver(Shop.Backup.Id, Shop.Manager.Name));

        await World.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(Mail.Of(LetterKind.Alert), letter => letter.To.Address == Shop.Backup.Email);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_sign_in_letter_that_lands_after_its_nudge_is_nudged_again()
    {
        var broken = Broken();
        rows.NextCommit = SlowerThanItsNudge;

        await broken.SignIn.AskAsync(Site.Business, Shop.Manager.Email, Ct);

        await World.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(Mail.Of(LetterKind.SignIn));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_step_that_lands_after_the_nudge_of_its_letters_is_nudged_again()
    {
        var task = await OpenedAsync();
        await World.PassUntilAsync(task.Ladder.NextAt!.Value - TimeSpan.FromTicks(1));
        Site.Clock.MoveTo(task.Ladder.NextAt.Value);
        var broken = Broken();
        rows.NextCommit = SlowerThanItsNudge;

        await broken.DeliverNudgesAsync();

        await World.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Single(Mail.Of(LetterKind.Reminder));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_store_that_is_away_for_minutes_costs_the_nudges_nothing()
    {
        World.CourierRuns = false;
        var accepted = await World.SayAsync(Say.Angry());
        var broken = Broken();
        rows.BeforeCommits = (_, _, _) => throw new StoreUnavailableException("Away.");
        await broken.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(Mail.Arrived);

        rows.BeforeCommits = null;
        await broken.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        await Promises.HoldAsync(Site, World, accepted.Feedback!.Feedback.Id);
    }

    /// <summary>A process whose rows do as this story says.</summary>
    private World Broken() => Site.Start(Faults.OfRows(real => rows = new StubbornRows(real)));

    /// <summary>The disk thinks for fifty seconds. Meanwhile another process follows every nudge, and finds nothing.</summary>
    private async Task<BatchResult> SlowerThanItsNudge(Func<Task<BatchResult>> commit)
    {
        await World.PassAsync(TimeSpan.FromSeconds(50));
        return await commit();
    }
}
