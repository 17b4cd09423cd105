using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>Two channels, "email" before "smtp": quotas, falls, and letters that the first one took and that did not arrive.</summary>
public sealed class BouncedLetterStory : Story
{
    private readonly Mail smtp = new();

    private HearDelivery Hear => new(World.Lists, World.Store, World.Store, World.Nudges, new(Random.Shared), Site.Clock);

    [Fact]
    public async Task A_bounced_alert_goes_through_the_next_channel_and_the_task_shows_it()
    {
        var world = TwoChannels();
        var task = await OpenedAsync(world);
        var alert = Assert.Single(Mail.Of(LetterKind.Alert));
        Assert.Equal("email", (await world.LetterAsync(alert.Id)).Via);

        Assert.Equal(DeliveryHeard.Done, await Hear.RunAsync(Report(alert, "Bounced"), Ct));
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(alert.Id, Assert.Single(smtp.Of(LetterKind.Alert)).Id);
        Assert.Equal((LetterState.Sent, "smtp"), ((await world.LetterAsync(alert.Id)).State, (await world.LetterAsync(alert.Id)).Via));
        Assert.Contains(TaskEventKind.LetterBounced, await world.TimelineAsync(task));
        Assert.Equal((Shop.Manager.Name, "Bounced"), (await world.EventsAsync(task)).Where(line => line.Kind == TaskEventKind.LetterBounced).Select(line => (line.Who, line.Detail)).Single());
    }

    [Fact]
    public async Task A_report_that_comes_twice_or_after_the_next_channel_has_sent_changes_nothing()
    {
        var world = TwoChannels();
        await OpenedAsync(world);
        var alert = Assert.Single(Mail.Of(LetterKind.Alert));
        await Hear.RunAsync(Report(alert, "Suppressed"), Ct);
        Assert.Equal(DeliveryHeard.NothingToDo, await Hear.RunAsync(Report(alert, "Suppressed"), Ct));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(DeliveryHeard.NothingToDo, await Hear.RunAsync(Report(alert, "Failed"), Ct));
        await world.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(1, smtp.HandOvers(alert.Id));
    }

    [Fact]
    public async Task When_no_channel_is_left_a_person_has_the_letter()
    {
        var world = TwoChannels();
        await OpenedAsync(world);
        var alert = Assert.Single(Mail.Of(LetterKind.Alert));
        await Hear.RunAsync(Report(alert, "Bounced"), Ct);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(DeliveryHeard.Done, await Hear.RunAsync(Report(alert, "Bounced") with { Via = "smtp" }, Ct));
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("It did not arrive through any channel there is.", Assert.Single(await world.SetAsideAsync()).Problem);
    }

    [Fact]
    public async Task After_a_bounce_the_customer_can_write_again_and_is_told_by_the_page()
    {
        var world = TwoChannels();
        var task = await OpenedAsync(world);
        await Hear.RunAsync(Report(Assert.Single(Mail.Of(LetterKind.Apology)), "Bounced"), Ct);

        var again = await world.SayAsync(Say.Angry(), null, null, Origin.Api, shownOnPage: true);

        Assert.Equal(AcceptKind.Stored, again.Kind);
        Assert.Equal([ToldBy.Page], (await world.TaskAsync(task)).Promise.Told);
        await world.DoAsync(task, new Close(Outcome.Lost, "Gone.", null, Shop.Manager.Name));
        Assert.Equal([LedgerMark.Kept, LedgerMark.Told], (await world.AllAsync((next, ct) => world.Lists.LedgerAsync(Slug, 100, next, ct))).Select(line => line.Mark));
        Assert.Equal(new PromiseTally(1, 0, 0), (await world.Store.TallyAsync(Slug, Ct))!.Value);
    }

    [Fact]
    public async Task A_promise_of_which_nobody_was_told_in_the_end_counts_as_a_target()
    {
        var world = TwoChannels();
        var task = await OpenedAsync(world);
        await Hear.RunAsync(Report(Assert.Single(Mail.Of(LetterKind.Apology)), "Bounced"), Ct);
        await world.DoAsync(task, new Close(Outcome.Lost, "Gone.", null, Shop.Manager.Name));
        Assert.Equal([LedgerMark.NotTold, LedgerMark.Told], (await world.AllAsync((next, ct) => world.Lists.LedgerAsync(Slug, 100, next, ct))).Select(line => line.Mark));
        Assert.Equal(new PromiseTally(0, 0, 0) { Targets = new(1, 0, 0) }, (await world.Store.TallyAsync(Slug, Ct))!.Value);
    }

    [Fact]
    public async Task An_apology_that_bounced_is_not_sent_again_and_did_not_tell_the_promise()
    {
        var world = TwoChannels();
        var task = await OpenedAsync(world);
        Assert.Equal([ToldBy.Mail], (await world.TaskAsync(task)).Promise.Told);
        var apology = Assert.Single(Mail.Of(LetterKind.Apology));

        Assert.Equal(DeliveryHeard.Done, await Hear.RunAsync(Report(apology, "Bounced"), Ct));
        await world.PassAsync(TimeSpan.FromMinutes(10));

        Assert.False((await world.TaskAsync(task)).Promise.WasTold);
        Assert.Equal("Bounced", Assert.Single(await world.SetAsideAsync()).Problem);
        Assert.Empty(smtp.Of(LetterKind.Apology));
        Assert.Contains(TaskEventKind.LetterBounced, await world.TimelineAsync(task));
    }

    [Fact]
    public async Task A_report_that_is_faster_than_the_mark_is_asked_for_again()
    {
        var world = TwoChannels();
        world.CourierRuns = false;
        var accepted = await world.SayAsync(Say.Angry());
        var id = accepted.OwnLetters[0];
        Assert.Equal(DeliveryHeard.TooEarly, await Hear.RunAsync(new(id, "email", Shop.Manager.Email, false, "Bounced", Site.Clock.GetUtcNow()), Ct));
    }

    [Fact]
    public async Task Good_news_and_letters_of_nobody_are_left_alone()
    {
        var world = TwoChannels();
        await OpenedAsync(world);
        var alert = Assert.Single(Mail.Of(LetterKind.Alert));
        Assert.Equal(DeliveryHeard.NothingToDo, await Hear.RunAsync(Report(alert, "Delivered") with { Arrived = true }, Ct));
        Assert.Equal(DeliveryHeard.Unknown, await Hear.RunAsync(Report(alert, "Bounced") with { Letter = A.Id<LetterId>(999) }, Ct));
        Assert.Equal(LetterState.Sent, (await world.LetterAsync(alert.Id)).State);
    }

    [Fact]
    public async Task Over_its_quota_the_first_channel_leaves_a_letter_to_the_next()
    {
        Mail.Answer = (_, _) => Task.FromResult(new Delivery(DeliveryKind.TryAgain, "The quota is used.", Site.Clock.GetUtcNow().AddHours(1)) { NotTaken = true });
        await OpenedAsync(TwoChannels());

        Assert.Equal([LetterKind.Apology, LetterKind.Alert], smtp.Kinds.Order());
    }

    [Fact]
    public async Task Over_both_quotas_letters_wait_for_the_sooner_one_and_none_is_lost()
    {
        var soon = Site.Clock.GetUtcNow().AddMinutes(5);
        Mail.Answer = (_, _) => Task.FromResult(new Delivery(DeliveryKind.TryAgain, "Used.", soon.AddHours(1)) { NotTaken = true });
        smtp.Answer = (_, _) => Task.FromResult(new Delivery(DeliveryKind.TryAgain, "Used.", soon) { NotTaken = true });
        var world = TwoChannels();
        await OpenedAsync(world);
        Assert.All(await world.LettersAsync(), entry => Assert.Equal((LetterState.Waiting, soon), (entry.State, entry.DueAt)));

        smtp.Answer = Mail.Works;
        await world.PassUntilAsync(soon);
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], smtp.Kinds.Order());
    }

    [Fact]
    public async Task While_it_is_not_known_whether_the_first_has_it_the_next_does_not_get_it()
    {
        Mail.Answer = Mail.IsDown;
        await OpenedAsync(TwoChannels());
        Assert.Empty(smtp.Arrived);
    }

    [Fact]
    public async Task An_attempt_is_told_whether_another_was_begun_before()
    {
        var told = new Recording();
        var world = Site.Start(Faults.None with { Channel = _ => told });
        var accepted = await world.SayAsync(Say.Angry());
        await world.PassAsync(TimeSpan.FromSeconds(45));

        Assert.Equal([false, true], told.Begun.Where(one => one.Letter == accepted.OwnLetters[0]).Select(one => one.Begun).Take(2));
    }

    private World TwoChannels() => Site.Start(Faults.None with { Channel = first => new ChannelChain([("email", first), ("smtp", smtp)]) });

    private static async Task<TaskId> OpenedAsync(World world) => (await world.SayAsync(Say.Angry())).Answer!.Task!.Value;

    private DeliveryReport Report(Letter letter, string status) => new(letter.Id, "email", letter.To.Address, false, status, Site.Clock.GetUtcNow());

    private sealed class Recording : ILetterChannel
    {
        public List<(LetterId Letter, bool Begun)> Begun { get; } = [];

        public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => throw new NotSupportedException();

        public Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct)
        {
            lock (Begun) Begun.Add((letter.Id, earlier.Begun));
            return Mail.IsDown(letter, ct);
        }
    }
}
