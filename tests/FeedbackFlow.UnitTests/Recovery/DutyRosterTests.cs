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

    private static (Person Owner, bool StandsIn) OwnerAt(params Person[] people) => DutyRoster.OwnerAt(A.Business().WithPeople(people), A.Now);

    private static IReadOnlyList<Person> Told(Person taskOwner, params Person[] people) =>
        DutyRoster.EscalationAt(A.Business().WithPeople(people), taskOwner.Id, A.Now);
}
