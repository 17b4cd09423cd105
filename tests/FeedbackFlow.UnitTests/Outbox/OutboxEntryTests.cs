using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class OutboxEntryTests
{
    [Fact]
    public void A_committing_process_has_30_seconds_for_its_first_attempt() =>
        Assert.Equal(new(A.Letter(), LetterState.Leased, A.Now.AddSeconds(30), 1, null, null), OutboxEntry.Leased(A.Letter(), A.Now));

    [Fact]
    public void A_waiting_letter_was_not_tried_yet() =>
        Assert.Equal(new(A.Letter(), LetterState.Waiting, A.Now, 0, null, null), OutboxEntry.Waiting(A.Letter(), A.Now));

    [Fact]
    public void What_gathers_or_is_held_over_a_rest_is_written_again_and_has_all_its_tries_before_it()
    {
        var (letter, end) = (A.Letter(), A.Now.AddDays(1));
        Assert.Equal(OutboxEntry.Waiting(letter, end) with { Held = true }, OutboxEntry.Gathering(letter, end));
        Assert.Equal(OutboxEntry.Waiting(letter, end) with { Held = true }, OutboxEntry.Leased(letter, A.Now).HeldUntil(end));
        Assert.False(OutboxEntry.Leased(letter, A.Now).Held);
    }

    [Theory]
    [InlineData(LetterState.Waiting, false)]
    [InlineData(LetterState.Leased, false)]
    [InlineData(LetterState.Sent, true)]
    [InlineData(LetterState.SetAside, true)]
    [InlineData(LetterState.Withdrawn, true)]
    public void What_was_sent_set_aside_or_withdrawn_is_finished(LetterState state, bool finished) =>
        Assert.Equal(finished, (OutboxEntry.Waiting(A.Letter(), A.Now) with { State = state }).IsFinished);

    /// <summary>It finds either nothing (the commit failed) or letters whose lease is over: 10 s of commit, 30 s of lease.</summary>
    [Fact]
    public void The_first_nudge_of_a_commit_comes_after_the_commit_and_the_lease_must_be_over()
    {
        var nudge = Nudge.ForCommit("demo", [A.Letter().Id], A.Task().Id, A.Now);
        Assert.Equal(("demo", A.Task().Id, A.Now, A.Now.AddSeconds(45)), (nudge.Business, nudge.Task, nudge.At, nudge.Due));
        Assert.Equal([A.Letter().Id], nudge.Letters);
        Assert.True(Nudge.AfterCommit > Pipeline.Ports.Races.CommitLimit + OutboxEntry.LeaseTime);
    }

    [Fact]
    public void A_wait_in_a_queue_stays_below_its_seven_days() => Assert.Equal(TimeSpan.FromDays(6), Nudge.LongestDelay);
}
