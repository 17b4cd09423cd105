using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class NudgeTests
{
    private static readonly DateTimeOffset AfterCommit = A.Now.AddSeconds(45);

    [Fact]
    public void A_step_is_looked_at_when_it_comes_but_not_before_the_commit_that_stores_it()
    {
        DateTimeOffset Due(DateTimeOffset step) => Nudge.ForStep("demo", A.Task().Id, A.Now, step).Due;
        Assert.Equal(A.Now.AddHours(1), Due(A.Now.AddHours(1)));
        Assert.Equal(AfterCommit, Due(AfterCommit));
        Assert.Equal(AfterCommit, Due(AfterCommit.AddTicks(-1)));
        Assert.Equal(AfterCommit, Due(A.Now.AddDays(-1)));
    }

    [Fact]
    public void Every_nudge_says_what_to_look_at_and_when()
    {
        var due = A.Now.AddHours(1);
        Same(new("demo", [], A.Task().Id, A.Now, due), Nudge.ForStep("demo", A.Task().Id, A.Now, due));
        Same(new("demo", [], null, A.Now, AfterCommit, Rota: true), Nudge.ForRota("demo", A.Now));
        Same(new("demo", [], null, A.Now, AfterCommit) { Erase = A.Id<CustomerId>(5) }, Nudge.ForErasing("demo", A.Id<CustomerId>(5), A.Now));
        Same(new("demo", [], null, A.Now, due) { Review = "hash" }, Nudge.ForReview("demo", "hash", A.Now, due));

        static void Same(Nudge expected, Nudge nudge)
        {
            Assert.Empty(nudge.Letters);
            Assert.Equal(expected with { Letters = nudge.Letters }, nudge);
        }
    }
}
