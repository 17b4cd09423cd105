using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>A task of Monday 10:00 to 11:00, broken on Tuesday at 18:00, unless a test says otherwise.</summary>
public class EscalationLadderTests
{
    private static readonly CallBackTask Fresh = A.Task();
    private static readonly CallBackTask Claimed = (A.Task() with { State = TaskState.Claimed }).Armed();

    private static DateTimeOffset Monday(string clock) => A.Time("Mon 2026-11-23 " + clock);

    [Fact]
    public void A_silent_manager_is_reminded_twice_then_others_are_told_again_and_again_until_it_is_broken()
    {
        Assert.Equal(
            [
                (LadderStep.Half, "Mon 2026-11-23 10:30"), (LadderStep.Late, "Mon 2026-11-23 10:48"), (LadderStep.Overdue, "Mon 2026-11-23 11:00"),
                (LadderStep.Again, "Mon 2026-11-23 12:00"), (LadderStep.Again, "Tue 2026-11-24 12:00"), (LadderStep.Broken, "Tue 2026-11-24 18:00"),
                (LadderStep.Again, "Wed 2026-11-25 18:00"), (LadderStep.Again, "Thu 2026-11-26 18:00"), (LadderStep.Again, "Sun 2026-11-29 13:00"),
            ],
            Story(Fresh).Take(9).Select(step => (step.Step, Shown(step.At))));
    }

    [Fact]
    public void It_stops_writing_after_ten_repeats_which_never_come_closer_than_an_hour_of_business()
    {
        var story = Story(Fresh).ToList();
        Assert.Equal(10, story.Count(step => step.Step == LadderStep.Again));
        Assert.Equal(LadderStep.Again, story[^1].Step);
        Assert.All(story.Zip(story.Skip(1)).Where(pair => pair.Second.Step == LadderStep.Again), pair =>
            Assert.True(Changed.Hours.Between(pair.First.At, pair.Second.At) >= TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_claimed_task_skips_the_half_reminder_and_the_repeats_but_not_the_deadline() =>
        Assert.Equal(
            [(LadderStep.Late, "Mon 2026-11-23 10:48"), (LadderStep.Overdue, "Mon 2026-11-23 11:00"), (LadderStep.Broken, "Tue 2026-11-24 18:00")],
            Story(Claimed).Select(step => (step.Step, Shown(step.At))));

    [Fact]
    public void Reminders_are_counted_in_business_minutes()
    {
        // Three hours from Thursday 17:00: one on Thursday, two on Friday.
        var promise = Promise.Make(A.Time("Thu 2026-11-26 17:00"), A.Time("Fri 2026-11-27 10:00"), A.Time("Sun 2026-11-29 18:00"), []);
        Assert.Equal(
            [(LadderStep.Half, "Fri 2026-11-27 08:30"), (LadderStep.Late, "Fri 2026-11-27 09:24"), (LadderStep.Overdue, "Fri 2026-11-27 10:00")],
            Story(Fresh with { Promise = promise }).Take(3).Select(step => (step.Step, Shown(step.At))));
    }

    [Theory]
    [InlineData("10:29", null)]
    [InlineData("10:30", LadderStep.Half)]
    [InlineData("10:47", LadderStep.Half)]
    [InlineData("10:48", LadderStep.Late)]
    [InlineData("10:59", LadderStep.Late)]
    [InlineData("11:00", LadderStep.Overdue)]
    [InlineData("17:00", LadderStep.Overdue)]
    public void After_a_silence_of_the_program_only_the_newest_step_is_due(string clock, LadderStep? due) =>
        Assert.Equal(due, EscalationLadder.Due(Fresh, Changed.Hours, Monday(clock)));

    [Fact]
    public void A_long_silence_takes_one_step_and_not_three()
    {
        var after = EscalationLadder.Take(Fresh, LadderStep.Overdue, Changed.Hours, Monday("15:00"));
        Assert.Equal([LadderStep.Half, LadderStep.Late, LadderStep.Overdue], after.Ladder.Done);
        Assert.Null(EscalationLadder.Due(after, Changed.Hours, Monday("15:59")));
        Assert.Equal((LadderStep.Again, Monday("16:00")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
    }

    [Fact]
    public void A_silence_of_days_writes_once_that_it_is_broken()
    {
        var late = A.Time("Thu 2026-11-26 09:00");
        Assert.Equal(LadderStep.Broken, EscalationLadder.Due(Fresh, Changed.Hours, late));
        var after = EscalationLadder.Take(Fresh, LadderStep.Broken, Changed.Hours, late);
        Assert.Equal([LadderStep.Half, LadderStep.Late, LadderStep.Overdue, LadderStep.Broken], after.Ladder.Done);
        Assert.Equal((PromiseState.Broken, A.Time("Tue 2026-11-24 18:00")), (after.Promise.State, after.Promise.SettledAt!.Value));
        Assert.Null(EscalationLadder.Due(after, Changed.Hours, late));
        Assert.Equal(LadderStep.Again, after.Ladder.Next);
    }

    [Fact]
    public void A_step_is_taken_once()
    {
        var after = EscalationLadder.Take(Fresh, LadderStep.Half, Changed.Hours, Monday("10:30"));
        Assert.Equal([LadderStep.Half], after.Ladder.Done);
        Assert.Equal(Monday("10:30"), after.Ladder.LastAt);
        Assert.Null(EscalationLadder.Due(after, Changed.Hours, Monday("10:47")));
        Assert.Equal((LadderStep.Late, Monday("10:48")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
    }

    [Fact]
    public void The_promise_of_a_task_that_was_closed_without_an_attempt_breaks_all_the_same()
    {
        var closed = Fresh.After(new Close(Outcome.NoFault, "לא אצלנו", null, "דנה"), Monday("10:10")).After!;
        Assert.Equal([(LadderStep.Broken, "Tue 2026-11-24 18:00")], Story(closed).Select(step => (step.Step, Shown(step.At))));
        Assert.Equal(PromiseState.Broken, EscalationLadder.Take(closed, LadderStep.Broken, Changed.Hours, closed.Promise.BreaksAt).Promise.State);
    }

    [Fact]
    public void A_settled_promise_arms_nothing()
    {
        foreach (var settled in new[] { Fresh.Promise.AfterAttempt(A.Now), Fresh.Promise.AfterAttempt(Monday("11:01")) })
        {
            foreach (var state in Enum.GetValues<TaskState>())
            {
                var task = (Fresh with { State = state, Promise = settled }).Armed();
                Assert.Equal((null, null), (task.Ladder.Next, task.Ladder.NextAt));
                Assert.Null(EscalationLadder.Due(task, Changed.Hours, A.Now.AddYears(1)));
            }
        }
    }

    [Fact]
    public void Time_does_nothing_more_to_the_task_of_somebody_who_was_erased()
    {
        var erased = (Fresh with { ErasedAt = A.Now }).Armed();
        Assert.Equal((null, null), (erased.Ladder.Next, erased.Ladder.NextAt));
        Assert.Null(EscalationLadder.Due(erased, Changed.Hours, A.Now.AddYears(1)));
    }

    [Fact]
    public void Who_is_told_anyway_gets_no_reminder_on_top_and_still_hears_of_the_deadline()
    {
        var told = EscalationLadder.JustTold(Fresh, Changed.Hours, Monday("11:00"));
        Assert.Equal([LadderStep.Half, LadderStep.Late], told.Ladder.Done);
        Assert.Equal((Monday("11:00"), LadderStep.Overdue), (told.Ladder.LastAt!.Value, EscalationLadder.Due(told, Changed.Hours, Monday("11:00"))!.Value));
        Assert.Empty(EscalationLadder.JustTold(Fresh, Changed.Hours, Monday("10:29")).Ladder.Done);
        Assert.Equal([LadderStep.Half], EscalationLadder.JustTold(Fresh, Changed.Hours, Monday("10:30")).Ladder.Done);
    }

    [Fact]
    public void Steps_of_the_same_moment_come_in_their_order()
    {
        // Made and due at once: a policy of no minutes.
        var promise = Promise.Make(A.Now, A.Now, A.Time("Tue 2026-11-24 18:00"), []);
        var task = (Fresh with { Promise = promise }).Armed();
        Assert.Equal((LadderStep.Half, A.Now), (task.Ladder.Next!.Value, task.Ladder.NextAt!.Value));
        Assert.Equal(LadderStep.Overdue, EscalationLadder.Due(task, Changed.Hours, A.Now));
    }

    /// <summary>What time does to a task that nobody touches: each step at the moment it was armed for.</summary>
    private static IEnumerable<(LadderStep Step, DateTimeOffset At)> Story(CallBackTask task)
    {
        task = task.Armed();
        for (var steps = 0; task.Ladder.NextAt is { } at; steps++)
        {
            Assert.InRange(steps, 0, 40);
            var step = EscalationLadder.Due(task, Changed.Hours, at);
            Assert.Equal(task.Ladder.Next, step);
            yield return (step!.Value, at);
            task = EscalationLadder.Take(task, step.Value, Changed.Hours, at);
        }
    }

    private static string Shown(DateTimeOffset at) => at.ToString("ddd yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
