using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>A further feedback of a customer who has an open task: at most one task, one promise, one apology; an alert only when it got worse.</summary>
public class JoiningAnOpenTaskTests
{
    private static readonly CallBackTask Critical = A.Task();
    private static readonly CallBackTask High = A.Task() with { Priority = Priority.High, Reasons = [new(ReasonKind.AsksForCall)] };
    private static readonly CallBackTask Normal = A.Task() with { Priority = Priority.Normal, Reasons = [new(ReasonKind.LowScore, Count: 2, Detail: "Stars")] };

    private static readonly Feedback Later = (A.Feedback() with { Id = A.Id<FeedbackId>(101) }).At("Mon 2026-11-23 10:20");

    [Fact]
    public void The_task_keeps_its_id_owner_promise_and_steps_and_gets_the_words_added()
    {
        var claimed = Critical with { State = TaskState.Claimed, Owner = A.Backup.Id };
        var plan = Join(claimed, Later.WithText("…"), A.Reading().With(SignalKind.Legal));
        Assert.True(plan is { IsNewTask: false, StandsIn: false });
        Assert.Equal([A.Id<FeedbackId>(99), A.Id<FeedbackId>(101)], plan.Task!.Feedbacks);
        Assert.Equal(
            (claimed.Id, claimed.State, claimed.Owner, claimed.OpenedAt, claimed.Promise, claimed.Ladder),
            (plan.Task.Id, plan.Task.State, plan.Task.Owner, plan.Task.OpenedAt, plan.Task.Promise, plan.Task.Ladder));
    }

    [Fact]
    public void A_further_feedback_without_any_reason_joins_in_silence()
    {
        var plan = Join(Critical, Later.WithText("תודה").WithStars(5), A.Reading().Positive());
        Assert.True(plan is { Alert: false, Apology: ApologyChoice.None, Task.Feedbacks.Count: 2 });
        Assert.Equal(Critical.Reasons, plan.Task.Reasons);
    }

    [Fact]
    public void The_same_threat_again_alerts_nobody()
    {
        var plan = Join(Critical, Later.WithText("…"), A.Reading().With(SignalKind.Leave, strength: SignalStrength.Threat));
        Assert.False(plan.Alert);
        Assert.Equal(Critical.Reasons, plan.Task!.Reasons);
    }

    [Fact]
    public void A_threat_of_another_kind_alerts_again()
    {
        var plan = Join(Critical, Later.WithText("…"), A.Reading().With(SignalKind.Publish));
        Assert.True(plan.Alert);
        Assert.Equal([SignalKind.Publish, SignalKind.Leave], plan.Task!.Reasons.Select(reason => reason.Signal!.Value));
    }

    [Fact]
    public void A_weaker_reason_beside_a_threat_alerts_nobody()
    {
        var plan = Join(Critical, Later.AsksForCall());
        Assert.False(plan.Alert);
        Assert.Equal([ReasonKind.Signal, ReasonKind.AsksForCall], plan.Task!.Reasons.Select(reason => reason.Kind));
        Assert.Equal(Priority.Critical, plan.Task.Priority);
    }

    [Fact]
    public void A_threat_on_top_of_a_request_to_call_raises_the_priority_and_alerts_but_moves_no_promise()
    {
        var plan = Join(High, Later.WithText("…"), A.Reading().With(SignalKind.Leave));
        Assert.True(plan is { Alert: true, Task.Priority: Priority.Critical });
        Assert.Equal(High.Promise, plan.Task.Promise);
    }

    [Fact]
    public void Writing_again_while_the_promised_time_still_runs_is_no_contact_without_an_answer()
    {
        var plan = Join(High, Later.WithText("שוב אני"), history: History.None.WaitingSinceDays(0));
        Assert.False(plan.Alert);
        Assert.Equal(High.Reasons, plan.Task!.Reasons);
    }

    [Fact]
    public void Once_the_promised_time_has_passed_the_second_contact_alerts_and_the_third_only_counts()
    {
        var passed = High with { Promise = High.Promise with { By = Later.At.AddMinutes(-1) } };
        var second = Join(passed, Later.WithText("שוב אני"), history: History.None.WaitingSinceDays(0));
        Assert.True(second.Alert);
        Assert.Equal(new(ReasonKind.Unanswered, Count: 2), second.Task!.Reasons[0]);

        var third = Join(second.Task, Later.WithText("ושוב") with { Id = A.Id<FeedbackId>(102) }, history: History.None.WaitingSinceDays(0, 0));
        Assert.False(third.Alert);
        Assert.Equal([new(ReasonKind.Unanswered, Count: 3), new(ReasonKind.AsksForCall)], third.Task!.Reasons);
    }

    [Fact]
    public void A_firmer_threat_of_the_same_kind_is_worse_and_takes_the_place_of_the_weaker_one()
    {
        var weighs = A.Task() with { Priority = Priority.Critical, Reasons = [new(ReasonKind.Signal, SignalKind.Leave, SignalStrength.Considering)] };
        var left = Join(weighs, Later.WithText("…"), Leaving(SignalStrength.Done));
        Assert.True(left.Alert);
        Assert.Equal([new(ReasonKind.Signal, SignalKind.Leave, SignalStrength.Done)], left.Task!.Reasons);

        var again = Join(left.Task, Later.WithText("…") with { Id = A.Id<FeedbackId>(102) }, Leaving(SignalStrength.Threat));
        Assert.False(again.Alert);
        Assert.Equal(left.Task.Reasons, again.Task!.Reasons);
    }

    /// <summary>Each firmer than the one before it; a reason without a strength weighs like the first.</summary>
    private static readonly SignalStrength[] Firmness = [SignalStrength.Considering, SignalStrength.Threat, SignalStrength.Decided, SignalStrength.Done];

    [Fact]
    public void Only_a_firmer_threat_alerts_again()
    {
        for (var before = 0; before < Firmness.Length; before++)
        {
            for (var now = 0; now < Firmness.Length; now++)
            {
                var open = Critical with { Reasons = [new(ReasonKind.Signal, SignalKind.Leave, Firmness[before])] };
                var plan = Join(open, Later.WithText("…"), Leaving(Firmness[now]));
                Assert.Equal((before, now, now > before), (before, now, plan.Alert));
                Assert.Equal(Firmness[Math.Max(before, now)], Assert.Single(plan.Task!.Reasons).Strength);
            }
        }

        var unsaid = Critical with { Reasons = [new(ReasonKind.Signal, SignalKind.Leave)] };
        Assert.False(Join(unsaid, Later.WithText("…"), Leaving(SignalStrength.Considering)).Alert);
        Assert.True(Join(unsaid, Later.WithText("…"), Leaving(SignalStrength.Threat)).Alert);
    }

    [Fact]
    public void Each_reason_is_said_once_however_many_stand_beside_it()
    {
        Reason Leave(SignalStrength strength) => new(ReasonKind.Signal, SignalKind.Leave, strength);
        Reason call = new(ReasonKind.AsksForCall), score = new(ReasonKind.LowScore, Count: 1, Detail: "Stars");
        IReadOnlyList<Reason> Merged(SignalStrength now, params Reason[] before) =>
            Join(Critical with { Reasons = before }, Later.WithText("…").WithStars(1).AsksForCall(), Leaving(now)).Task!.Reasons;
        Assert.Equal([Leave(SignalStrength.Done), call, score], Merged(SignalStrength.Threat, Leave(SignalStrength.Done), call));
        Assert.Equal([Leave(SignalStrength.Done), call, score], Merged(SignalStrength.Done, Leave(SignalStrength.Threat), call));
        Assert.Equal([Leave(SignalStrength.Threat), call, score], Merged(SignalStrength.Threat, new Reason(ReasonKind.LowScore, Count: 2, Detail: "Stars")));
        Assert.Equal([Leave(SignalStrength.Threat), new(ReasonKind.Unanswered, Count: 2), call, score], Merged(SignalStrength.Threat, new Reason(ReasonKind.Unanswered, Count: 2)));
    }

    private static Reading Leaving(SignalStrength strength) => A.Reading() with { Signals = [new(SignalKind.Leave, strength, 0.9, [new(0, 1)])] };

    [Fact]
    public void What_is_typed_at_an_open_link_fills_gaps_and_changes_nothing_that_is_known()
    {
        var known = Critical with { Contact = new("נועה", "noa@example.com", null) };
        var stranger = new Contact("Somebody", "else@example.com", "+972541234567");
        var open = Join(known, Later.WithText("…") with { Origin = Origin.OpenLink, Contact = stranger });
        Assert.Equal(new("נועה", "noa@example.com", "+972541234567"), open.Task!.Contact);

        var own = Join(known, Later.WithText("…") with { Origin = Origin.JobLink, Contact = stranger });
        Assert.Equal(stranger, own.Task!.Contact);
    }

    [Fact]
    public void A_task_keeps_the_feedback_that_opened_it_and_the_newest_ones()
    {
        var ids = Enumerable.Range(0, 3 * CallBackTask.MostFeedbacks).Select(number => new FeedbackId(number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var kept = ids.Skip(1).Aggregate((IReadOnlyList<FeedbackId>)[ids[0]], CallBackTask.WithNewest);
        Assert.Equal([ids[0], .. ids.TakeLast(CallBackTask.MostFeedbacks - 1)], kept);
        Assert.Equal(CallBackTask.MostFeedbacks, CallBackTask.WithNewest([.. ids.Take(CallBackTask.MostFeedbacks)], ids[^1]).Count);
    }

    [Fact]
    public void Sharp_words_after_a_low_score_without_words_are_worse()
    {
        var plan = Join(Normal, Later.WithText("…").WithStars(1));
        Assert.True(plan is { Alert: true, Task.Priority: Priority.High });
    }

    [Fact]
    public void A_low_score_without_words_again_is_not_worse() => Assert.True(Join(Normal, Later.WithStars(1)) is { Alert: false, Task.Priority: Priority.High });

    [Fact]
    public void A_task_that_had_its_apology_gets_no_second_one_not_even_offered()
    {
        var apologised = Critical with { ApologySentAt = A.Now.AddDays(-3) };
        var plan = Join(apologised, Later.WithStars(1));
        Assert.Equal((ApologyChoice.None, apologised.ApologySentAt), (plan.Apology, plan.Task!.ApologySentAt));
    }

    [Fact]
    public void Another_task_within_24_hours_of_an_apology_gets_none_either() =>
        Assert.Equal(ApologyChoice.None, Join(Critical, Later.WithStars(1), history: History.None with { LastApologyAt = A.Now.AddHours(-23) }).Apology);

    [Fact]
    public void A_task_without_an_apology_gets_it_with_the_feedback_that_is_sure() =>
        Assert.True(Join(Critical, Later.WithStars(1)) is { Apology: ApologyChoice.Send, Task.ApologySentAt: not null });

    /// <summary>An apology tells a time; when that has passed the button in the alert could only refuse.</summary>
    [Fact]
    public void When_the_promised_time_has_passed_no_apology_is_sent_or_offered()
    {
        Assert.Equal(ApologyChoice.Send, Join(Critical, Later.WithStars(1).At("Mon 2026-11-23 11:00")).Apology);
        Assert.Equal(ApologyChoice.None, Join(Critical, Later.WithStars(1).At("Mon 2026-11-23 11:00:01")).Apology);
    }

    [Fact]
    public void Who_writes_again_after_a_broken_promise_is_told_a_time_again_and_the_broken_one_stays()
    {
        var broken = Critical with { Promise = Critical.Promise.AfterTime(A.Time("Tue 2026-11-24 18:00")), ApologySentAt = A.Now };
        var plan = Join(broken, Later.WithStars(1).WithText("…").At("Wed 2026-11-25 10:00"));
        Assert.True(plan is { Alert: true, IsNewTask: false, Apology: ApologyChoice.Send });
        Assert.Equal([broken.Promise], plan.Task!.EarlierPromises);
        Assert.Equal((A.Time("Wed 2026-11-25 11:00"), PromiseState.Pending), (plan.Task.Promise.By, plan.Task.Promise.State));
        Assert.Equal((LadderStep.Half, A.Time("Wed 2026-11-25 10:30")), (plan.Task.Ladder.Next!.Value, plan.Task.Ladder.NextAt!.Value));

        var thanks = Join(broken, Later.WithText("תודה").At("Wed 2026-11-25 10:00"), A.Reading().Positive());
        Assert.Equal(broken.Promise, thanks.Task!.Promise);
    }

    [Fact]
    public void Who_wanted_no_call_and_writes_again_is_promised_one()
    {
        var letGo = CustomerActs.Decide(Critical, new NoNeedToCall(), A.Business(), otherOpen: false, A.Now).After!;
        var plan = Join(letGo, Later.WithStars(1).WithText("…"));
        Assert.Equal([PromiseState.Released], plan.Task!.EarlierPromises.Select(promise => promise.State));
        Assert.Equal((A.Time("Mon 2026-11-23 11:20"), PromiseState.Pending), (plan.Task.Promise.By, plan.Task.Promise.State));
        Assert.Equal([Critical.Reasons[0], new(ReasonKind.LowScore, Count: 1, Detail: "Stars")], plan.Task.Reasons);
        Assert.True(plan.Alert);

        var thanks = Join(letGo, Later.WithText("תודה"), A.Reading().Positive());
        Assert.Equal((letGo.Promise, false), (thanks.Task!.Promise, thanks.Alert));
    }

    [Fact]
    public void The_new_time_after_a_broken_one_belongs_to_whoever_is_on_duty_then_and_the_alert_says_when_the_owner_stands_in()
    {
        var broken = Critical with { Promise = Critical.Promise.AfterTime(A.Time("Tue 2026-11-24 18:00")) };
        Plan Again(params Person[] people) => RecoveryPlanner.Decide(
            Later.WithStars(1).WithText("…").At("Wed 2026-11-25 10:00"), A.Reading(), History.None with { OpenTask = broken }, A.Business().WithPeople(people), A.Id<TaskId>(77), true, true);
        var away = A.Manager.AwayFrom("Wed 2026-11-25 08:00", "Wed 2026-11-25 18:00");
        var (backup, owner, manager) = (Again(away, A.Backup, A.Owner), Again(away, A.Owner), Again(A.Manager, A.Owner));
        Assert.Equal((A.Backup.Id, false), (backup.Task!.Owner, backup.StandsIn));
        Assert.Equal((A.Owner.Id, true), (owner.Task!.Owner, owner.StandsIn));
        Assert.Equal((A.Manager.Id, false), (manager.Task!.Owner, manager.StandsIn));
    }

    [Fact]
    public void Every_further_reason_makes_a_task_one_step_more_urgent_and_thanks_do_not()
    {
        Assert.Equal(Priority.High, Join(Normal, Later.WithStars(2)).Task!.Priority);
        Assert.Equal(Priority.Critical, Join(High, Later.WithStars(2)).Task!.Priority);
        Assert.Equal(Priority.Critical, Join(Normal, Later.WithText("…"), A.Reading().With(SignalKind.Legal)).Task!.Priority);
        Assert.Equal(Priority.Normal, Join(Normal, Later.WithText("תודה"), A.Reading().Positive()).Task!.Priority);
    }

    [Fact]
    public void Who_writes_again_is_tried_from_the_beginning()
    {
        var tried = Critical.After(new NoAnswer("דנה"), A.Now.AddMinutes(10)).After!;
        Assert.Single(tried.AttemptsNow);
        Assert.Empty(Join(tried, Later.WithText("…")).Task!.AttemptsNow);
    }

    [Fact]
    public void The_answer_page_tells_the_promise_that_stands_unless_it_has_passed()
    {
        var untold = Critical with { Promise = Critical.Promise with { Told = [] } };
        Assert.Equal([ToldBy.Page], Join(untold, Later.WithText("…")).Task!.Promise.Told);
        Assert.Empty(Join(untold, Later.WithText("…"), shownOnPage: false).Task!.Promise.Told);
        Assert.Empty(Join(untold, Later.WithText("…").At("Mon 2026-11-23 11:01")).Task!.Promise.Told);
        Assert.Equal([ToldBy.Page], Join(Critical, Later.WithText("…")).Task!.Promise.Told);
    }

    [Fact]
    public void Blame_is_not_taken_for_anything_the_task_has_ever_heard()
    {
        var legal = Critical with { Reasons = [new(ReasonKind.Signal, SignalKind.Legal)] };
        Assert.False(Join(legal, Later.WithStars(1)).TakesBlame);
        Assert.True(Join(Critical, Later.WithStars(1)).TakesBlame);
    }

    [Fact]
    public void A_newer_contact_replaces_the_older_and_a_missing_one_does_not()
    {
        var plan = Join(Critical, Later.WithText("…") with { Contact = new(null, "new@example.com", null) });
        Assert.Equal(new("נועה", "new@example.com", "+972541234567"), plan.Task!.Contact);
    }

    private static Plan Join(CallBackTask open, Feedback feedback, Reading? reading = null, History? history = null, bool shownOnPage = true) =>
        RecoveryPlanner.Decide(
            feedback, reading ?? A.Reading(), (history ?? History.None) with { OpenTask = open }, A.Business(), A.Id<TaskId>(77), shownOnPage, mayWrite: true);
}
