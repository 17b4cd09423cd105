using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public sealed class RotaStory : Story
{
    [Fact]
    public async Task Whoever_goes_away_hands_over_what_is_due_then_and_the_time_told_stays()
    {
        var task = await OpenedAsync("I leave");
        await GoesAwayAsync(Shop.Manager.Id);

        var after = await World.TaskAsync(task.Id);
        Assert.Equal((Shop.Backup.Id, task.Promise.By), (after.Owner, after.Promise.By));
        Assert.Equal(Shop.Backup.Email, Mail.Of(LetterKind.Alert)[^1].To.Address);
        Assert.Contains(TaskEventKind.HandedOver, await World.TimelineAsync(task.Id));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task When_nobody_is_left_the_business_owner_stands_in_and_nobody_absent_can_take_it()
    {
        var task = await OpenedAsync("I leave");
        await GoesAwayAsync(Shop.Manager.Id);
        await GoesAwayAsync(Shop.Backup.Id);

        Assert.Equal(Shop.Owner.Id, (await World.TaskAsync(task.Id)).Owner);
        Assert.Equal(ActResult.Away, (await World.DoAsync(task.Id, new Claim(Shop.Manager.Id, Shop.Manager.Name))).Result);
        Assert.Equal(ActResult.Away, (await World.DoAsync(task.Id, new HandOver(Shop.Backup.Id, Shop.Owner.Name))).Result);
        Assert.Equal(ActResult.Done, (await World.DoAsync(task.Id, new Claim(Shop.Owner.Id, Shop.Owner.Name))).Result);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_claimed_task_moves_too_and_the_next_one_has_to_take_it()
    {
        var task = await OpenedAsync("I leave");
        await World.DoAsync(task.Id, new Claim(Shop.Manager.Id, Shop.Manager.Name));
        await GoesAwayAsync(Shop.Manager.Id);

        Assert.Equal((TaskState.Open, Shop.Backup.Id), (await World.TaskAsync(task.Id) is var after ? (after.State, after.Owner) : default));
    }

    [Fact]
    public async Task A_reminder_goes_to_whoever_is_there_now()
    {
        // At 9:30 the manager is at the dentist, at the deadline back.
        await AbsentAsync(Shop.Manager.Id, Shop.SundayMorning.AddMinutes(20), Shop.SundayMorning.AddMinutes(40));
        await OpenedAsync("I leave");
        await World.PassAsync(TimeSpan.FromMinutes(50));

        Assert.Equal([Shop.Backup.Email, Shop.Manager.Email], Mail.Of(LetterKind.Reminder).Select(letter => letter.To.Address));
    }

    [Fact]
    public async Task Many_steps_at_once_come_in_one_letter_and_five_do_not()
    {
        for (var customer = 1; customer <= 12; customer++) await World.SayAsync(Say.Angry(customer, "I leave"));
        await World.PassAsync(TimeSpan.FromMinutes(61));

        Assert.Empty(Mail.Of(LetterKind.Reminder));
        Assert.Empty(Mail.Of(LetterKind.Escalation));
        // Half, four fifths and the deadline: one letter each, the last to both who are told of it.
        Assert.Equal(["person1 12", "person1 12", "person2 12", "person3 12"], Mail.Of(LetterKind.Summary).Select(letter => $"{letter.To.Address.Split('@')[0]} {letter.Text.Split(' ')[0]}"));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Five_at_once_are_five_letters()
    {
        for (var customer = 1; customer <= 5; customer++) await World.SayAsync(Say.Angry(customer, "I leave"));
        await World.PassAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(5, Mail.Of(LetterKind.Reminder).Count);
        Assert.Empty(Mail.Of(LetterKind.Summary));
    }

    [Fact]
    public async Task What_was_settled_while_a_summary_gathered_is_not_in_it()
    {
        for (var customer = 1; customer <= 7; customer++) await World.SayAsync(Say.Angry(customer, "I leave"));
        await World.PassAsync(TimeSpan.FromMinutes(30));
        await World.DeliverNudgesAsync();
        foreach (var task in (await World.OpenTasksAsync()).Take(6)) await World.DoAsync(task.Id, new Close(Outcome.Saved, "Talked", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromMinutes(1));

        Assert.StartsWith("1 tasks", Assert.Single(Mail.Of(LetterKind.Summary)).Text, StringComparison.Ordinal);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_summary_that_could_not_leave_says_what_is_so_when_it_does()
    {
        for (var customer = 1; customer <= 7; customer++) await World.SayAsync(Say.Angry(customer, "I leave"));
        await World.PassAsync(TimeSpan.FromMinutes(29));
        Mail.Answer = Mail.IsDown;
        await World.PassAsync(TimeSpan.FromMinutes(3));
        var tasks = await World.OpenTasksAsync();
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(tasks[0].Id, new NoNeedToCall())).Result);
        Assert.True(await World.Erase.BeginAsync(Slug, tasks[1].Customer!.Value, Ct));
        await World.PassAsync(TimeSpan.FromMinutes(2));
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromMinutes(10));

        var summary = Assert.Single(Mail.Of(LetterKind.Summary));
        Assert.StartsWith("5 tasks", summary.Text, StringComparison.Ordinal);
        Assert.All(tasks.Take(2), task => Assert.DoesNotContain(task.Id.Value, summary.Text, StringComparison.Ordinal));
        await Promises.HoldAsync(Site, World);
    }

    private Task GoesAwayAsync(PersonId who) => AbsentAsync(who, Shop.SundayMorning, Shop.SundayMorning.AddDays(5));

    private async Task AbsentAsync(PersonId who, DateTimeOffset from, DateTimeOffset until)
    {
        await World.Change.RunAsync(Slug, business => BusinessChange.To(business with
        {
            People = [.. business.People.Select(person => person.Id == who ? person with { Away = [.. person.Away, new(from, until)] } : person)],
        }));
        await Site.ReadBusinessAsync();
        await World.PassAsync(TimeSpan.FromMinutes(1));
    }
}

public sealed class BranchStory : Story
{
    private static readonly Person InHaifa = Shop.Someone(7, "חיים מחיפה", PersonRole.Manager) with { Branch = "haifa" };

    private protected override Business Business => Shop.Make() with
    {
        Branches = [new("haifa", "חיפה", WorkingWeek(), null, "haifa", "+97241234567")],
        People = [Shop.Manager, InHaifa, Shop.Owner],
    };

    [Fact]
    public async Task A_branch_promises_by_its_own_hours_and_its_own_people_call()
    {
        var accepted = await World.SayAsync(Say.Angry() with { Branch = "haifa" });
        var task = await World.TaskAsync(accepted.Answer!.Task!.Value);

        Assert.Equal("Sun 15:00", Local(task.Promise.By));
        Assert.Equal(("haifa", InHaifa.Id), (task.Branch, task.Owner));
        Assert.Equal(InHaifa.Email, Assert.Single(Mail.Of(LetterKind.Alert)).To.Address);
        await Promises.HoldAsync(Site, World);
    }

    /// <summary>Sunday to Thursday from noon.</summary>
    private static Pipeline.Recovery.BusinessHours.WorkingWeek WorkingWeek() =>
        new([.. Enum.GetValues<DayOfWeek>().Where(day => day < DayOfWeek.Friday).Select(day => new Pipeline.Recovery.BusinessHours.OpenHours(day, new(12, 0), new(18, 0)))], true, []);
}
