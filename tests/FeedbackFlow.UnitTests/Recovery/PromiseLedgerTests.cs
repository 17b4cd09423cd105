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
}
