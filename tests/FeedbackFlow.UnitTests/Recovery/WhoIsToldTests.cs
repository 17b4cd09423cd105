using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>A task of the manager from 10:00 to 11:00: half at 10:30, late at 10:48. Somebody is quiet until some time.</summary>
public class WhoIsToldTests
{
    [Theory]
    [InlineData("10:30", "Manager", true)]
    [InlineData("10:31", "Backup", false)]
    public void An_alert_waits_as_long_as_it_comes_before_the_next_step(string until, string told, bool waits)
    {
        var (person, mayWait) = WhoIsTold.Of(Quiet(until, A.Manager), A.Task(), A.Now);
        Assert.Equal((told, waits), (NameOf(person), mayWait is not null));
    }

    [Theory]
    [InlineData(LadderStep.Half, "10:48", "Manager")]
    [InlineData(LadderStep.Half, "10:49", "Backup")]
    [InlineData(LadderStep.Late, "10:49", "Backup")]
    public void The_last_reminder_does_not_wait(LadderStep step, string until, string told) => Assert.Equal(told, Reminded(step, Quiet(until, A.Manager)));

    [Theory]
    [InlineData(LadderStep.Half, "דנה")]
    [InlineData(LadderStep.Late, "דנה")]
    [InlineData(LadderStep.Overdue, "יוסי, רות")]
    [InlineData(LadderStep.Again, "יוסי, רות")]
    [InlineData(LadderStep.Broken, "יוסי, רות")]
    public void A_reminder_goes_to_the_owner_of_the_task_and_what_has_passed_to_the_others(LadderStep step, string people) =>
        Assert.Equal(people, string.Join(", ", WhoIsTold.Of(step, A.Business(), A.Task(), A.Now).Select(told => told.Person.Name)));

    [Fact]
    public void When_the_backup_is_quiet_too_the_owner_is_told_and_when_all_are_all_the_same()
    {
        Assert.Equal("Owner", Reminded(LadderStep.Late, Quiet("12:00", A.Manager, A.Backup)));
        Assert.Equal("Owner", Reminded(LadderStep.Late, Quiet("12:00", A.Manager, A.Backup, A.Owner)));
    }

    [Theory]
    [InlineData("", "Backup now, Owner now")]
    [InlineData("Owner", "Backup now, Owner later")]
    [InlineData("Backup", "Backup later, Owner now")]
    [InlineData("Backup Owner", "Backup later, Owner later, Manager now")]
    [InlineData("Backup Owner Manager", "Owner now")]
    public void An_escalation_always_finds_somebody_now(string quiet, string told)
    {
        var people = new[] { A.Manager, A.Backup, A.Owner }.Where(person => quiet.Contains(person.Role.ToString(), StringComparison.Ordinal)).ToArray();
        var business = Quiet("13:00", people);
        var now = A.Now.AddHours(1);
        var heard = WhoIsTold.Of(LadderStep.Overdue, business, EscalationLadder.Take(A.Task(), LadderStep.Overdue, business.Hours(), now), now);
        Assert.Equal(told, string.Join(", ", heard.Select(one => $"{NameOf(one.Person)} {(one.MayWaitUntil is null ? "now" : "later")}")));
    }

    [Fact]
    public void Who_marked_a_way_for_quiet_hours_is_not_quiet_to_us()
    {
        var business = Quiet("12:00", A.Manager);
        var reachable = business with { People = [business.People[0] with { Ways = [new(WayKind.Sms, "+972541112233", InQuietHours: true)] }, .. business.People.Skip(1)] };
        Assert.Equal("Manager", Reminded(LadderStep.Late, reachable));
    }

    /// <summary>Whoever is quiet whenever: of a late reminder and of a deadline that passed somebody is told now.</summary>
    [Fact]
    public void No_quiet_hours_keep_a_promise_from_being_looked_after()
    {
        var random = new Random(7);
        for (var round = 0; round < 3_000; round++)
        {
            var people = A.Business().People.Select(person => random.Next(3) == 0 ? person : person with { Quiet = Any(random) }).ToArray();
            var business = A.Business().WithPeople(people);
            var now = A.Now.AddMinutes(random.Next(0, 1_440));
            foreach (var step in new[] { LadderStep.Half, LadderStep.Late, LadderStep.Overdue, LadderStep.Again, LadderStep.Broken })
            {
                var after = EscalationLadder.Take(A.Task(), step, business.Hours(), now);
                var told = WhoIsTold.Of(step, business, after, now);
                Assert.NotEmpty(told);
                Assert.Equal(told.Count, told.Select(one => one.Person.Id).Distinct().Count());
                if (step == LadderStep.Half) Assert.All(told, one => Assert.True(business.QuietUntil(one.Person, now) is not { } end || one.MayWaitUntil is null || end <= after.Ladder.NextAt));
                else Assert.Contains(told, one => one.MayWaitUntil is null);
            }
        }
    }

    private static QuietHours Any(Random random)
    {
        var from = new TimeOnly(random.Next(24), random.Next(60));
        return new(from, from.Add(TimeSpan.FromMinutes(random.Next(1, 16 * 60))));
    }

    private static string Reminded(LadderStep step, Business business) =>
        NameOf(Assert.Single(WhoIsTold.Of(step, business, EscalationLadder.Take(A.Task(), step, business.Hours(), A.Now.AddMinutes(step == LadderStep.Half ? 30 : 48)), A.Now.AddMinutes(step == LadderStep.Half ? 30 : 48))).Person);

    private static Business Quiet(string until, params Person[] who) =>
        A.Business().WithPeople([.. A.Business().People.Select(person => who.Any(one => one.Id == person.Id) ? person with { Quiet = QuietHours.Read("09:00-" + until)! } : person)]);

    private static string NameOf(Person person) => person.Role.ToString();
}
