using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>The shop works from 8 to 18 from Sunday to Thursday. Who is quiet when is said by each story.</summary>
public sealed class QuietStory : Story
{
    private static readonly Way Sms = new(WayKind.Sms, "+972541112233", InQuietHours: true);
    private static readonly Way Slack = new(WayKind.Slack, "https://hooks.example/secret");

    [Fact]
    public async Task An_alert_in_the_night_waits_for_the_morning_and_the_customer_does_not()
    {
        await QuietAsync("21:00-07:00");
        await World.PassUntilAsync(At("Sun 22:00"));
        var task = await OpenedAsync();
        Assert.Equal([LetterKind.Apology], Mail.Kinds);
        await World.PassUntilAsync(At("Mon 06:59"));
        Assert.Empty(Mail.Of(LetterKind.Alert));
        await World.PassUntilAsync(At("Mon 07:00"));

        var alert = Assert.Single(Mail.Of(LetterKind.Alert));
        Assert.Equal((Shop.Manager.Email, "Mon 07:00"), (alert.To.Address, Local(alert.WrittenAt)));
        Assert.Equal("Mon 11:00", Local(task.Promise.By));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task An_alert_that_is_needed_no_more_in_the_morning_does_not_come()
    {
        await QuietAsync("21:00-07:00");
        await World.PassUntilAsync(At("Sun 22:00"));
        var task = await OpenedAsync();
        await World.DoAsync(task.Id, new Close(Outcome.Saved, "Talked", null, Shop.Owner.Name));
        await World.PassUntilAsync(At("Mon 08:30"));
        Assert.Empty(Mail.Of(LetterKind.Alert));
    }

    [Fact]
    public async Task An_alert_that_cannot_wait_goes_to_the_next_on_duty()
    {
        await QuietAsync("08:00-11:00");
        var task = await OpenedAsync();
        var alert = Assert.Single(Mail.Of(LetterKind.Alert));
        Assert.Equal((Shop.Backup.Email, Shop.Manager.Id), (alert.To.Address, task.Owner));
        // The link acts for whoever got it.
        Assert.Equal(Shop.Backup.Id, (await World.Store.LinkAsync(Slug, Token.Hash(alert.TokenOf(LinkPurpose.Claim)), Ct))!.Value.Person);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_reminder_at_half_time_waits_while_there_is_time_and_the_last_one_finds_somebody_awake()
    {
        await QuietAsync("10:20-10:40");
        await OpenedAsync();
        await World.PassUntilAsync(At("Sun 10:39"));
        Assert.Empty(Mail.Of(LetterKind.Reminder));
        await World.PassUntilAsync(At("Sun 10:40"));
        Assert.Equal(Shop.Manager.Email, Assert.Single(Mail.Of(LetterKind.Reminder)).To.Address);

        await QuietAsync("11:20-11:50");
        await World.PassUntilAsync(At("Sun 11:24"));
        Assert.Equal(Shop.Backup.Email, Mail.Of(LetterKind.Reminder)[^1].To.Address);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task An_escalation_goes_to_those_who_are_awake_and_to_the_others_when_their_quiet_ends()
    {
        await QuietAsync("11:30-12:30", Shop.Owner.Id);
        await OpenedAsync();
        await World.PassUntilAsync(At("Sun 12:00"));
        Assert.Equal([Shop.Backup.Email], Mail.Of(LetterKind.Escalation).Select(letter => letter.To.Address));
        await World.PassUntilAsync(At("Sun 12:30"));
        Assert.Contains(Mail.Of(LetterKind.Escalation), letter => letter.To.Address == Shop.Owner.Email);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task When_everybody_is_quiet_the_owner_of_the_business_gets_it_all_the_same()
    {
        await OpenedAsync();
        foreach (var person in Site.Business.People) await QuietAsync("11:15-13:00", person.Id);
        await World.PassUntilAsync(At("Sun 11:24"));
        Assert.Equal(Shop.Owner.Email, Mail.Of(LetterKind.Reminder)[^1].To.Address);
        await World.PassUntilAsync(At("Sun 12:00"));
        Assert.Equal([Shop.Owner.Email], Mail.Of(LetterKind.Escalation).Select(letter => letter.To.Address));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_way_that_is_marked_is_used_in_quiet_hours_and_the_others_only_after_them()
    {
        await QuietAsync("09:00-12:00", ways: [Slack, Sms]);
        await OpenedAsync();
        Assert.Equal((WayKind.Sms, LetterKind.Alert), (Assert.Single(Site.Chats.Taken).Way.Kind, Site.Chats.Taken[0].Letter.Kind));
        await World.PassUntilAsync(At("Sun 12:00"));
        await OpenedAsync(customer: 2);
        Assert.Equal(WayKind.Slack, Site.Chats.Taken[^1].Way.Kind);
    }

    [Fact]
    public async Task When_the_marked_way_refuses_what_can_wait_waits_and_what_cannot_takes_the_others()
    {
        Site.Chats.Answer = (way, _) => way.Kind == WayKind.Sms ? Chats.Refuses : Delivery.Sent;
        await QuietAsync("21:00-07:00", ways: [Slack, Sms]);
        await World.PassUntilAsync(At("Sun 22:00"));
        await OpenedAsync();
        await World.PassUntilAsync(At("Mon 06:59"));
        Assert.Empty(Site.Chats.Taken);
        await World.PassUntilAsync(At("Mon 07:00"));
        Assert.Equal(WayKind.Slack, Assert.Single(Site.Chats.Taken).Way.Kind);

        await QuietAsync("08:00-12:00", ways: [Slack, Sms]);
        await World.PassUntilAsync(At("Mon 08:20"));
        await OpenedAsync(customer: 2);
        await World.DeliverNudgesAsync();
        Assert.Equal(WayKind.Slack, Site.Chats.Taken[^1].Way.Kind);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_marked_way_that_is_down_all_night_does_not_hold_up_the_others_in_the_morning()
    {
        Site.Chats.Answer = (_, _) => Chats.IsDown;
        await QuietAsync("21:00-07:00", ways: [Sms]);
        await World.PassUntilAsync(At("Sun 22:00"));
        await OpenedAsync();
        await World.PassUntilAsync(At("Mon 06:59"));
        Assert.Empty(Mail.Of(LetterKind.Alert));
        await World.PassUntilAsync(At("Mon 07:01"));
        Assert.Single(Mail.Of(LetterKind.Alert));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Shabbat_stands_above_quiet_hours_and_quiet_hours_begin_where_it_ends()
    {
        await QuietAsync("17:30-07:00");
        await World.PassUntilAsync(At("Fri 17:00"));
        await OpenedAsync();
        await World.PassUntilAsync(At("Next 06:59"));
        Assert.Equal([LetterKind.Apology], Mail.Kinds);
        Assert.Equal("Sat 18:01", Local(Mail.Arrived[0].WrittenAt));
        await World.PassUntilAsync(At("Next 07:00"));
        Assert.Single(Mail.Of(LetterKind.Alert));
        await Promises.HoldAsync(Site, World);
    }

    /// <summary>Somebody awake who has no letter of it helps nobody.</summary>
    [Fact]
    public async Task An_escalation_that_a_rest_held_waits_for_no_morning_when_all_it_goes_to_are_quiet()
    {
        await QuietAsync("17:30-07:00", Shop.Backup.Id);
        await QuietAsync("17:30-07:00", Shop.Owner.Id);
        await World.PassUntilAsync(At("Fri 09:30"));
        await OpenedAsync();
        await World.PassUntilAsync(At("Fri 12:29"));
        Mail.Answer = Mail.IsDown;
        await World.PassUntilAsync(At("Sat 17:00"));
        Mail.Answer = Mail.Works;
        await World.PassUntilAsync(At("Sat 18:00"));
        Assert.DoesNotContain(Mail.Arrived, letter => letter.Kind == LetterKind.Escalation);
        await World.PassUntilAsync(At("Sat 18:02"));
        Assert.NotEmpty(Mail.Of(LetterKind.Escalation));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Many_reminders_of_a_quiet_person_wait_as_one_message()
    {
        for (var customer = 1; customer <= 7; customer++) await OpenedAsync(customer: customer);
        await QuietAsync("10:20-10:45");
        await World.PassUntilAsync(At("Sun 10:44"));
        Assert.DoesNotContain(Mail.Arrived, letter => letter.Kind is LetterKind.Reminder or LetterKind.Summary);
        await World.PassUntilAsync(At("Sun 10:45"));
        Assert.Single(Mail.Of(LetterKind.Summary));
    }

    [Fact]
    public async Task What_passes_one_after_another_while_somebody_is_quiet_is_no_storm_in_the_end()
    {
        await QuietAsync("09:30-15:00", Shop.Owner.Id);
        for (var customer = 1; customer <= 8; customer++)
        {
            await OpenedAsync("I leave", customer);
            await World.PassAsync(TimeSpan.FromMinutes(3));
        }

        await World.PassUntilAsync(At("Sun 14:59"));
        Assert.DoesNotContain(Mail.Arrived, letter => letter.To.Address == Shop.Owner.Email);
        await World.PassUntilAsync(At("Sun 15:00"));
        var told = Mail.Arrived.Where(letter => letter.To.Address == Shop.Owner.Email).ToList();
        Assert.StartsWith("8 tasks", Assert.Single(told, letter => letter.Kind == LetterKind.Summary).Text, StringComparison.Ordinal);
        Assert.InRange(told.Count, 1, Summaries.MostAtOnce + 1);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task What_must_not_wait_does_not_join_what_gathers_for_the_end_of_quiet_hours()
    {
        foreach (var person in new[] { Shop.Owner, Shop.Manager }) await QuietAsync("09:30-15:00", person.Id);
        for (var customer = 1; customer <= 8; customer++)
        {
            await OpenedAsync("I leave", customer);
            await World.PassAsync(TimeSpan.FromMinutes(3));
        }

        await World.PassUntilAsync(At("Sun 12:30"));
        await QuietAsync("09:30-15:00", Shop.Backup.Id);
        await OpenedAsync("I leave", 9);
        await World.PassUntilAsync(At("Sun 13:31"));
        // Everybody is quiet: the reminder and the deadline of the ninth wake the owner.
        Assert.Contains(Mail.Of(LetterKind.Escalation), letter => letter.To.Address == Shop.Owner.Email);
        await Promises.HoldAsync(Site, World);
    }

    private async Task QuietAsync(string hours, PersonId? who = null, IReadOnlyList<Way>? ways = null) =>
        await Site.ChangeBusinessAsync(Site.Business with
        {
            People = [.. Site.Business.People.Select(person => person.Id == (who ?? Shop.Manager.Id) ? person with { Quiet = QuietHours.Read(hours)!, Ways = ways ?? person.Ways } : person)],
        });

    private static DateTimeOffset At(string when)
    {
        var day = Array.IndexOf(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Next"], when.Split(' ')[0]);
        return new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddDays(day) + TimeSpan.Parse(when.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
