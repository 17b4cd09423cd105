using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class PromiseLedgerTests
{
    private static readonly CallBackTask Told = A.Task();
    private static readonly CallBackTask Target = Told with { Promise = Told.Promise with { Told = [] } };

    [Fact]
    public void A_new_promise_that_was_told_is_one_line() =>
        Assert.Equal([new LedgerLine(Told.Id, A.Now, Told.Promise.By, LedgerMark.Told, A.Now, Told.Owner)], PromiseLedger.Lines(null, Told));

    [Fact]
    public void A_target_is_none_and_becomes_one_when_it_is_told()
    {
        Assert.Empty(PromiseLedger.Lines(null, Target));
        Assert.Equal(LedgerMark.Told, Assert.Single(PromiseLedger.Lines(Target, Told)).Mark);
        Assert.Empty(PromiseLedger.Lines(Told, Told with { Promise = Told.Promise.ToldAlso(ToldBy.Mail) }));
    }

    [Theory]
    [InlineData(30, LedgerMark.Kept, -30)]
    [InlineData(60, LedgerMark.Kept, 0)]
    [InlineData(61, LedgerMark.Late, 1)]
    [InlineData(24 * 60, LedgerMark.Late, 23 * 60)]
    public void An_attempt_ends_it_and_says_by_how_much(int afterMinutes, LedgerMark mark, int off)
    {
        var line = Assert.Single(PromiseLedger.Lines(Told, Told with { Promise = Told.Promise.AfterAttempt(A.Now.AddMinutes(afterMinutes)) }));
        Assert.Equal((mark, TimeSpan.FromMinutes(off)), (line.Mark, line.Off));
    }

    [Fact]
    public void Without_an_attempt_it_breaks_at_the_end_of_the_next_working_day_and_ends_once()
    {
        var broken = Told with { Promise = Told.Promise.AfterTime(A.Now.AddDays(9)) };
        var line = Assert.Single(PromiseLedger.Lines(Told, broken));
        Assert.Equal((LedgerMark.Broken, A.Time("Tue 2026-11-24 18:00")), (line.Mark, line.At));
        Assert.Empty(PromiseLedger.Lines(broken, broken with { State = TaskState.Claimed }));
    }

    [Fact]
    public void What_the_customer_let_go_in_time_is_written_as_that()
    {
        var line = Assert.Single(PromiseLedger.Lines(Told, Told with { Promise = Told.Promise.Release(A.Now.AddMinutes(5)) }));
        Assert.Equal((LedgerMark.Released, A.Now.AddMinutes(5), TimeSpan.FromMinutes(-55)), (line.Mark, line.At, line.Off!.Value));
    }

    [Fact]
    public void Another_time_is_the_end_of_the_first_and_then_the_next_being_told()
    {
        var moved = CustomerActs.Decide(Told, new CallAt(A.Time("Mon 2026-11-23 18:00")), A.Business(), otherOpen: false, A.Now.AddMinutes(5)).After!;
        Assert.Equal(
            [(LedgerMark.Released, Told.Promise.By), (LedgerMark.Told, A.Time("Mon 2026-11-23 18:00"))], PromiseLedger.Lines(Told, moved).Select(line => (line.Mark, line.By)));
    }

    [Fact]
    public void A_dispute_is_one_line_beside_the_end_that_stays()
    {
        var kept = Told with { Promise = Told.Promise.AfterAttempt(A.Now.AddMinutes(20)) };
        var disputed = kept with { Promise = kept.Promise.AfterComplaint(A.Now.AddMinutes(90)) };
        var line = Assert.Single(PromiseLedger.Lines(kept, disputed));
        Assert.Equal((LedgerMark.Disputed, A.Now.AddMinutes(90)), (line.Mark, line.At));
        Assert.Empty(PromiseLedger.Lines(disputed, disputed with { State = TaskState.Claimed }));
        // A complaint about one that nobody tried to keep is its end and no dispute.
        Assert.Equal([LedgerMark.Broken], PromiseLedger.Lines(Told, Told with { Promise = Told.Promise.AfterComplaint(A.Now.AddMinutes(90)) }).Select(broken => broken.Mark));
    }

    [Fact]
    public void Told_and_settled_in_one_change_is_both_lines_and_the_first_says_nothing_of_the_end()
    {
        var kept = Told with { Promise = Told.Promise.AfterAttempt(A.Now.AddMinutes(20)) };
        foreach (var before in new[] { null, Target })
            Assert.Equal([(LedgerMark.Told, null), (LedgerMark.Kept, TimeSpan.FromMinutes(-40))], PromiseLedger.Lines(before, kept).Select(line => (line.Mark, line.Off)));
    }

    [Fact]
    public void A_settled_one_that_moves_to_the_earlier_ones_is_no_news_and_the_new_target_is_none()
    {
        var tried = Told.After(new NoAnswer("דנה"), A.Now.AddMinutes(20)).After!;
        Assert.Equal(LedgerMark.Kept, Assert.Single(PromiseLedger.Lines(Told, tried)).Mark);
        Assert.Empty(PromiseLedger.Lines(tried, tried with { State = TaskState.Open }));
    }

    [Fact]
    public void What_ended_before_it_was_told_stays_a_target()
    {
        var settled = Target with { Promise = Target.Promise.AfterAttempt(A.Now.AddMinutes(5)) };
        Assert.Empty(PromiseLedger.Lines(Target, settled));
        Assert.Empty(PromiseLedger.Lines(settled, settled with { Promise = settled.Promise.ToldAlso(ToldBy.Mail) }));
    }

    [Fact]
    public void How_a_target_ended_is_counted_once_and_a_promise_is_none()
    {
        var met = Target with { Promise = Target.Promise.AfterAttempt(A.Now.AddMinutes(30)) };
        Assert.Equal([PromiseState.Kept], PromiseLedger.TargetsEnded(Target, met));
        Assert.Empty(PromiseLedger.TargetsEnded(met, met));
        Assert.Empty(PromiseLedger.TargetsEnded(Target, Target));
        Assert.Empty(PromiseLedger.TargetsEnded(Told, Told with { Promise = Told.Promise.AfterAttempt(A.Now.AddMinutes(30)) }));
        Assert.Empty(PromiseLedger.TargetsEnded(Target, met with { IsDrill = true }));
    }

    [Fact]
    public void A_target_that_ended_as_it_gave_way_to_the_next_counts_and_the_next_does_not_yet()
    {
        var next = Promise.Make(A.Now.AddHours(2), A.Now.AddHours(3), A.Time("Tue 2026-11-24 18:00"), []);
        var late = Target.Promise.AfterAttempt(A.Now.AddMinutes(70));
        var moved = Target with { EarlierPromises = [late], Promise = next };
        Assert.Equal([PromiseState.Late], PromiseLedger.TargetsEnded(Target, moved));
        Assert.Empty(PromiseLedger.TargetsEnded(Target with { Promise = late }, moved));
        Assert.Equal([PromiseState.Broken], PromiseLedger.TargetsEnded(moved, moved with { Promise = next.AfterTime(A.Now.AddDays(9)) }));
    }
}
