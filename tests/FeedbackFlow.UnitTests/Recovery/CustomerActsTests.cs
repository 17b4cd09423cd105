using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>What the customer of a task of Monday 10:00 to 11:00 chooses on her page: at 10:15, or at 11:30 when nobody has called.</summary>
public class CustomerActsTests
{
    private static readonly DateTimeOffset InTime = A.Time("Mon 2026-11-23 10:15");
    private static readonly DateTimeOffset Passed = A.Time("Mon 2026-11-23 11:30");
    private static readonly DateTimeOffset Evening = A.Time("Mon 2026-11-23 18:00");

    private static readonly CallBackTask Open = A.Task();
    private static readonly CallBackTask Saved = Closed(Open, Outcome.Saved);

    private static readonly Reason Threat = Open.Reasons[0];

    public static TheoryData<string, CustomerAct, CustomerActResult, CustomerActResult, CustomerActResult> EveryAct { get; } = new()
    {
        // the act, while the time runs, when it has passed, and on a task that was closed after a call
        { "nobody called", new NobodyCalled(), CustomerActResult.TooEarly, CustomerActResult.Done, CustomerActResult.Done },
        { "this evening", new CallAt(Evening), CustomerActResult.Done, CustomerActResult.Done, CustomerActResult.Closed },
        { "at a time that is not offered", new CallAt(Evening.AddMinutes(-1)), CustomerActResult.NotOffered, CustomerActResult.NotOffered, CustomerActResult.Closed },
        { "by mail", new WriteInstead(WrittenBy.Mail), CustomerActResult.Done, CustomerActResult.Done, CustomerActResult.Closed },
        { "by WhatsApp", new WriteInstead(WrittenBy.WhatsApp), CustomerActResult.Done, CustomerActResult.Done, CustomerActResult.Closed },
        { "no call", new NoNeedToCall(), CustomerActResult.Done, CustomerActResult.Done, CustomerActResult.Closed },
        { "solved", new SaySolved(true), CustomerActResult.NotClosed, CustomerActResult.NotClosed, CustomerActResult.Done },
        { "not solved", new SaySolved(false), CustomerActResult.NotClosed, CustomerActResult.NotClosed, CustomerActResult.Done },
    };

    [Theory]
    [MemberData(nameof(EveryAct))]
    public void Every_act_has_an_answer_in_every_state(string story, CustomerAct act, CustomerActResult inTime, CustomerActResult passed, CustomerActResult closed)
    {
        foreach (var (task, at, expected) in new[] { (Open, InTime, inTime), (Open, Passed, passed), (Saved, Passed, closed) })
        {
            var decision = Decide(task, act, at);
            Assert.Equal((story, at, expected), (story, at, decision.Result));
            Assert.Equal(expected == CustomerActResult.Done, decision.After is not null);
            if (expected != CustomerActResult.Done) Assert.Equal((0, CustomerActLetter.None), (decision.Events.Count, decision.Letter));
        }
    }

    [Fact]
    public void In_the_name_of_somebody_who_was_erased_nothing_is_done() =>
        Assert.All(EveryAct, row => Assert.Equal(CustomerActResult.Closed, Decide(Open with { ErasedAt = A.Now }, row.Data.Item2, Passed).Result));

    [Fact]
    public void Nobody_called_breaks_the_promise_and_goes_to_the_business_owner_with_a_new_time()
    {
        var claimed = Open.After(new Claim(A.Manager.Id, "דנה"), InTime).After! with { Priority = Priority.High };
        var decision = Decide(claimed, new NobodyCalled(), Passed);
        var after = decision.After!;
        Assert.Equal((TaskState.Open, A.Owner.Id, Priority.Critical), (after.State, after.Owner, after.Priority));
        Assert.Equal([new(ReasonKind.NobodyCalled), Threat], after.Reasons);
        Assert.Equal([Open.Promise with { State = PromiseState.Broken, SettledAt = Passed, NobodyCalledAt = Passed }], after.EarlierPromises);
        Assert.Equal((Passed, A.Time("Mon 2026-11-23 12:30"), A.Time("Tue 2026-11-24 18:00"), null), (after.Promise.MadeAt, after.Promise.By, after.Promise.BreaksAt, after.Promise.From));
        Assert.Equal([ToldBy.Page], after.Promise.Told);
        Assert.Equal((LadderStep.Half, A.Time("Mon 2026-11-23 12:00")), (after.Ladder.Next!.Value, after.Ladder.NextAt!.Value));
        Assert.Equal([new(Passed, TaskEventKind.NobodyCalled), new(Passed, TaskEventKind.PromiseBroken)], decision.Events);
        Assert.Equal(CustomerActLetter.Alert, decision.Letter);
    }

    [Fact]
    public void Days_later_the_promise_was_broken_at_its_last_moment()
    {
        var decision = Decide(Open, new NobodyCalled(), A.Time("Wed 2026-11-25 10:00"));
        Assert.Equal(Open.Promise.BreaksAt, decision.After!.EarlierPromises[0].SettledAt);
        Assert.Equal([new(A.Time("Wed 2026-11-25 10:00"), TaskEventKind.NobodyCalled), new(Open.Promise.BreaksAt, TaskEventKind.PromiseBroken)], decision.Events);
    }

    [Fact]
    public void Against_an_attempt_it_opens_the_task_again_and_disputes_what_stays_kept()
    {
        var decision = Decide(Saved, new NobodyCalled(), Passed);
        var after = decision.After!;
        Assert.Equal((TaskState.Open, null, 1), (after.State, after.Closing, after.AttemptsBefore));
        Assert.Empty(after.AttemptsNow);
        Assert.Equal([Saved.Promise with { NobodyCalledAt = Passed }], after.EarlierPromises);
        Assert.True(after.EarlierPromises[0] is { State: PromiseState.Kept, IsDisputed: true });
        Assert.Equal(A.Time("Mon 2026-11-23 12:30"), after.Promise.By);
        Assert.Equal([new(Passed, TaskEventKind.NobodyCalled)], decision.Events);
    }

    [Fact]
    public void While_the_next_call_still_has_its_time_that_time_stands_and_is_told()
    {
        var tried = Open.After(new NoAnswer("דנה"), A.Time("Mon 2026-11-23 11:10")).After!;
        var after = Decide(tried, new NobodyCalled(), Passed).After!;
        Assert.Equal(PromiseState.Late, Assert.Single(after.EarlierPromises).State);
        Assert.True(after.EarlierPromises[0].IsDisputed);
        Assert.Equal((tried.Promise.By, PromiseState.Pending, null), (after.Promise.By, after.Promise.State, after.Promise.NobodyCalledAt));
        Assert.Equal([ToldBy.Page], after.Promise.Told);
    }

    [Fact]
    public void Nobody_called_is_said_once_of_each_promise()
    {
        var said = Decide(Open, new NobodyCalled(), Passed).After!;
        Assert.Equal(CustomerActResult.AlreadySo, Decide(said, new NobodyCalled(), said.Promise.By).Result);
        var again = Decide(said, new NobodyCalled(), said.Promise.By.AddTicks(1));
        Assert.Equal((CustomerActResult.Done, 2), (again.Result, again.After!.EarlierPromises.Count));
        Assert.Equal([new(ReasonKind.NobodyCalled), Threat], again.After.Reasons);
    }

    [Fact]
    public void Of_several_times_that_have_passed_the_last_one_is_meant_and_no_other()
    {
        var tried = Open.After(new NoAnswer("דנה"), A.Time("Mon 2026-11-23 11:10")).After!;
        var last = Decide(tried, new NobodyCalled(), tried.Promise.By.AddMinutes(1)).After!;
        Assert.Equal([(PromiseState.Late, false), (PromiseState.Broken, true)], last.EarlierPromises.Select(promise => (promise.State, promise.NobodyCalledAt is not null)));

        var twice = tried.After(new NoAnswer("דנה"), A.Time("Mon 2026-11-23 11:20")).After!;
        var first = Decide(twice, new NobodyCalled(), Passed).After!;
        Assert.Equal([(PromiseState.Late, true), (PromiseState.Kept, false)], first.EarlierPromises.Select(promise => (promise.State, promise.NobodyCalledAt is not null)));
    }

    [Fact]
    public void It_may_be_said_only_after_the_time_and_not_of_one_that_was_let_go()
    {
        Assert.Null(CustomerActs.MayComplainOf(Open, Open.Promise.By));
        Assert.Equal(Open.Promise, CustomerActs.MayComplainOf(Open, Open.Promise.By.AddTicks(1)));
        var letGo = Decide(Open, new NoNeedToCall(), InTime).After!;
        Assert.Null(CustomerActs.MayComplainOf(letGo, Passed));
        Assert.Equal(CustomerActResult.TooEarly, Decide(letGo, new NobodyCalled(), Passed).Result);
    }

    [Fact]
    public void A_closed_task_is_not_opened_beside_another_and_an_open_one_needs_no_opening()
    {
        Assert.Equal(CustomerActResult.OtherOpen, Decide(Saved, new NobodyCalled(), Passed, otherOpen: true).Result);
        Assert.Equal(CustomerActResult.Done, Decide(Open, new NobodyCalled(), Passed, otherOpen: true).Result);
    }

    [Fact]
    public void Another_time_lets_the_first_go_and_promises_the_window_that_was_chosen()
    {
        var decision = Decide(Open, new CallAt(Evening), InTime);
        var after = decision.After!;
        Assert.Equal([Open.Promise with { State = PromiseState.Released, SettledAt = InTime }], after.EarlierPromises);
        Assert.Equal((InTime, A.Time("Mon 2026-11-23 13:00"), Evening, A.Time("Tue 2026-11-24 18:00")), (after.Promise.MadeAt, after.Promise.From!.Value, after.Promise.By, after.Promise.BreaksAt));
        Assert.Equal([ToldBy.Page], after.Promise.Told);
        Assert.Equal([new(ReasonKind.AsksForOtherTime), Threat], after.Reasons);
        Assert.Equal((TaskState.Open, A.Manager.Id, 1), (after.State, after.Owner, after.Wishes));
        Assert.Equal([new(InTime, TaskEventKind.OtherTimeAsked)], decision.Events);
        Assert.Equal(CustomerActLetter.Wish, decision.Letter);
    }

    [Fact]
    public void The_same_time_again_is_nothing_new_and_another_one_takes_its_place()
    {
        var evening = Decide(Open, new CallAt(Evening), InTime).After!;
        Assert.Equal(CustomerActResult.AlreadySo, Decide(evening, new CallAt(Evening), InTime).Result);
        var noon = Decide(evening, new CallAt(A.Time("Mon 2026-11-23 13:00")), InTime).After!;
        Assert.Equal([new(ReasonKind.AsksForOtherTime), Threat], noon.Reasons);
        Assert.Equal((2, A.Time("Mon 2026-11-23 13:00")), (noon.Wishes, noon.Promise.By));
    }

    [Fact]
    public void A_time_of_our_own_that_ends_with_a_window_is_not_yet_the_customers_choice()
    {
        var until = Open with { Promise = Open.Promise with { By = Evening } };
        Assert.Equal(A.Time("Mon 2026-11-23 13:00"), Decide(until, new CallAt(Evening), InTime).After!.Promise.From);
    }

    [Fact]
    public void Once_the_chosen_time_was_tried_the_same_day_may_be_chosen_again()
    {
        var evening = Decide(Open, new CallAt(Evening), InTime).After!;
        var settled = evening with { Promise = evening.Promise.AfterAttempt(Passed) };
        Assert.Equal(CustomerActResult.Done, Decide(settled, new CallAt(Evening), Passed).Result);
    }

    [Fact]
    public void Who_asks_for_another_time_after_the_first_has_passed_finds_it_broken()
    {
        var decision = Decide(Open, new CallAt(Evening), Passed);
        Assert.Equal(PromiseState.Broken, decision.After!.EarlierPromises[0].State);
        Assert.Equal([new(Passed, TaskEventKind.PromiseBroken), new(Passed, TaskEventKind.OtherTimeAsked)], decision.Events);
    }

    [Fact]
    public void What_was_tried_already_is_not_broken_by_choosing_another_time()
    {
        var late = Open with { Promise = Open.Promise.AfterAttempt(Passed) };
        var decision = Decide(late, new CallAt(Evening), Passed);
        Assert.Equal([PromiseState.Late], decision.After!.EarlierPromises.Select(promise => promise.State));
        Assert.Equal([TaskEventKind.OtherTimeAsked], decision.Events.Select(happened => happened.Kind));
    }

    [Fact]
    public void Another_time_goes_to_whoever_is_on_duty_then()
    {
        var business = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 12:00", "Mon 2026-11-23 20:00"), A.Backup, A.Owner);
        Assert.Equal(A.Backup.Id, CustomerActs.Decide(Open, new CallAt(Evening), business, otherOpen: false, InTime).After!.Owner);
    }

    [Fact]
    public void Without_a_phone_no_other_time_can_be_chosen() =>
        Assert.Equal(CustomerActResult.NotOffered, Decide(Open with { Contact = new("נועה", "noa@example.com", null) }, new CallAt(Evening), InTime).Result);

    [Theory]
    [InlineData(WrittenBy.Mail)]
    [InlineData(WrittenBy.WhatsApp)]
    public void Rather_in_writing_says_on_which_way_and_moves_no_promise(WrittenBy way)
    {
        Assert.Null(CustomerActs.AsksForWriting(Open));
        var decision = Decide(Open, new WriteInstead(way), InTime);
        var after = decision.After!;
        Assert.Equal((way, 1, Open.Promise), (CustomerActs.AsksForWriting(after)!.Value, after.Wishes, after.Promise));
        Assert.Equal([new(ReasonKind.AsksForWriting, Detail: way.ToString()), Threat], after.Reasons);
        Assert.Equal([new(InTime, TaskEventKind.WritingAsked)], decision.Events);
        Assert.Equal(CustomerActLetter.Wish, decision.Letter);
        Assert.Equal(CustomerActResult.AlreadySo, Decide(after, new WriteInstead(way), InTime).Result);
    }

    [Fact]
    public void The_other_way_takes_the_place_of_the_first_and_leaves_a_chosen_time()
    {
        var evening = Decide(Open, new CallAt(Evening), InTime).After!;
        var mail = Decide(evening, new WriteInstead(WrittenBy.Mail), InTime).After!;
        Assert.Equal([ReasonKind.AsksForWriting, ReasonKind.AsksForOtherTime, ReasonKind.Signal], mail.Reasons.Select(reason => reason.Kind));
        var whatsApp = Decide(mail, new WriteInstead(WrittenBy.WhatsApp), InTime).After!;
        Assert.Equal((WrittenBy.WhatsApp, 3), (CustomerActs.AsksForWriting(whatsApp)!.Value, whatsApp.Reasons.Count));
    }

    [Theory]
    [InlineData(WrittenBy.Mail, null, "+972541234567")]
    [InlineData(WrittenBy.WhatsApp, "noa@example.com", null)]
    public void Nobody_is_promised_a_letter_to_nowhere(WrittenBy way, string? email, string? phone)
    {
        var task = Open with { Contact = new("נועה", email, phone) };
        Assert.Equal(CustomerActResult.NotOffered, Decide(task, new WriteInstead(way), InTime).Result);
        Assert.Equal(CustomerActResult.Done, Decide(task, new WriteInstead(way == WrittenBy.Mail ? WrittenBy.WhatsApp : WrittenBy.Mail), InTime).Result);
    }

    [Fact]
    public void No_call_lets_the_promise_go_and_a_person_still_closes_the_task()
    {
        var decision = Decide(Decide(Open, new WriteInstead(WrittenBy.Mail), InTime).After!, new NoNeedToCall(), InTime);
        var after = decision.After!;
        Assert.Equal((TaskState.Open, PromiseState.Released, InTime, 2), (after.State, after.Promise.State, after.Promise.SettledAt!.Value, after.Wishes));
        Assert.Equal([new(ReasonKind.AsksForNoCall), Threat], after.Reasons);
        Assert.Null(after.Ladder.Next);
        Assert.Equal([new(InTime, TaskEventKind.NoCallAsked)], decision.Events);
        Assert.Equal(CustomerActLetter.Wish, decision.Letter);
        Assert.Equal(CustomerActResult.AlreadySo, Decide(after, new NoNeedToCall(), InTime).Result);
    }

    [Fact]
    public void No_call_after_the_time_has_passed_excuses_nobody()
    {
        var decision = Decide(Open, new NoNeedToCall(), Passed);
        Assert.Equal(PromiseState.Broken, decision.After!.Promise.State);
        Assert.Equal([new(Passed, TaskEventKind.PromiseBroken), new(Passed, TaskEventKind.NoCallAsked)], decision.Events);
    }

    public static TheoryData<CustomerAct> Wishes { get; } = [new CallAt(Evening), new WriteInstead(WrittenBy.Mail)];

    [Theory]
    [MemberData(nameof(Wishes))]
    public void After_five_wishes_speaking_is_better(CustomerAct wish)
    {
        Assert.Equal(5, Decide(Open with { Wishes = 4 }, wish, InTime).After!.Wishes);
        Assert.Equal(CustomerActResult.TooOften, Decide(Open with { Wishes = 5 }, wish, InTime).Result);
    }

    [Fact]
    public void To_want_no_call_it_is_never_too_late() => Assert.Equal(CustomerActResult.Done, Decide(Open with { Wishes = 5 }, new NoNeedToCall(), InTime).Result);

    [Fact]
    public void Solved_is_noted_and_writes_to_nobody()
    {
        var decision = Decide(Saved, new SaySolved(true), Passed);
        Assert.Equal(Saved with { CheckBacks = decision.After!.CheckBacks }, decision.After);
        Assert.Equal([new(null, true, Passed)], decision.After.CheckBacks);
        Assert.Equal([new(Passed, TaskEventKind.SolvedSaid)], decision.Events);
        Assert.Equal(CustomerActLetter.None, decision.Letter);
        Assert.Equal(CustomerActResult.AlreadySo, Decide(decision.After, new SaySolved(true), Passed.AddHours(1)).Result);
        // Even in the moment of closing.
        Assert.Equal(true, Decide(Saved, new SaySolved(true), InTime).After!.AnswerSinceClosing!.Solved);
    }

    [Theory]
    [InlineData(Priority.Normal, Priority.High, "Mon 2026-11-23 14:30")]
    [InlineData(Priority.High, Priority.Critical, "Mon 2026-11-23 12:30")]
    [InlineData(Priority.Critical, Priority.Critical, "Mon 2026-11-23 12:30")]
    public void Not_solved_opens_the_task_again_more_urgent_than_before(Priority before, Priority priority, string by)
    {
        var decision = Decide(Saved with { Priority = before }, new SaySolved(false), Passed);
        var after = decision.After!;
        Assert.Equal((TaskState.Open, null, priority, 1), (after.State, after.Closing, after.Priority, after.AttemptsBefore));
        Assert.Equal([new(ReasonKind.NotSolved), Threat], after.Reasons);
        Assert.Equal([Saved.Promise], after.EarlierPromises);
        Assert.Equal((A.Time(by), null), (after.Promise.By, after.Promise.From));
        Assert.Equal([ToldBy.Page], after.Promise.Told);
        Assert.Equal([new(null, false, Passed)], after.CheckBacks);
        Assert.Equal([new(Passed, TaskEventKind.NotSolvedSaid), new(Passed, TaskEventKind.Reopened)], decision.Events);
        Assert.Equal(CustomerActLetter.Alert, decision.Letter);
        Assert.Equal(CustomerActResult.AlreadySo, Decide(after, new SaySolved(false), Passed).Result);
        Assert.Equal(CustomerActResult.NotClosed, Decide(after, new SaySolved(true), Passed).Result);
    }

    [Fact]
    public void Not_solved_finds_the_promise_of_a_task_that_was_closed_without_a_call()
    {
        var closed = Closed(Open, Outcome.Duplicate);
        var inTime = Decide(closed, new SaySolved(false), A.Time("Mon 2026-11-23 10:30"));
        Assert.Equal(PromiseState.Released, inTime.After!.EarlierPromises[0].State);
        Assert.Equal([TaskEventKind.NotSolvedSaid, TaskEventKind.Reopened], inTime.Events.Select(happened => happened.Kind));
        var passed = Decide(closed, new SaySolved(false), Passed);
        Assert.Equal(PromiseState.Broken, passed.After!.EarlierPromises[0].State);
        Assert.Equal([TaskEventKind.PromiseBroken, TaskEventKind.NotSolvedSaid, TaskEventKind.Reopened], passed.Events.Select(happened => happened.Kind));
    }

    [Fact]
    public void Not_solved_is_kept_beside_a_matter_that_is_open_already_and_opens_no_second_one()
    {
        var decision = Decide(Saved, new SaySolved(false), Passed, otherOpen: true);
        Assert.Equal(TaskState.Closed, decision.After!.State);
        Assert.Equal([new(null, false, Passed)], decision.After.CheckBacks);
        Assert.Equal([new(Passed, TaskEventKind.NotSolvedSaid)], decision.Events);
        Assert.Equal(CustomerActLetter.None, decision.Letter);
    }

    [Fact]
    public void An_answer_belongs_to_the_letter_that_asked_and_may_be_changed()
    {
        var asked = Saved with { CheckBacks = [new(A.Id<LetterId>(71), null, null)] };
        var yes = Decide(asked, new SaySolved(true), Passed).After!;
        Assert.Equal([new(A.Id<LetterId>(71), true, Passed)], yes.CheckBacks);
        var no = Decide(yes, new SaySolved(false), Passed.AddHours(1)).After!;
        Assert.Equal([new(A.Id<LetterId>(71), false, Passed.AddHours(1))], no.CheckBacks);
    }

    [Fact]
    public void After_another_closing_the_answer_is_a_new_one()
    {
        var reopened = Decide(Saved, new SaySolved(false), Passed).After!;
        var again = reopened.After(new Close(Outcome.Saved, "שוב", null, "דנה"), Passed.AddMinutes(20)).After!;
        Assert.Null(again.AnswerSinceClosing);
        Assert.Equal([false, true], Decide(again, new SaySolved(true), Passed.AddMinutes(30)).After!.CheckBacks.Select(answer => answer.Solved!.Value));
        Assert.Equal([false, false], Decide(again, new SaySolved(false), Passed.AddMinutes(30)).After!.CheckBacks.Select(answer => answer.Solved!.Value));
    }

    [Fact]
    public void A_matter_that_is_not_solved_goes_to_whoever_is_on_duty()
    {
        var business = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 11:00", "Mon 2026-11-23 20:00"), A.Backup, A.Owner);
        Assert.Equal(A.Backup.Id, CustomerActs.Decide(Saved, new SaySolved(false), business, otherOpen: false, Passed).After!.Owner);
    }

    private static CallBackTask Closed(CallBackTask task, Outcome outcome) => task.After(new Close(outcome, "דיברנו", null, "דנה"), InTime).After!;

    private static CustomerDecision Decide(CallBackTask task, CustomerAct act, DateTimeOffset at, bool otherOpen = false) =>
        CustomerActs.Decide(task, act, A.Business(), otherOpen, at);
}
