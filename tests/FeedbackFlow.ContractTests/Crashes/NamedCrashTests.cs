using FeedbackFlow.ContractTests.Stories;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>The crashes that people ask about, by name. The systematic ones beside them find the rest.</summary>
public class NamedCrashTests : Story
{
    [Fact]
    public async Task Dying_before_the_nudge_leaves_nothing()
    {
        await DyingAsync(Life.Until(Side.Before, "enqueue"));

        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await World.FeedbacksAsync());
        Assert.Equal(0, Site.CountNudges());
    }

    [Fact]
    public async Task Dying_between_the_nudge_and_the_commit_leaves_a_nudge_that_finds_nothing()
    {
        await DyingAsync(Life.Until(Side.Before, "commit feedback"));
        Assert.Equal(1, Site.CountNudges());

        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(0, Site.CountNudges());
        Assert.Empty(await World.FeedbacksAsync());
        Assert.Empty(Mail.Arrived);
    }

    [Fact]
    public async Task Dying_between_the_commit_and_the_answer_gives_the_retry_the_first_answer()
    {
        await DyingAsync(Life.Until(Side.After, "commit feedback"));

        var again = await World.SayAsync(Say.Angry(), "key");
        Assert.Equal(AcceptKind.Repeated, again.Kind);
        Assert.Equal(Assert.Single(await World.FeedbacksAsync()).Feedback.Id, again.Feedback!.Feedback.Id);
        await EachLetterArrivesOnceAsync();
    }

    [Fact]
    public async Task Dying_before_the_send_sends_on_the_next_nudge()
    {
        await DyingAsync(Life.Until(Side.Before, "send Alert"));
        await World.PassAsync(TimeSpan.FromSeconds(44));
        Assert.Empty(Mail.Arrived);

        await World.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Mail.Arrived.Count);
        Assert.All(Mail.Arrived, letter => Assert.Equal(1, Mail.HandOvers(letter.Id)));
        await EachLetterArrivesOnceAsync();
    }

    [Fact]
    public async Task Dying_between_the_send_and_the_mark_repeats_the_same_id()
    {
        await DyingAsync(Life.Until(Side.After, "send Alert"));
        var alert = Assert.Single(Mail.Arrived);
        await World.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, Mail.HandOvers(alert.Id));
        Assert.Equal(alert.Id, Assert.Single(Mail.Of(LetterKind.Alert)).Id);
        await EachLetterArrivesOnceAsync();
    }

    [Fact]
    public async Task Dying_after_the_mark_sends_only_what_is_left()
    {
        await DyingAsync(Life.Until(Side.After, "commit event"));
        await World.PassAsync(TimeSpan.FromMinutes(1));

        Assert.All(Mail.Arrived, letter => Assert.Equal(1, Mail.HandOvers(letter.Id)));
        await EachLetterArrivesOnceAsync();
    }

    [Fact]
    public async Task A_follower_that_dies_with_a_lease_is_followed_by_another_when_its_message_comes_back()
    {
        World.CourierRuns = false;
        await OpenedAsync();
        Site.Clock.MoveTo(Shop.SundayMorning + Nudge.AfterCommit);
        await Assert.ThrowsAsync<KilledException>(() => Site.Start(Life.Until(Side.After, "commit letter")).DeliverNudgesAsync());

        await World.PassAsync(TimeSpan.FromSeconds(59));
        Assert.Empty(Mail.Arrived);
        await World.PassAsync(TimeSpan.FromSeconds(1));
        await EachLetterArrivesOnceAsync();
    }

    [Fact]
    public async Task A_follower_that_dies_before_it_completes_is_repeated_without_effect()
    {
        World.CourierRuns = false;
        await OpenedAsync();
        Site.Clock.MoveTo(Shop.SundayMorning + Nudge.AfterCommit);
        await Assert.ThrowsAsync<KilledException>(() => Site.Start(Life.Until(Side.Before, "complete")).DeliverNudgesAsync());
        Assert.Equal(2, Mail.Arrived.Count);

        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.All(Mail.Arrived, letter => Assert.Equal(1, Mail.HandOvers(letter.Id)));
        await EachLetterArrivesOnceAsync();
    }

    [Fact]
    public async Task A_nudge_whose_followers_die_five_times_is_set_aside_and_the_sweep_takes_over()
    {
        World.CourierRuns = false;
        await OpenedAsync();
        for (var time = 0; time < 5; time++)
        {
            Site.Clock.MoveTo(Site.NextNudge()!.Value);
            await Assert.ThrowsAsync<KilledException>(() => Site.Start(Life.Until(Side.Before, "send Alert")).DeliverNudgesAsync());
        }

        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await World.Nudges.CountSetAsideAsync(Ct));
        Assert.Empty(Mail.Arrived);
        Assert.Equal(2, (await World.Repair.RunAsync(Ct)).Letters);
        await World.DeliverNudgesAsync();
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
    }

    [Fact]
    public async Task Dying_again_and_again_on_the_way_still_ends_well()
    {
        // Ten processes in a row live for a few calls each; the caller insists with the same key.
        var random = new Random(20260201);
        for (var life = 0; life < 10; life++)
        {
            var mortal = Site.Start(Life.UntilCall(random.Next(1, 16), life % 2 == 0 ? Side.Before : Side.After));
            try
            {
                await mortal.SayAsync(Say.Angry(), "key");
                await mortal.PassAsync(TimeSpan.FromSeconds(random.Next(1, 30)));
            }
            catch (KilledException)
            {
            }
        }

        await World.SayAsync(Say.Angry(), "key");
        await EachLetterArrivesOnceAsync();
    }

    private async Task DyingAsync(Life life)
    {
        await Assert.ThrowsAsync<KilledException>(() => Site.Start(life).SayAsync(Say.Angry(), "key"));
        Assert.True(life.IsOver);
    }

    private async Task EachLetterArrivesOnceAsync()
    {
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        Assert.Single(await World.OpenTasksAsync());
        await Promises.HoldAsync(Site, World);
    }
}
