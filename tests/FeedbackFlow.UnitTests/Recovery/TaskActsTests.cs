using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>A task of the manager from Monday 10:00 to 11:00; acts happen at 10:15 unless a test says otherwise.</summary>
public class TaskActsTests
{
    private static readonly DateTimeOffset At = A.Time("Mon 2026-11-23 10:15");

    private static readonly CallBackTask Open = A.Task();
    private static readonly CallBackTask Claimed = Open.After(new Claim(A.Manager.Id, "דנה"), At).After!;
    private static readonly CallBackTask Closed = Open.After(Saved(), At).After!;

    private static Close Saved(string reason = "דיברנו", string? gesture = null) => new(Outcome.Saved, reason, gesture, "דנה");

    public static TheoryData<string, Act, ActResult, ActResult, ActResult> EveryAct { get; } = new()
    {
        // the act, on an open task, on one the manager has claimed, on one that was closed as saved
        { "the owner claims", new Claim(A.Manager.Id, "דנה"), ActResult.Done, ActResult.AlreadySo, ActResult.Closed },
        { "another claims", new Claim(A.Backup.Id, "יוסי"), ActResult.Done, ActResult.Done, ActResult.Closed },
        { "a stranger claims", new Claim(A.Id<PersonId>(9), "?"), ActResult.UnknownPerson, ActResult.UnknownPerson, ActResult.Closed },
        { "no answer", new NoAnswer("דנה"), ActResult.Done, ActResult.Done, ActResult.Closed },
        { "saved", Saved(), ActResult.Done, ActResult.Done, ActResult.AlreadySo },
        { "saved by another, told the same", Saved() with { By = "יוסי" }, ActResult.Done, ActResult.Done, ActResult.AlreadySo },
        { "saved for another reason", Saved("אחרת"), ActResult.Done, ActResult.Done, ActResult.Closed },
        { "saved with a gesture", Saved(gesture: "ביקור חינם"), ActResult.Done, ActResult.Done, ActResult.Closed },
        { "lost", new Close(Outcome.Lost, "דיברנו", null, "דנה"), ActResult.Done, ActResult.Done, ActResult.Closed },
        { "duplicate", new Close(Outcome.Duplicate, "כפול", null, "דנה"), ActResult.Done, ActResult.Done, ActResult.Closed },
        { "to the backup", new HandOver(A.Backup.Id, "דנה"), ActResult.Done, ActResult.Done, ActResult.Closed },
        { "to the one who has it", new HandOver(A.Manager.Id, "דנה"), ActResult.AlreadySo, ActResult.AlreadySo, ActResult.Closed },
        { "to a stranger", new HandOver(A.Id<PersonId>(9), "דנה"), ActResult.UnknownPerson, ActResult.UnknownPerson, ActResult.Closed },
        { "re-open", new Reopen("התקשרה שוב", "דנה"), ActResult.NotClosed, ActResult.NotClosed, ActResult.Done },
        { "apology", new SendApology("דנה"), ActResult.Done, ActResult.Done, ActResult.Closed },
    };

    [Theory]
    [MemberData(nameof(EveryAct))]
    public void Every_act_has_an_answer_in_every_state(string story, Act act, ActResult open, ActResult claimed, ActResult closed)
    {
        foreach (var (task, expected) in new[] { (Open, open), (Claimed, claimed), (Closed, closed) })
        {
            var decision = task.After(act, At);
            Assert.Equal((story, task.State, expected), (story, task.State, decision.Result));
            Assert.Equal(expected == ActResult.Done, decision.After is not null);
            if (expected != ActResult.Done) Assert.Empty(decision.Events);
        }
    }

    [Fact]
    public void Claiming_makes_the_owner_and_moves_no_deadline()
    {
        var (_, after, events) = Open.After(new Claim(A.Backup.Id, "יוסי"), At);
        Assert.Equal((TaskState.Claimed, A.Backup.Id, Open.Promise), (after!.State, after.Owner, after.Promise));
        Assert.Empty(after.Attempts);
        Assert.Equal((LadderStep.Late, A.Time("Mon 2026-11-23 10:48")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
        Assert.Equal([new(At, TaskEventKind.Claimed, "יוסי")], events);
    }

    [Fact]
    public void Claiming_a_deadline_that_passed_stops_the_repeats()
    {
        var overdue = EscalationLadder.Take(Open, LadderStep.Overdue, Changed.Hours, Open.Promise.By);
        Assert.Equal(LadderStep.Again, overdue.Ladder.Next);
        Assert.Equal(LadderStep.Broken, overdue.After(new Claim(A.Backup.Id, "יוסי"), Open.Promise.By).After!.Ladder.Next);
    }

    [Fact]
    public void No_answer_settles_the_promise_and_sets_a_target_three_business_hours_on()
    {
        var (_, after, events) = Open.After(new NoAnswer("דנה"), At);
        Assert.Equal([Open.Promise with { State = PromiseState.Kept, SettledAt = At }], after!.EarlierPromises);
        Assert.Equal([new(At, Reached: false, "דנה")], after.Attempts);
        Assert.Equal(Promise.Make(At, A.Time("Mon 2026-11-23 13:15"), A.Time("Tue 2026-11-24 18:00"), []).ToString(), (after.Promise with { Told = [] }).ToString());
        Assert.False(after.Promise.WasTold);
        Assert.Equal(TaskState.Claimed, after.State);
        Assert.Equal([new(At, TaskEventKind.NoAnswer, "דנה")], events);
        Assert.Equal((LadderStep.Late, A.Time("Mon 2026-11-23 12:39")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
    }

    [Fact]
    public void No_answer_late_on_Thursday_tries_again_on_Friday_on_a_whole_minute()
    {
        var task = Open with { Promise = Open.Promise with { By = A.Time("Thu 2026-11-26 17:00"), BreaksAt = A.Time("Fri 2026-11-27 13:00") } };
        var after = task.After(new NoAnswer("דנה"), A.Time("Thu 2026-11-26 16:59:30")).After!;
        Assert.Equal(PromiseState.Kept, after.EarlierPromises[0].State);
        Assert.Equal(A.Time("Fri 2026-11-27 10:00"), after.Promise.By);
    }

    [Fact]
    public void A_first_attempt_after_the_time_is_late_and_a_second_attempt_changes_nothing_of_the_first()
    {
        var late = Open.After(new NoAnswer("דנה"), A.Time("Mon 2026-11-23 11:01")).After!;
        Assert.Equal(PromiseState.Late, late.EarlierPromises[0].State);
        var again = late.After(new NoAnswer("דנה"), A.Time("Mon 2026-11-23 12:00")).After!;
        Assert.Equal([PromiseState.Late, PromiseState.Kept], again.EarlierPromises.Select(promise => promise.State));
        Assert.Equal(2, again.Attempts.Count);
    }

    [Theory]
    [InlineData(Outcome.Saved, true)]
    [InlineData(Outcome.Lost, true)]
    [InlineData(Outcome.NotReached, false)]
    public void Closing_with_a_call_is_an_attempt_that_settles_the_promise(Outcome outcome, bool reached)
    {
        var after = Open.After(new Close(outcome, "דיברנו", "ביקור חינם", "דנה"), Open.Promise.By).After!;
        Assert.Equal((TaskState.Closed, PromiseState.Kept), (after.State, after.Promise.State));
        Assert.Equal([new(Open.Promise.By, reached, "דנה")], after.Attempts);
        Assert.Equal(new(outcome, "דיברנו", "ביקור חינם", "דנה", Open.Promise.By), after.Closing);
        Assert.Null(after.Ladder.Next);
        Assert.Equal(PromiseState.Late, Open.After(new Close(outcome, "דיברנו", null, "דנה"), Open.Promise.By.AddSeconds(1)).After!.Promise.State);
    }

    [Theory]
    [InlineData(Outcome.NoFault)]
    [InlineData(Outcome.Duplicate)]
    public void Closing_without_an_attempt_never_keeps_a_promise(Outcome outcome)
    {
        var close = new Close(outcome, "לא אצלנו", null, "דנה");
        var early = Open.After(close, At).After!;
        Assert.Equal((TaskState.Closed, PromiseState.Pending, LadderStep.Broken), (early.State, early.Promise.State, early.Ladder.Next!.Value));
        Assert.Empty(early.Attempts);
        Assert.Equal(PromiseState.Broken, Open.After(close, Open.Promise.BreaksAt).After!.Promise.State);
    }

    [Theory]
    [InlineData(Outcome.NoFault)]
    [InlineData(Outcome.Duplicate)]
    [InlineData(Outcome.Saved)]
    [InlineData(Outcome.Lost)]
    [InlineData(Outcome.NotReached)]
    public void What_an_attempt_has_kept_stays_kept_however_it_is_closed(Outcome outcome)
    {
        var tried = Open.After(new NoAnswer("דנה"), At).After!;
        var after = tried.After(new Close(outcome, "די", null, "דנה"), At.AddMinutes(30)).After!;
        Assert.Equal([PromiseState.Kept], after.EarlierPromises.Select(promise => promise.State));
    }

    [Fact]
    public void The_timeline_tells_the_call_the_outcome_the_reason_and_the_gesture()
    {
        Assert.Equal(
            [new(At, TaskEventKind.Reached, "דנה"), new(At, TaskEventKind.Closed, "דנה", Outcome: Outcome.Saved, Detail: "דיברנו · ביקור חינם")],
            Open.After(Saved(gesture: "ביקור חינם"), At).Events);
        Assert.Equal(
            [new(At, TaskEventKind.Closed, "דנה", Outcome: Outcome.NotReached, Detail: "שלוש פעמים")],
            Open.After(new Close(Outcome.NotReached, "שלוש פעמים", null, "דנה"), At).Events);
    }

    [Fact]
    public void Handing_over_gives_the_task_unclaimed_to_another_with_the_same_deadline()
    {
        var (_, after, events) = Claimed.After(new HandOver(A.Backup.Id, "דנה"), At);
        Assert.Equal((TaskState.Open, A.Backup.Id, Open.Promise), (after!.State, after.Owner, after.Promise));
        Assert.Equal([new(At, TaskEventKind.HandedOver, "דנה", Detail: "יוסי")], events);
    }

    /// <summary>The new owner gets an alert at this moment; a reminder that half of the time is gone on top of it would say nothing new.</summary>
    [Fact]
    public void Handing_over_sends_no_reminder_whose_time_has_passed_meanwhile()
    {
        var after = Claimed.After(new HandOver(A.Backup.Id, "דנה"), A.Time("Mon 2026-11-23 10:40")).After!;
        Assert.Equal((LadderStep.Late, A.Time("Mon 2026-11-23 10:48")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));

        var inTime = Claimed.After(new HandOver(A.Backup.Id, "דנה"), A.Time("Mon 2026-11-23 10:29")).After!;
        Assert.Equal((LadderStep.Half, A.Time("Mon 2026-11-23 10:30")), (inTime.Ladder.Next!.Value, inTime.Ladder.NextAt!.Value));
    }

    [Fact]
    public void Handing_over_after_the_deadline_gives_the_new_owner_an_hour_before_others_are_told_again()
    {
        var overdue = EscalationLadder.Take(Claimed, LadderStep.Overdue, Changed.Hours, Open.Promise.By);
        var after = overdue.After(new HandOver(A.Owner.Id, "דנה"), A.Time("Mon 2026-11-23 15:00")).After!;
        Assert.Equal((LadderStep.Again, A.Time("Mon 2026-11-23 16:00")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
    }

    [Fact]
    public void Handing_over_hides_no_deadline_that_has_passed()
    {
        var after = Claimed.After(new HandOver(A.Backup.Id, "דנה"), A.Time("Mon 2026-11-23 11:00")).After!;
        Assert.Equal((LadderStep.Overdue, Open.Promise.By), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
    }

    [Fact]
    public void A_closed_task_opens_again_within_24_hours_and_not_a_moment_longer()
    {
        var reopen = new Reopen("התקשרה שוב", "דנה");
        Assert.Equal(ActResult.Done, Closed.After(reopen, At.AddHours(24)).Result);
        Assert.Equal(ActResult.TooLate, Closed.After(reopen, At.AddHours(24).AddTicks(1)).Result);
        Assert.True(TaskActs.CanReopen(Closed, At.AddHours(24)));
        Assert.False(TaskActs.CanReopen(Closed, At.AddHours(24).AddTicks(1)));
        Assert.False(TaskActs.CanReopen(Open, At));
    }

    [Fact]
    public void Opening_again_after_a_call_sets_a_new_target_and_keeps_what_was_settled()
    {
        var (_, after, events) = Closed.After(new Reopen("התקשרה שוב", "יוסי"), At.AddHours(1));
        Assert.Equal((TaskState.Open, null), (after!.State, after.Closing));
        Assert.Equal([Closed.Promise], after.EarlierPromises);
        Assert.Equal((A.Time("Mon 2026-11-23 14:15"), PromiseState.Pending, false), (after.Promise.By, after.Promise.State, after.Promise.WasTold));
        Assert.Equal((LadderStep.Half, A.Time("Mon 2026-11-23 12:45")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
        Assert.Equal([new(At.AddHours(1), TaskEventKind.Reopened, "יוסי", Detail: "התקשרה שוב")], events);
    }

    [Fact]
    public void Opening_again_what_nobody_tried_brings_the_old_promise_back()
    {
        var closed = Open.After(new Close(Outcome.Duplicate, "כפול", null, "דנה"), At).After!;
        var after = closed.After(new Reopen("לא כפול", "דנה"), At.AddMinutes(1)).After!;
        Assert.Equal((TaskState.Open, Open.Promise, Open.Ladder), (after.State, after.Promise, after.Ladder));
        Assert.Empty(after.EarlierPromises);
    }

    [Fact]
    public void The_third_call_without_an_answer_closes_the_task_as_not_reached()
    {
        var second = Open.After(new NoAnswer("דנה"), At).After!.After(new NoAnswer("דנה"), At.AddHours(1)).After!;
        var (result, after, events) = second.After(new NoAnswer("דנה"), At.AddHours(2));
        Assert.Equal((ActResult.Done, TaskState.Closed, 3), (result, after!.State, after.Attempts.Count));
        Assert.Equal(new(Outcome.NotReached, "", null, "דנה", At.AddHours(2)), after.Closing);
        Assert.Equal((second.Promise.By, PromiseState.Kept), (after.Promise.By, after.Promise.State));
        Assert.Equal([new(At.AddHours(2), TaskEventKind.NoAnswer, "דנה"), new(At.AddHours(2), TaskEventKind.Closed, "דנה", Outcome: Outcome.NotReached)], events);
        Assert.Null(after.Ladder.Next);
    }

    [Fact]
    public void A_task_that_is_opened_again_is_tried_from_the_beginning()
    {
        var unreached = Enumerable.Range(0, 3).Aggregate(Open, (task, hour) => task.After(new NoAnswer("דנה"), At.AddHours(hour)).After!);
        var reopened = unreached.After(new Reopen("התקשרה", "דנה"), At.AddHours(3)).After!;
        Assert.Equal((3, 0), (reopened.Attempts.Count, reopened.AttemptsNow.Count));
        Assert.Equal(TaskState.Claimed, reopened.After(new NoAnswer("דנה"), At.AddHours(4)).After!.State);
    }

    public static TheoryData<Act> ActsThatFindItBroken { get; } =
        [new NoAnswer("דנה"), Saved(), new Close(Outcome.Duplicate, "כפול", null, "דנה")];

    [Theory]
    [MemberData(nameof(ActsThatFindItBroken))]
    public void An_act_after_the_last_moment_tells_first_that_the_promise_is_broken(Act act)
    {
        var broken = new TaskEvent(Open.Promise.BreaksAt, TaskEventKind.PromiseBroken);
        Assert.Equal(broken, Open.After(act, Open.Promise.BreaksAt.AddHours(1)).Events[0]);
        Assert.DoesNotContain(Open.After(act, Open.Promise.BreaksAt.AddTicks(-1)).Events, happened => happened.Kind == TaskEventKind.PromiseBroken);
        // Said once: what was broken before is no news.
        var known = Open with { Promise = Open.Promise.AfterTime(Open.Promise.BreaksAt) };
        Assert.DoesNotContain(known.After(act, Open.Promise.BreaksAt.AddHours(1)).Events, happened => happened.Kind == TaskEventKind.PromiseBroken);
    }

    [Fact]
    public void Nobody_gets_a_task_that_is_due_while_he_is_away()
    {
        var business = A.Business().WithPeople(A.Manager, A.Backup.AwayFrom("Mon 2026-11-23 08:00", "Mon 2026-11-23 18:00"), A.Owner);
        Assert.Equal(ActResult.Away, TaskActs.Decide(Open, new HandOver(A.Backup.Id, "דנה"), business, At).Result);
        Assert.Equal(ActResult.Away, TaskActs.Decide(Open, new Claim(A.Backup.Id, "יוסי"), business, At).Result);
        Assert.Equal(ActResult.Done, TaskActs.Decide(Open, new HandOver(A.Owner.Id, "דנה"), business, At).Result);
    }

    [Fact]
    public void When_its_owner_goes_away_a_claimed_task_goes_to_whoever_is_there_without_a_reminder_on_top()
    {
        var business = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 08:00", "Mon 2026-11-23 18:00"), A.Backup, A.Owner);
        var now = A.Time("Mon 2026-11-23 10:40");
        var (result, after, events) = TaskActs.Decide(Claimed, new ToWhoIsOnDuty(), business, now);
        Assert.Equal((ActResult.Done, TaskState.Open, A.Backup.Id, Open.Promise), (result, after!.State, after.Owner, after.Promise));
        Assert.Equal((LadderStep.Late, A.Time("Mon 2026-11-23 10:48")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
        Assert.Equal([new(now, TaskEventKind.HandedOver, Detail: "יוסי")], events);
    }

    [Fact]
    public void When_the_hours_change_the_steps_follow_them_and_the_promise_stays()
    {
        var until = Open with { Promise = Open.Promise with { By = A.Time("Mon 2026-11-23 18:00") } };
        var shorter = A.Business() with { Week = new([new(DayOfWeek.Monday, new(10, 0), new(12, 0)), new(DayOfWeek.Tuesday, new(10, 0), new(12, 0))], false, []) };
        var (result, after, events) = TaskActs.Decide(until.Armed(), new ToWhoIsOnDuty(), shorter, At);
        Assert.Equal((ActResult.Done, until.Promise, A.Time("Mon 2026-11-23 11:00")), (result, after!.Promise, after.Ladder.NextAt!.Value));
        Assert.Empty(events);
        Assert.Equal(ActResult.AlreadySo, TaskActs.Decide(after, new ToWhoIsOnDuty(), shorter, At).Result);
    }

    [Fact]
    public void Opening_again_gives_the_task_to_whoever_is_on_duty_at_its_new_time()
    {
        var business = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 11:00", "Mon 2026-11-23 18:00"), A.Backup, A.Owner);
        Assert.Equal(A.Backup.Id, TaskActs.Decide(Closed, new Reopen("התקשרה שוב", "יוסי"), business, At.AddHours(1)).After!.Owner);
    }

    [Fact]
    public void An_apology_is_offered_only_where_it_can_still_be_sent()
    {
        Assert.True(TaskActs.OffersApology(Open, Open.Promise.By));
        Assert.False(TaskActs.OffersApology(Open, Open.Promise.By.AddTicks(1)));
        Assert.False(TaskActs.OffersApology(Closed, At));
        Assert.False(TaskActs.OffersApology(Open with { ApologySentAt = At }, At));
        Assert.False(TaskActs.OffersApology(Open with { Contact = new("נועה", null, "+972541234567") }, At));
        Assert.False(TaskActs.OffersApology(Open with { Promise = Open.Promise.AfterAttempt(At) }, At));
    }

    [Fact]
    public void The_manager_sends_the_apology_once_while_its_promise_stands()
    {
        var (result, after, _) = Open.After(new SendApology("דנה"), Open.Promise.By);
        Assert.Equal((ActResult.Done, Open.Promise.By), (result, after!.ApologySentAt!.Value));
        Assert.Equal(ActResult.NoApologyNow, after.After(new SendApology("דנה"), Open.Promise.By).Result);
        Assert.Equal(ActResult.NoApologyNow, Open.After(new SendApology("דנה"), Open.Promise.By.AddTicks(1)).Result);
        Assert.Equal(ActResult.NoApologyNow, (Open with { Contact = new("נועה", null, "+972541234567") }).After(new SendApology("דנה"), At).Result);
    }
}
