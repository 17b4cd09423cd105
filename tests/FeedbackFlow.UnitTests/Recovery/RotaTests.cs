using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class RotaTests
{
    private static readonly Person Mornings = A.Manager with { Duty = [new(DayOfWeek.Monday, new(8, 0), new(13, 0)), new(DayOfWeek.Tuesday, new(8, 0), new(13, 0))] };
    private static readonly Person Afternoons = A.Worker(4, "אבי", PersonRole.Manager) with { Duty = [new(DayOfWeek.Monday, new(13, 0), new(18, 0))] };
    private static readonly Business Shop = A.Business().WithPeople(Mornings, Afternoons, A.Owner);

    [Theory]
    [InlineData("Mon 2026-11-23 08:00", "רות")]
    [InlineData("Mon 2026-11-23 08:01", "דנה")]
    // Who goes home at one owns what is due by one.
    [InlineData("Mon 2026-11-23 13:00", "דנה")]
    [InlineData("Mon 2026-11-23 13:01", "אבי")]
    [InlineData("Mon 2026-11-23 18:00", "אבי")]
    [InlineData("Tue 2026-11-24 12:00", "דנה")]
    [InlineData("Tue 2026-11-24 14:00", "רות")]
    public void The_rota_says_who_owns_what_is_due(string deadline, string owner) => Assert.Equal(owner, DutyRoster.OwnerAt(Shop, A.Time(deadline)).Owner.Name);

    [Fact]
    public void The_clock_on_the_wall_decides_whatever_offset_a_moment_is_given_in() =>
        Assert.Equal("דנה", DutyRoster.OwnerAt(Shop, A.Time("Mon 2026-11-23 09:00").ToUniversalTime()).Owner.Name);

    [Fact]
    public void Somebody_of_another_branch_is_not_on_duty_here()
    {
        var inHaifa = A.Worker(6, "חיים", PersonRole.Manager) with { Branch = "haifa" };
        var business = A.Business().WithPeople(inHaifa, A.Manager, A.Owner) with { Branches = [new("haifa", "חיפה", null, null, null, "+97241111111")] };
        Assert.Equal(A.Manager, DutyRoster.OwnerAt(business, A.Now).Owner);
        Assert.Equal(inHaifa, DutyRoster.OwnerAt(business.At("haifa"), A.Now).Owner);
        Assert.Equal("+97241111111", business.At("haifa").Phone);
        Assert.Equal(business, business.At("closed-since"));
    }

    [Fact]
    public void A_new_promise_finds_a_new_owner_when_the_old_one_is_away_then()
    {
        var business = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 12:00", "Mon 2026-11-23 18:00"), A.Backup, A.Owner);
        var tried = TaskActs.Decide(A.Task(), new NoAnswer("דנה"), business, A.Now.AddMinutes(30)).After!;
        Assert.Equal((A.Backup.Id, TaskState.Open), (tried.Owner, tried.State));
    }

    [Fact]
    public void Following_the_rota_changes_nothing_while_the_owner_is_there() =>
        Assert.Equal(ActResult.AlreadySo, TaskActs.Decide(A.Task(), new ToWhoIsOnDuty(), A.Business(), A.Now).Result);

    [Fact]
    public void A_closed_task_follows_nobody()
    {
        var closed = A.Task().After(new Close(Outcome.Lost, "x", null, "דנה"), A.Now).After!;
        var business = A.Business().WithPeople(A.Backup, A.Owner);
        Assert.Null(TaskActs.Decide(closed, new ToWhoIsOnDuty(), business, A.Now).After);
    }

    [Fact]
    public void After_the_deadline_whoever_is_there_now_may_take_it()
    {
        var business = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 10:30", "Mon 2026-11-23 12:00"), A.Backup, A.Owner);
        var task = A.Task() with { Owner = A.Backup.Id };
        Assert.Equal(ActResult.Away, TaskActs.Decide(task, new Claim(A.Manager.Id, "דנה"), business, A.Now.AddMinutes(10)).Result);
        Assert.Equal(ActResult.Done, TaskActs.Decide(task, new Claim(A.Manager.Id, "דנה"), business, A.Time("Mon 2026-11-23 12:00")).Result);
    }
}
