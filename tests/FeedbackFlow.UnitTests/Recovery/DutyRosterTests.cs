using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class DutyRosterTests
{
    private const string From = "Mon 2026-11-23 08:00";
    private const string Until = "Mon 2026-11-23 18:00";

    private static readonly Person SecondManager = A.Worker(4, "אבי", PersonRole.Manager);

    [Fact]
    public void A_manager_comes_before_a_backup_in_whatever_order_they_are_listed() =>
        Assert.Equal((A.Manager, false), DutyRoster.OwnerAt(A.Business().WithPeople(A.Owner, A.Backup, A.Manager), A.Now));

    [Fact]
    public void The_next_manager_comes_before_a_backup() =>
        Assert.Equal((SecondManager, false), OwnerAt(A.Manager.AwayFrom(From, Until), A.Backup, SecondManager, A.Owner));

    [Fact]
    public void A_backup_has_it_while_every_manager_is_away() => Assert.Equal((A.Backup, false), OwnerAt(A.Manager.AwayFrom(From, Until), A.Backup, A.Owner));

    [Fact]
    public void The_business_owner_stands_in_when_nobody_is_on_duty() =>
        Assert.Equal((A.Owner, true), OwnerAt(A.Manager.AwayFrom(From, Until), A.Backup.AwayFrom(From, Until), A.Owner));

    [Fact]
    public void An_owner_who_works_alone_stands_in_for_nobody() => Assert.Equal((A.Owner, false), OwnerAt(A.Owner));

    [Fact]
    public void Even_an_absent_owner_gets_it_rather_than_nobody()
    {
        var away = A.Owner.AwayFrom(From, Until);
        Assert.Equal((away, true), OwnerAt(A.Manager.AwayFrom(From, Until), away));
    }

    [Fact]
    public void A_business_that_named_no_owner_falls_back_on_its_first_person()
    {
        var away = A.Manager.AwayFrom(From, Until);
        Assert.Equal((away, true), OwnerAt(away, A.Backup.AwayFrom(From, Until)));
        Assert.Equal(A.Manager, DutyRoster.BusinessOwner(A.Business().WithPeople(A.Manager, A.Backup)));
    }

    [Fact]
    public void An_absence_begins_at_its_first_moment_and_ends_before_its_last()
    {
        var person = A.Manager.AwayFrom(From, Until);
        Assert.True(A.Business().IsOnDuty(person, A.Time(From).AddTicks(-1)));
        Assert.False(A.Business().IsOnDuty(person, A.Time(From)));
        Assert.False(A.Business().IsOnDuty(person, A.Time(Until).AddTicks(-1)));
        Assert.True(A.Business().IsOnDuty(person, A.Time(Until)));
    }

    [Fact]
    public void A_passed_deadline_is_told_to_the_backups_on_duty_and_the_business_owner()
    {
        var absent = A.Worker(5, "גיל", PersonRole.Backup).AwayFrom(From, Until);
        Assert.Equal([A.Backup, A.Owner], Told(A.Manager, A.Manager, A.Backup, absent, A.Owner));
    }

    [Fact]
    public void The_one_who_let_it_pass_is_not_told_of_himself()
    {
        Assert.Equal([A.Owner], Told(A.Backup, A.Manager, A.Backup, A.Owner));
        Assert.Equal([A.Backup], Told(A.Owner, A.Manager, A.Backup, A.Owner));
    }

    [Fact]
    public void When_nobody_else_is_there_he_is_told_all_the_same()
    {
        Assert.Equal([A.Owner], Told(A.Owner, A.Owner));
        Assert.Equal([A.Manager], Told(A.Manager, A.Manager));
    }

    [Fact]
    public void Nobody_is_told_twice() => Assert.Equal([A.Backup], Told(A.Manager, A.Backup, A.Manager));

    [Fact]
    public void At_most_five_backups_hear_of_it_and_the_business_owner_always()
    {
        var backups = Enumerable.Range(10, 7).Select(n => A.Worker(n, "בקאפ", PersonRole.Backup)).ToArray();
        Assert.Equal([.. backups[..5], A.Owner], Told(A.Manager, [A.Manager, .. backups, A.Owner]));
    }

    [Fact]
    public void Reminded_is_the_owner_of_the_task_when_on_duty_else_whoever_is_else_the_business_owner()
    {
        var away = A.Manager.AwayFrom(From, Until);
        Assert.Equal(A.Backup, DutyRoster.ReminderAt(A.Business(), A.Backup.Id, A.Now));
        Assert.Equal(A.Backup, DutyRoster.ReminderAt(A.Business().WithPeople(away, A.Backup, A.Owner), A.Manager.Id, A.Now));
        Assert.Equal(A.Manager, DutyRoster.ReminderAt(A.Business(), SecondManager.Id, A.Now));
        Assert.Equal(A.Owner, DutyRoster.ReminderAt(A.Business().WithPeople(away, A.Owner), A.Manager.Id, A.Now));
    }

    [Fact]
    public void People_of_this_place_come_before_those_of_all_places()
    {
        var here = SecondManager with { Branch = "haifa" };
        var business = A.Business().WithPeople(A.Manager, here, A.Owner) with { Branches = [new("haifa", "חיפה", null, null, null, null)] };
        Assert.Equal(here, DutyRoster.OwnerAt(business.At("haifa"), A.Now).Owner);
        Assert.Equal(A.Manager, DutyRoster.OwnerAt(business, A.Now).Owner);
    }

    [Fact]
    public void Who_goes_home_at_the_deadline_may_own_it_and_after_it_only_who_is_there_now()
    {
        var home = A.Backup with { Away = [new(A.Task().Promise.By, A.Time(Until))] };
        var business = A.Business().WithPeople(A.Manager, home, A.Owner);
        var by = A.Task().Promise.By;
        Assert.True(DutyRoster.MayOwn(business, home, by, A.Now));
        Assert.True(DutyRoster.MayOwn(business, home, by, by.AddTicks(-1)));
        Assert.False(DutyRoster.MayOwn(business, home, by, by));
        Assert.False(DutyRoster.MayOwn(business, home, by.AddTicks(1), A.Now));
        Assert.True(DutyRoster.MayOwn(A.Business().WithPeople(A.Manager, A.Owner.AwayFrom(From, Until)), A.Owner, by, A.Now));
    }

    [Fact]
    public void A_task_stays_with_its_owner_while_he_is_there_and_goes_unclaimed_to_the_next()
    {
        var claimed = A.Task() with { State = TaskState.Claimed };
        Assert.Same(claimed, DutyRoster.Owned(claimed, A.Business(), A.Now));
        var away = A.Business().WithPeople(A.Manager.AwayFrom(From, Until), A.Backup, A.Owner);
        Assert.Equal(claimed with { Owner = A.Backup.Id, State = TaskState.Open }, DutyRoster.Owned(claimed, away, A.Now));
        Assert.Equal((A.Backup.Id, TaskState.Open), (DutyRoster.Owned(A.Task(), away, A.Now).Owner, DutyRoster.Owned(A.Task(), away, A.Now).State));
        // Who goes home at this very moment keeps what he has.
        var leaving = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 12:00", Until), A.Backup, A.Owner);
        Assert.Same(claimed, DutyRoster.Owned(claimed, leaving, A.Time("Mon 2026-11-23 12:00")));
        // Closed is closed, whoever owns it.
        Assert.Equal(TaskState.Closed, DutyRoster.Owned(claimed with { State = TaskState.Closed }, away, A.Now).State);
    }

    [Fact]
    public void After_the_deadline_the_next_owner_is_who_is_there_now()
    {
        var business = A.Business().WithPeople(
            A.Manager.AwayFrom(From, Until), A.Backup.AwayFrom("Mon 2026-11-23 11:30", Until), SecondManager.AwayFrom(From, "Mon 2026-11-23 11:30"), A.Owner);
        Assert.Equal(A.Backup.Id, DutyRoster.Owned(A.Task(), business, A.Now).Owner);
        Assert.Equal(SecondManager.Id, DutyRoster.Owned(A.Task(), business, A.Time("Mon 2026-11-23 12:00")).Owner);
    }

    [Fact]
    public void The_business_owner_stands_in_for_a_task_only_while_it_is_hers_and_nobody_else_is_there()
    {
        var (hers, away) = (A.Task() with { Owner = A.Owner.Id }, A.Business().WithPeople(A.Manager.AwayFrom(From, Until), A.Owner));
        Assert.True(DutyRoster.StandsIn(away, hers, A.Now));
        Assert.False(DutyRoster.StandsIn(away, A.Task(), A.Now));
        Assert.False(DutyRoster.StandsIn(A.Business(), hers, A.Now));
        Assert.False(DutyRoster.StandsIn(away, hers, A.Time("Mon 2026-11-23 18:01")));
    }

    private static (Person Owner, bool StandsIn) OwnerAt(params Person[] people) => DutyRoster.OwnerAt(A.Business().WithPeople(people), A.Now);

    private static IReadOnlyList<Person> Told(Person taskOwner, params Person[] people) =>
        DutyRoster.EscalationAt(A.Business().WithPeople(people), taskOwner.Id, A.Now);
}
