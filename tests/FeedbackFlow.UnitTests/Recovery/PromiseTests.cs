using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class PromiseTests
{
    private static readonly DateTimeOffset By = A.Time("Mon 2026-11-23 11:00");
    private static readonly DateTimeOffset BreaksAt = A.Time("Tue 2026-11-24 18:00");
    private static readonly Promise Pending = Promise.Make(A.Now, By, BreaksAt, [ToldBy.Page]);

    [Fact]
    public void An_attempt_by_the_time_that_was_told_keeps_it()
    {
        Assert.Equal(Pending with { State = PromiseState.Kept, SettledAt = A.Now }, Pending.AfterAttempt(A.Now));
        Assert.Equal(Pending with { State = PromiseState.Kept, SettledAt = By }, Pending.AfterAttempt(By));
    }

    [Fact]
    public void A_first_attempt_after_it_is_late()
    {
        Assert.Equal(Pending with { State = PromiseState.Late, SettledAt = By.AddTicks(1) }, Pending.AfterAttempt(By.AddTicks(1)));
        Assert.Equal(Pending with { State = PromiseState.Late, SettledAt = BreaksAt.AddTicks(-1) }, Pending.AfterAttempt(BreaksAt.AddTicks(-1)));
    }

    [Fact]
    public void Without_an_attempt_until_the_end_of_the_next_working_day_it_is_broken_from_that_moment()
    {
        Assert.Equal(Pending, Pending.AfterTime(BreaksAt.AddTicks(-1)));
        Assert.Equal(Pending with { State = PromiseState.Broken, SettledAt = BreaksAt }, Pending.AfterTime(BreaksAt));
        Assert.Equal(Pending with { State = PromiseState.Broken, SettledAt = BreaksAt }, Pending.AfterTime(BreaksAt.AddDays(9)));
    }

    [Fact]
    public void An_attempt_cannot_mend_what_is_broken_by_then() =>
        Assert.Equal(Pending with { State = PromiseState.Broken, SettledAt = BreaksAt }, Pending.AfterAttempt(BreaksAt));

    [Fact]
    public void A_settled_promise_never_changes()
    {
        foreach (var settled in new[] { Pending.AfterAttempt(A.Now), Pending.AfterAttempt(By.AddMinutes(1)), Pending.AfterTime(BreaksAt) })
        {
            foreach (var at in new[] { A.Now, By, BreaksAt, BreaksAt.AddYears(1) })
            {
                Assert.Same(settled, settled.AfterAttempt(at));
                Assert.Same(settled, settled.AfterTime(at));
                Assert.False(settled.IsOverdue(at));
            }
        }
    }

    [Fact]
    public void It_is_overdue_only_after_its_time()
    {
        Assert.False(Pending.IsOverdue(By));
        Assert.True(Pending.IsOverdue(By.AddTicks(1)));
    }

    [Fact]
    public void Who_lets_go_in_time_releases_it_and_afterwards_it_is_broken_all_the_same()
    {
        Assert.Equal(Pending with { State = PromiseState.Released, SettledAt = By }, Pending.Release(By));
        Assert.Equal(Pending with { State = PromiseState.Broken, SettledAt = By.AddTicks(1) }, Pending.Release(By.AddTicks(1)));
        Assert.Equal(Pending with { State = PromiseState.Broken, SettledAt = BreaksAt }, Pending.Release(BreaksAt.AddDays(1)));
        Assert.Equal(Pending.AfterAttempt(By), Pending.AfterAttempt(By).Release(By));
    }

    [Fact]
    public void Nobody_called_breaks_what_is_pending_and_disputes_what_was_tried()
    {
        var at = By.AddMinutes(5);
        Assert.Equal(Pending with { State = PromiseState.Broken, SettledAt = at, NobodyCalledAt = at }, Pending.AfterComplaint(at));
        Assert.Equal(Pending with { State = PromiseState.Broken, SettledAt = BreaksAt, NobodyCalledAt = BreaksAt.AddDays(1) }, Pending.AfterComplaint(BreaksAt.AddDays(1)));
        Assert.False(Pending.AfterComplaint(at).IsDisputed);
        foreach (var tried in new[] { Pending.AfterAttempt(By), Pending.AfterAttempt(By.AddTicks(1)) })
        {
            Assert.False(tried.IsDisputed);
            Assert.Equal(tried with { NobodyCalledAt = at }, tried.AfterComplaint(at));
            Assert.True(tried.AfterComplaint(at).IsDisputed);
        }
    }

    [Fact]
    public void A_letter_that_did_not_arrive_told_nothing_but_what_was_settled_meanwhile_stays()
    {
        var told = Pending.ToldAlso(ToldBy.Mail);
        Assert.Equal([ToldBy.Page], told.NotToldBy(ToldBy.Mail).Told);
        Assert.True(told.NotToldBy(ToldBy.Mail).CameBack);
        Assert.True(told.NotToldBy(ToldBy.Mail).NotToldBy(ToldBy.Mail).CameBack);
        Assert.Equal([ToldBy.Page, ToldBy.Mail], told.AfterAttempt(By).NotToldBy(ToldBy.Mail).Told);
        Assert.Equal([ToldBy.Page], Pending.AfterAttempt(By).ToldAlso(ToldBy.Mail).Told);
    }

    [Fact]
    public void A_promise_that_nobody_was_told_of_is_a_target()
    {
        var target = Pending with { Told = [] };
        Assert.False(target.WasTold);
        Assert.True(target.ToldAlso(ToldBy.Mail).WasTold);
    }

    [Fact]
    public void Each_way_of_telling_is_noted_once_in_its_order()
    {
        var told = Pending.ToldAlso(ToldBy.Mail).ToldAlso(ToldBy.Page).ToldAlso(ToldBy.Phone).ToldAlso(ToldBy.Mail);
        Assert.Equal([ToldBy.Page, ToldBy.Mail, ToldBy.Phone], told.Told);
    }

    [Fact]
    public void A_time_is_told_in_whole_minutes_never_earlier_and_never_a_minute_later()
    {
        var moments = Gen.Choose(0, int.MaxValue).Select(millisecond => A.Now.AddMilliseconds(millisecond));
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(moments), at =>
        {
            var told = Promise.WholeMinute(at);
            return told >= at && told - at < TimeSpan.FromMinutes(1) && told.Second == 0 && told.Millisecond == 0 && told.Offset == at.Offset && Promise.WholeMinute(told) == told;
        }));
        Assert.Equal(By, Promise.WholeMinute(By.AddTicks(-1)));
        Assert.Equal(By.AddMinutes(1), Promise.WholeMinute(By.AddTicks(1)));
    }
}
