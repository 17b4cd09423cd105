using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>The manager is told by Slack, then by SMS, and by mail when nothing else works; everybody else by mail.</summary>
public sealed class WaysStory : Story
{
    private static readonly Way Slack = new(WayKind.Slack, "https://hooks.example/secret");
    private static readonly Way Sms = new(WayKind.Sms, "+972541112233");

    private protected override Business Business => Shop.Make() with { People = [Shop.Manager with { Ways = [Slack, Sms] }, Shop.Backup, Shop.Owner] };

    [Fact]
    public async Task The_first_way_takes_the_alert_and_nothing_else_does()
    {
        var task = await OpenedAsync();
        var (way, letter) = Assert.Single(Site.Chats.Taken);
        Assert.Equal((Slack, LetterKind.Alert), (way, letter.Kind));
        Assert.Equal([LetterKind.Apology], Mail.Kinds);
        Assert.Equal("Slack", (await World.LetterAsync(letter.Id)).Via);
        Assert.Equal((WayKind.Slack, 0), await LineAsync(task.Id, TaskEventKind.AlertSent));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task One_that_refuses_gives_way_at_once_and_the_timeline_says_so()
    {
        Site.Chats.Answer = (way, _) => way.Kind == WayKind.Slack ? Chats.Refuses : Delivery.Sent;
        var task = await OpenedAsync();
        await World.DeliverNudgesAsync();

        Assert.Equal(WayKind.Sms, Assert.Single(Site.Chats.Taken).Way.Kind);
        Assert.Equal([WayKind.Slack, WayKind.Sms], Site.Chats.Tried.Select(one => one.Kind));
        Assert.Equal((WayKind.Sms, 1), await LineAsync(task.Id, TaskEventKind.AlertSent));
        Assert.Empty(Mail.Of(LetterKind.Alert));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task One_that_does_not_take_it_within_its_minute_gives_way_to_the_next_and_the_last_is_mail()
    {
        Site.Chats.Answer = (_, _) => Chats.IsDown;
        var begun = Site.Clock.GetUtcNow();
        var task = await OpenedAsync();
        await World.PassAsync(TimeSpan.FromSeconds(59));
        Assert.All(Site.Chats.Tried, one => Assert.Equal(WayKind.Slack, one.Kind));
        Assert.True(Site.Chats.Tried.Count > 1);
        await World.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(WayKind.Sms, Site.Chats.Tried[^1].Kind);
        Assert.Empty(Mail.Of(LetterKind.Alert));
        await World.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((WayKind.Mail, 2), await LineAsync(task.Id, TaskEventKind.AlertSent));
        Assert.Single(Mail.Of(LetterKind.Alert));
        Assert.Equal(begun + TimeSpan.FromMinutes(2), (await World.LetterAsync(Mail.Of(LetterKind.Alert)[0].Id)).SentAt);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task One_that_asks_for_more_patience_than_it_has_is_left_at_once()
    {
        Site.Chats.Answer = (way, _) => way.Kind == WayKind.Slack ? Chats.IsDown with { NotBefore = Site.Clock.GetUtcNow().AddMinutes(10) } : Delivery.Sent;
        await OpenedAsync();
        await World.DeliverNudgesAsync();
        Assert.Equal(WayKind.Sms, Assert.Single(Site.Chats.Taken).Way.Kind);
    }

    [Fact]
    public async Task When_the_last_refuses_those_that_were_only_late_get_it_again()
    {
        var away = true;
        Site.Chats.Answer = (_, _) => away ? Chats.IsDown : Delivery.Sent;
        Mail.Answer = (letter, ct) => letter.Kind == LetterKind.Alert ? Mail.Refuses(letter, ct) : Mail.Works(letter, ct);
        await OpenedAsync();
        await World.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Empty(await World.SetAsideAsync());
        away = false;
        await World.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(LetterKind.Alert, Assert.Single(Site.Chats.Taken).Letter.Kind);
    }

    [Fact]
    public async Task When_all_refuse_a_person_has_the_letter_and_sends_it_again_from_the_first_way()
    {
        Site.Chats.Answer = (_, _) => Chats.Refuses;
        Mail.Answer = (letter, ct) => letter.Kind == LetterKind.Alert ? Mail.Refuses(letter, ct) : Mail.Works(letter, ct);
        var task = await OpenedAsync();
        await World.PassAsync(TimeSpan.FromSeconds(10));
        var aside = Assert.Single(await World.SetAsideAsync());
        Assert.Equal((null, 3), await LineAsync(task.Id, TaskEventKind.LetterSetAside));

        Site.Chats.Answer = (_, _) => Delivery.Sent;
        await World.Send.SendAgainAsync(Slug, aside.Letter.Id, Ct);
        await World.DeliverNudgesAsync();
        Assert.Equal(WayKind.Slack, Assert.Single(Site.Chats.Taken).Way.Kind);
    }

    [Fact]
    public async Task Reminders_and_escalations_go_the_same_way_and_sign_in_links_by_mail()
    {
        await OpenedAsync();
        await World.PassAsync(TimeSpan.FromMinutes(150));
        Assert.Equal([LetterKind.Alert, LetterKind.Reminder, LetterKind.Reminder], Site.Chats.Taken.Select(one => one.Letter.Kind));
        await World.CarryAsync(await World.SignIn.AskAsync(Site.Business, Shop.Manager.Email, Ct));
        Assert.Single(Mail.Of(LetterKind.SignIn));
        await World.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Equal([Shop.Backup.Email, Shop.Owner.Email], Mail.Of(LetterKind.Escalation).Select(letter => letter.To.Address).Order());
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task More_than_five_at_once_are_one_message()
    {
        for (var customer = 1; customer <= 7; customer++) await OpenedAsync(customer: customer);
        await World.PassAsync(TimeSpan.FromMinutes(91));
        Assert.Single(Site.Chats.Taken, one => one.Letter.Kind == LetterKind.Summary);
        Assert.DoesNotContain(Site.Chats.Taken, one => one.Letter.Kind == LetterKind.Reminder);
    }

    /// <summary>A provider of SMS is asked by it whether it has a message already.</summary>
    [Fact]
    public async Task No_two_messages_begin_with_the_same_link()
    {
        for (var customer = 1; customer <= 7; customer++) await OpenedAsync(customer: customer);
        await World.PassAsync(TimeSpan.FromMinutes(150));
        Assert.Equal(2, Site.Chats.Taken.Count(one => one.Letter.Kind == LetterKind.Summary));
        var trial = new TryWay(new PlainLetterWriter(), new ReachPeople(Mail, Site.Chats), new(new("https://shop.example/")), Site.Clock);
        await trial.RunAsync(Site.Business, Shop.Manager, Sms, Ct);
        await trial.RunAsync(Site.Business, Shop.Manager, Sms, Ct);
        Assert.Distinct(Site.Chats.Taken.Select(one => one.Letter.Brief!.Links[0].Address));
        Assert.Equal(2, Site.Chats.Taken.Count(one => one.Letter.Kind == LetterKind.Trial));
    }

    [Fact]
    public async Task What_a_chat_shows_is_erased_with_the_customer()
    {
        var task = await OpenedAsync();
        await World.Erase.BeginAsync(Slug, task.Customer!.Value, Ct);
        await World.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Null((await World.LetterAsync(Site.Chats.Taken[0].Letter.Id)).Letter.Brief);
    }

    private async Task<(WayKind? By, int Passed)> LineAsync(TaskId task, TaskEventKind kind)
    {
        var line = Assert.Single((await World.Lists.TimelineAsync(Slug, task, 100, null, Ct)).Items, line => line.Kind == kind);
        return (line.By, line.NotBy.Count);
    }
}
