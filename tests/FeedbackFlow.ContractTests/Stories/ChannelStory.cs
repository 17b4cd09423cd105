using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public class ChannelStory : Story
{
    [Fact]
    public async Task A_channel_that_is_down_for_a_working_day_costs_time_but_no_letter()
    {
        Mail.Answer = Mail.IsDown;
        var task = await OpenedAsync();
        await World.PassAsync(TimeSpan.FromHours(10));
        Assert.Empty(await World.SetAsideAsync());
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromHours(8));

        Assert.Single(Mail.Of(LetterKind.Alert));
        // The time it promised had passed before it could be sent.
        Assert.Empty(Mail.Of(LetterKind.Apology));
        Assert.False((await World.TaskAsync(task.Id)).Promise.WasTold);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Retries_come_later_and_later_and_in_the_end_a_person_has_the_letter()
    {
        var tries = new List<DateTimeOffset>();
        Mail.Answer = (letter, ct) =>
        {
            if (letter.Kind == LetterKind.Alert) tries.Add(Site.Clock.GetUtcNow());
            return Mail.IsDown(letter, ct);
        };
        var task = await OpenedAsync();
        await World.PassAsync(TimeSpan.FromDays(3));

        Assert.Equal(RetryPolicy.MostAttempts, tries.Count);
        var waits = tries.Zip(tries.Skip(1), (one, next) => next - one).ToList();
        for (var i = 0; i < waits.Count; i++) Assert.InRange(waits[i], RetryPolicy.Backoff(i + 1, 1), RetryPolicy.Backoff(i + 1, 0));
        Assert.InRange(tries[^1] - tries[0], TimeSpan.FromHours(24), TimeSpan.FromHours(40));
        var aside = Assert.Single(await World.SetAsideAsync(), entry => entry.Letter.Kind == LetterKind.Alert);
        Assert.Equal("The server is away.", aside.Problem);
        Assert.Contains(TaskEventKind.LetterSetAside, await World.TimelineAsync(task.Id));

        Mail.Answer = Mail.Works;
        Assert.True(await World.Send.SendAgainAsync(Slug, aside.Letter.Id, Ct));
        Assert.False(await World.Send.SendAgainAsync(Slug, aside.Letter.Id, Ct));
        await World.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(Mail.Of(LetterKind.Alert));
        Assert.DoesNotContain(await World.SetAsideAsync(), entry => entry.Letter.Kind == LetterKind.Alert);
    }

    [Fact]
    public async Task Sending_again_does_not_wait_for_a_nudge_of_45_seconds()
    {
        var id = await RefusedAlertAsync();
        await World.Send.SendAgainAsync(Slug, id, Ct);
        await World.DeliverNudgesAsync();

        Assert.Single(Mail.Of(LetterKind.Alert));
    }

    [Fact]
    public async Task A_letter_is_sent_again_though_its_nudge_outruns_the_commit()
    {
        var id = await RefusedAlertAsync();
        var slow = Site.Start(Faults.OfRows(rows => new Storage.StubbornRows(rows) { BeforeCommits = async (_, _, _) => await World.DeliverNudgesAsync() }));

        Assert.True(await slow.Send.SendAgainAsync(Slug, id, Ct));
        await World.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Single(Mail.Of(LetterKind.Alert));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_letter_whose_every_sender_died_is_set_aside_and_not_tried_forever()
    {
        var letter = new Letter(
            NewId.At<LetterId>(Site.Clock.GetUtcNow()), LetterKind.SignIn, Shop.Slug, "Shop", null, new("Noa", "noa@customers.example", "en"), "s", "h", "t", null,
            Site.Clock.GetUtcNow(), null);
        var worn = OutboxEntry.Leased(letter, Site.Clock.GetUtcNow()) with { Attempts = RetryPolicy.MostAttempts };
        await World.Store.CommitAsync(new Commit(Shop.Slug) { Letters = [Change.New(worn)] }, CancellationToken.None);

        await World.PassAsync(TimeSpan.FromMinutes(4));
        await World.Repair.RunAsync(CancellationToken.None);
        await World.PassAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(letter.Id, Assert.Single(await World.SetAsideAsync()).Letter.Id);
        Assert.Empty(Mail.Arrived);
    }

    [Fact]
    public async Task A_refused_letter_is_set_aside_at_once_and_does_not_hold_up_the_others()
    {
        Mail.Answer = (letter, ct) => letter.Kind == LetterKind.Alert ? Mail.Refuses(letter, ct) : Mail.Works(letter, ct);
        World.CourierRuns = false;
        await OpenedAsync();
        await World.PassAsync(TimeSpan.FromSeconds(45));
        await World.DeliverNudgesAsync();

        Assert.Equal([LetterKind.Apology], Mail.Kinds);
        Assert.Equal((1 + 1, "No such mailbox."), (Assert.Single(await World.SetAsideAsync()).Attempts, Assert.Single(await World.SetAsideAsync()).Problem));
        await World.PassAsync(TimeSpan.FromMinutes(10));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_channel_that_throws_is_tried_again_and_its_words_are_not_kept()
    {
        Mail.Answer = (letter, _) => throw new InvalidOperationException("secret of " + letter.To.Address);
        await OpenedAsync();

        Assert.All(await World.LettersAsync(), entry => Assert.Equal((LetterState.Waiting, nameof(InvalidOperationException)), (entry.State, entry.Problem)));
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, Mail.Arrived.Count);
    }

    [Fact]
    public async Task A_hanging_channel_is_let_go_before_the_lease_ends()
    {
        World.CourierRuns = false;
        var accepted = await World.SayAsync(Say.Angry());
        Mail.Answer = Mail.Hangs;
        // All but the last tenth of a second of the time a sender has.
        Site.Clock.Advance(TimeSpan.FromSeconds(24.9));
        World.CourierRuns = true;
        await World.CarryAsync(accepted.OwnLetters);

        Assert.All(await World.LettersAsync(), entry => Assert.Equal((LetterState.Waiting, "The channel did not answer in time."), (entry.State, entry.Problem)));
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, Mail.Arrived.Count);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_channel_that_asks_for_peace_gets_it()
    {
        var until = Shop.SundayMorning.AddHours(1);
        Mail.Answer = (_, _) => Task.FromResult(new Delivery(DeliveryKind.TryAgain, "Too many.", until));
        await OpenedAsync();
        Mail.Answer = Mail.Works;

        await World.PassUntilAsync(until - TimeSpan.FromTicks(1));
        Assert.Empty(Mail.Arrived);
        await World.PassAsync(TimeSpan.FromTicks(1));
        await World.DeliverNudgesAsync();
        Assert.Equal(2, Mail.Arrived.Count);
    }

    private async Task<Pipeline.Intake.LetterId> RefusedAlertAsync()
    {
        Mail.Answer = (letter, ct) => letter.Kind == LetterKind.Alert ? Mail.Refuses(letter, ct) : Mail.Works(letter, ct);
        await OpenedAsync();
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Mail.Answer = Mail.Works;
        return Assert.Single(await World.SetAsideAsync()).Letter.Id;
    }
}
