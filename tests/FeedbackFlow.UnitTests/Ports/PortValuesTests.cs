using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Ports;

public class PortValuesTests
{
    [Fact]
    public void A_driven_clock_stands_still_until_it_is_moved()
    {
        var clock = new DrivenClock(A.Now);
        Assert.Equal((A.Now, TimeSpan.Zero), (clock.GetUtcNow(), clock.GetUtcNow().Offset));
        clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal(A.Now.AddMinutes(90), clock.GetUtcNow());
        clock.MoveTo(A.Now.AddDays(8));
        Assert.Equal(A.Now.AddDays(8), clock.GetUtcNow());
    }

    [Fact]
    public void A_change_carries_what_was_read_and_its_tag_and_a_new_thing_has_neither()
    {
        var (before, after) = (A.CustomerLine(), A.CustomerLine() with { Feedbacks = 1 });
        Assert.Equal(new(before, "7", after), new Versioned<Pipeline.Customers.CustomerLine>(before, "7").To(after));
        Assert.Equal(new(null, null, after), Change.New(after));
    }

    [Fact]
    public void Only_settled_promises_are_counted()
    {
        var tally = new[] { LedgerMark.Kept, LedgerMark.Kept, LedgerMark.Kept, LedgerMark.Late, LedgerMark.Late, LedgerMark.Broken, LedgerMark.Told }
            .Aggregate(PromiseTally.Zero, (sum, mark) => sum.Plus(mark));
        Assert.Equal(new(Kept: 3, Late: 2, Broken: 1), tally);
    }
}
