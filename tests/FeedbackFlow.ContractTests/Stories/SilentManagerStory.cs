using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public class SilentManagerStory : Story
{
    private static readonly Claim Claimed = new(Shop.Manager.Id, Shop.Manager.Name);

    [Fact]
    public async Task Nobody_calls_and_time_speaks_up_at_each_step()
    {
        var task = await OpenedAsync("I leave");
        Assert.Equal("Sun 10:00", Local(task.Promise.By));

        await World.PassUntilAsync(Shop.SundayMorning.AddDays(2));

        Assert.Equal(
            [
                "Sun 09:00 Alert: New task to person1", "Sun 09:00 Apology: Sorry. דנה מנהלת calls by 2026-02-01T10:00:00.0000000+02:00. to noa1",
                "Sun 09:30 Reminder: Half to person1",
                "Sun 09:48 Reminder: Late to person1",
                "Sun 10:00 Escalation: Overdue to person2", "Sun 10:00 Escalation: Overdue to person3",
                "Sun 11:00 Escalation: Again to person2", "Sun 11:00 Escalation: Again to person3",
                "Mon 11:00 Escalation: Again to person2", "Mon 11:00 Escalation: Again to person3",
                "Mon 18:00 Escalation: Broken to person2", "Mon 18:00 Escalation: Broken to person3",
            ],
            Mail.Arrived.Select(letter => $"{Local(letter.WrittenAt)} {letter.Subject} to {letter.To.Address.Split('@')[0]}"));
        Assert.Equal(PromiseState.Broken, (await World.TaskAsync(task.Id)).Promise.State);
        Assert.Equal(new(0, 0, 1), (await World.Store.TallyAsync(Slug, Ct))!.Value);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Claiming_stops_the_repeated_letters_but_not_the_deadline()
    {
        var task = await OpenedAsync("I leave");
        await World.PassAsync(TimeSpan.FromMinutes(61));
        Assert.Equal(2, Mail.Of(LetterKind.Escalation).Count);

        await World.DoAsync(task.Id, Claimed);
        await World.PassAsync(TimeSpan.FromDays(10));

        Assert.Equal(["Overdue", "Overdue", "Broken", "Broken"], Mail.Of(LetterKind.Escalation).Select(letter => letter.Subject.Split(' ')[1]));
        Assert.Equal(PromiseState.Broken, (await World.TaskAsync(task.Id)).Promise.State);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task The_letters_have_an_end_though_nobody_ever_acts()
    {
        await OpenedAsync("I leave");

        await World.PassAsync(TimeSpan.FromDays(60));

        Assert.Equal(2 * (1 + 10 + 1), Mail.Of(LetterKind.Escalation).Count);
        Assert.Equal(0, Site.CountNudges());
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task No_answer_keeps_the_promise_and_makes_a_new_one_that_is_told()
    {
        var task = await OpenedAsync("I leave");
        await World.PassAsync(TimeSpan.FromMinutes(40));
        await World.DoAsync(task.Id, new NoAnswer(Shop.Manager.Name));

        var after = await World.TaskAsync(task.Id);
        Assert.Equal(PromiseState.Kept, Assert.Single(after.EarlierPromises).State);
        Assert.Equal("Sun 12:40", Local(after.Promise.By));
        Assert.Equal([ToldBy.Mail], after.Promise.Told);
        Assert.Equal("Tried: We tried. דנה מנהלת calls again by 2026-02-01T12:40:00.0000000+02:00.", Assert.Single(Mail.Of(LetterKind.Tried)).Subject);
        await World.PassUntilAsync(after.Promise.By);
        await World.DeliverNudgesAsync();
        Assert.Equal(["Half", "We", "Late", "Overdue", "Overdue"], Mail.Arrived.Skip(2).Select(letter => letter.Subject.Split(' ')[1]));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task An_apology_that_arrives_after_the_first_call_tells_nothing_of_the_next_one()
    {
        Mail.Answer = (letter, ct) => letter.Kind == LetterKind.Apology ? Mail.IsDown(letter, ct) : Mail.Works(letter, ct);
        var task = await OpenedAsync("I leave");
        Site.Clock.Advance(TimeSpan.FromSeconds(5));
        await World.DoAsync(task.Id, new NoAnswer(Shop.Manager.Name));
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(Mail.Of(LetterKind.Apology));
        var after = await World.TaskAsync(task.Id);
        Assert.False(Assert.Single(after.EarlierPromises).WasTold);
        Assert.Equal([ToldBy.Mail], after.Promise.Told);
        Assert.Single(Mail.Of(LetterKind.Tried));
    }

    [Fact]
    public async Task Closing_stops_everything_and_withdraws_what_was_not_sent()
    {
        Mail.Answer = Mail.IsDown;
        var task = await OpenedAsync("I leave");
        await World.PassAsync(TimeSpan.FromMinutes(5));
        await World.DoAsync(task.Id, new Close(Outcome.Lost, "Talked", null, Shop.Manager.Name));
        Mail.Answer = Mail.Works;

        await World.PassAsync(TimeSpan.FromDays(10));

        Assert.Empty(Mail.Arrived);
        Assert.All(await World.LettersAsync(), entry => Assert.Equal(LetterState.Withdrawn, entry.State));
        Assert.Equal(0, Site.CountNudges());
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_reopened_task_is_watched_again()
    {
        var task = await OpenedAsync("I leave");
        await World.DoAsync(task.Id, new Close(Outcome.Lost, "She had left", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromHours(23));

        Assert.Equal(ActResult.Done, (await World.DoAsync(task.Id, new Reopen("She called back", Shop.Owner.Name))).Result);
        var reopened = Assert.Single(await World.OpenTasksAsync());
        await World.PassUntilAsync(reopened.Promise.By);
        await World.DeliverNudgesAsync();

        Assert.Equal(["Half", "Late", "Overdue", "Overdue"], Mail.Arrived.Skip(2).Select(letter => letter.Subject.Split(' ')[1]));
        Assert.Contains(TaskEventKind.Reopened, await World.TimelineAsync(task.Id));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_task_is_not_reopened_after_a_day_or_beside_another()
    {
        var task = await OpenedAsync("I leave");
        await World.DoAsync(task.Id, new Close(Outcome.Lost, "She had left", null, Shop.Manager.Name));
        var other = await OpenedAsync("I leave for good");
        Assert.NotEqual(task.Id, other.Id);
        Assert.Equal(ActResult.OtherOpen, (await World.DoAsync(task.Id, new Reopen("She called back", Shop.Owner.Name))).Result);

        await World.DoAsync(other.Id, new Close(Outcome.Lost, "She had left", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromHours(24) + TimeSpan.FromTicks(1));
        Assert.Equal(ActResult.TooLate, (await World.DoAsync(task.Id, new Reopen("She called back", Shop.Owner.Name))).Result);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_task_reopened_after_its_time_is_escalated_though_the_nudge_outruns_the_commit()
    {
        var task = await OpenedAsync("I leave");
        await World.DoAsync(task.Id, new Close(Outcome.NoFault, "A mistake", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromHours(2));

        // Whatever is visible is followed by others before the commit lands.
        var slow = Site.Start(Faults.OfRows(rows => new Storage.StubbornRows(rows) { BeforeCommits = async (_, _, _) => await World.DeliverNudgesAsync() }));
        Assert.Equal(ActResult.Done, (await slow.DoAsync(task.Id, new Reopen("It was our fault after all", Shop.Owner.Name))).Result);
        await World.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(2, Mail.Of(LetterKind.Escalation).Count);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Handing_over_alerts_the_new_owner_who_is_then_reminded()
    {
        var task = await OpenedAsync("I leave");
        await World.DoAsync(task.Id, new HandOver(Shop.Backup.Id, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromMinutes(35));

        Assert.Single(Mail.Of(LetterKind.Alert), letter => letter.To.Address == Shop.Backup.Email);
        Assert.Equal(Shop.Backup.Email, Assert.Single(Mail.Of(LetterKind.Reminder)).To.Address);
        Assert.Equal(task.Promise.By, (await World.TaskAsync(task.Id)).Promise.By);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Shorter_hours_move_the_steps_and_the_nudges_go_on_quietly()
    {
        var task = await OpenedAsync("I leave");
        // The step was stored for 9:30. From today on the shop opens at noon.
        var noon = new WorkingWeek([.. Enum.GetValues<DayOfWeek>().Select(day => new OpenHours(day, new(12, 0), new(18, 0)))], false, []);
        await Site.ChangeBusinessAsync(Site.Business with { Week = noon });

        await World.PassUntilAsync(task.Promise.By);
        await World.DeliverNudgesAsync();

        // What was told stays.
        Assert.Equal(2, Mail.Of(LetterKind.Escalation).Count);
        Assert.Equal(task.Promise.By, (await World.TaskAsync(task.Id)).Promise.By);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_business_with_many_backups_is_escalated_too()
    {
        var crowd = Enumerable.Range(10, 12).Select(number => Shop.Someone(number, "Backup " + number, PersonRole.Backup));
        await Site.ChangeBusinessAsync(Site.Business with { People = [Shop.Manager, .. crowd, Shop.Owner] });
        var task = await OpenedAsync("I leave");

        await World.PassUntilAsync(task.Promise.By);
        await World.DeliverNudgesAsync();

        Assert.Contains(Mail.Of(LetterKind.Escalation), letter => letter.To.Address == Shop.Owner.Email);
        Assert.Equal(LadderStep.Overdue, (await World.TaskAsync(task.Id)).Ladder.Done[^1]);
    }
}

public class LongWaitStory : Story
{
    private protected override Business Business => Shop.Make() with { Policy = Policy.Default with { CriticalMinutes = 10 * 60 * 20 } };

    [Fact]
    public async Task A_step_more_than_six_days_away_is_reached_by_a_chain_of_nudges()
    {
        var task = await OpenedAsync("I leave");
        var half = task.Ladder.NextAt!.Value;
        Assert.True(half - Shop.SundayMorning > TimeSpan.FromDays(7));

        await World.PassUntilAsync(half - TimeSpan.FromTicks(1));
        Assert.Empty(Mail.Of(LetterKind.Reminder));
        await World.PassAsync(TimeSpan.FromTicks(1));
        await World.DeliverNudgesAsync();

        Assert.Equal(half, Assert.Single(Mail.Of(LetterKind.Reminder)).WrittenAt);
        await Promises.HoldAsync(Site, World);
    }
}
