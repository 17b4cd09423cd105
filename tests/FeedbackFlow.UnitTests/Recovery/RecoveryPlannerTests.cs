using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>The first task of a customer: whether, until when, whose, and what is written.</summary>
public class RecoveryPlannerTests
{
    private static readonly TaskId NewTask = A.Id<TaskId>(11);

    [Fact]
    public void No_reason_no_task()
    {
        var nothing = new Plan(null, IsNewTask: false, Alert: false, ApologyChoice.None, TakesBlame: true, StandsIn: false, ExpectsAnswer: false);
        Assert.Equal(nothing, Decide(A.Feedback().WithText("תודה").WithStars(5), A.Reading().Positive()));
        Assert.Equal(nothing with { ExpectsAnswer = true }, Decide(A.Feedback().WithText("מתי מגיעים?")));
    }

    [Fact]
    public void A_threat_to_leave_opens_a_task_for_the_manager_within_the_hour()
    {
        var said = A.Feedback().WithText("אני עוברת למתחרים") with { Job = A.Id<JobId>(7) };
        var plan = Decide(said, A.Reading().With(SignalKind.Leave, strength: SignalStrength.Decided));
        var task = plan.Task!;
        Assert.True(plan is { IsNewTask: true, Alert: true, TakesBlame: true, StandsIn: false, ExpectsAnswer: true });
        Assert.Equal((NewTask, A.Now, TaskState.Open, Priority.Critical, A.Manager.Id), (task.Id, task.OpenedAt, task.State, task.Priority, task.Owner));
        Assert.Equal((said.Customer, said.Contact), (task.Customer, task.Contact));
        Assert.Equal([said.Id], task.Feedbacks);
        Assert.Equal([new(ReasonKind.Signal, SignalKind.Leave, SignalStrength.Decided)], task.Reasons);
        Assert.Equal((A.Now, A.Time("Mon 2026-11-23 11:00"), A.Time("Tue 2026-11-24 18:00")), (task.Promise.MadeAt, task.Promise.By, task.Promise.BreaksAt));
        Assert.Equal((LadderStep.Half, A.Time("Mon 2026-11-23 10:30")), (task.Ladder.Next!.Value, task.Ladder.NextAt!.Value));
        Assert.Empty(task.EarlierPromises);
        Assert.Empty(task.Attempts);
        Assert.Empty(task.CheckBacks);
        Assert.Null(task.Closing);
    }

    [Fact]
    public void The_answer_page_tells_the_promise_and_other_doors_do_not()
    {
        var said = A.Feedback().WithStars(1);
        Assert.Equal([ToldBy.Page], Decide(said, shownOnPage: true).Task!.Promise.Told);
        Assert.Empty(Decide(said, shownOnPage: false).Task!.Promise.Told);
    }

    public static TheoryData<string, Feedback, Reading, string> Deadlines { get; } = new()
    {
        { "leave: an hour", A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave), "Mon 2026-11-23 11:00" },
        { "leave beside a low score: the most urgent reason counts", A.Feedback().WithText("…").WithStars(1), A.Reading().With(SignalKind.Leave), "Mon 2026-11-23 11:00" },
        { "tried in vain: three hours", A.Feedback().WithText("…"), A.Reading().With(SignalKind.Unreachable), "Mon 2026-11-23 13:00" },
        { "call me: three hours", A.Feedback().AsksForCall(), A.Reading(), "Mon 2026-11-23 13:00" },
        { "angry words with five stars: three hours", A.Feedback().WithText("…").WithStars(5), A.Reading().Negative(), "Mon 2026-11-23 13:00" },
        { "low score with words: three hours", A.Feedback().WithText("…").WithStars(2), A.Reading(), "Mon 2026-11-23 13:00" },
        { "low score without words: a business day", A.Feedback().WithStars(2), A.Reading(), "Tue 2026-11-24 10:00" },
        { "Russian without a score: a business day", A.Feedback().WithText("…"), A.Reading().In("ru"), "Tue 2026-11-24 10:00" },
        { "not analysed: a business day", A.Feedback().WithText("…").WithStars(5), Reading.OfNothing(Reading.NotAnalysed), "Tue 2026-11-24 10:00" },
        { "Thursday evening", A.Feedback().AsksForCall().At("Thu 2026-11-26 17:30"), A.Reading(), "Fri 2026-11-27 10:30" },
        { "Friday noon", A.Feedback().AsksForCall().At("Fri 2026-11-27 12:30"), A.Reading(), "Sun 2026-11-29 10:30" },
        { "Shabbat", A.Feedback().WithText("…").At("Sat 2026-11-28 20:00"), A.Reading().With(SignalKind.Publish), "Sun 2026-11-29 09:00" },
        { "the eve of the new year", A.Feedback().WithText("…").At("Fri 2026-09-11 12:45"), A.Reading().With(SignalKind.Legal), "Mon 2026-09-14 08:45" },
        { "on the minute", A.Feedback().WithText("…").At("Mon 2026-11-23 10:07:00"), A.Reading().With(SignalKind.Leave), "Mon 2026-11-23 11:07" },
        { "a second later", A.Feedback().WithText("…").At("Mon 2026-11-23 10:07:01"), A.Reading().With(SignalKind.Leave), "Mon 2026-11-23 11:08" },
    };

    [Theory]
    [MemberData(nameof(Deadlines))]
    public void A_promise_is_a_whole_minute_of_business_time(string story, Feedback feedback, Reading reading, string by) =>
        Assert.Equal((story, A.Time(by)), (story, Decide(feedback, reading).Task!.Promise.By));

    [Fact]
    public void A_promise_that_was_told_for_Friday_breaks_at_the_end_of_Sunday()
    {
        var promise = Decide(A.Feedback().AsksForCall().At("Thu 2026-11-26 17:30")).Task!.Promise;
        Assert.Equal(A.Time("Sun 2026-11-29 18:00"), promise.BreaksAt);
    }

    [Fact]
    public void The_minutes_are_the_business_own()
    {
        var hurried = A.Business() with { Policy = Policy.Default with { CriticalMinutes = 5, HighMinutes = 15, NormalMinutes = 30 } };
        Assert.Equal(A.Now.AddMinutes(5), Decide(A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave), business: hurried).Task!.Promise.By);
        Assert.Equal(A.Now.AddMinutes(15), Decide(A.Feedback().AsksForCall(), business: hurried).Task!.Promise.By);
        Assert.Equal(A.Now.AddMinutes(30), Decide(A.Feedback().WithStars(1), business: hurried).Task!.Promise.By);
    }

    [Fact]
    public void Whoever_is_on_duty_at_the_deadline_owns_the_task()
    {
        // The manager is away now and back before the business day that was promised is over.
        var away = A.Business().WithPeople(A.Manager.AwayFrom("Mon 2026-11-23 08:00", "Tue 2026-11-24 08:00"), A.Backup, A.Owner);
        Assert.Equal(A.Manager.Id, Decide(A.Feedback().WithStars(1), business: away).Task!.Owner);
        Assert.Equal(A.Backup.Id, Decide(A.Feedback().AsksForCall(), business: away).Task!.Owner);
    }

    [Fact]
    public void With_nobody_on_duty_the_business_owner_stands_in_and_the_alert_says_so()
    {
        var away = A.Business().WithPeople(
            A.Manager.AwayFrom("Mon 2026-11-23 08:00", "Tue 2026-11-24 08:00"), A.Backup.AwayFrom("Mon 2026-11-23 08:00", "Tue 2026-11-24 08:00"), A.Owner);
        var plan = Decide(A.Feedback().AsksForCall(), business: away);
        Assert.Equal((A.Owner.Id, true), (plan.Task!.Owner, plan.StandsIn));
    }

    [Fact]
    public void The_second_contact_without_an_answer_is_critical_before_any_threat()
    {
        var plan = Decide(A.Feedback().WithText("שוב אני"), history: History.None.WaitingSinceDays(2));
        Assert.True(plan is { IsNewTask: true, Alert: true, Task.Priority: Priority.Critical });
        Assert.Equal([new(ReasonKind.Unanswered, Count: 2)], plan.Task.Reasons);
    }

    [Theory]
    [InlineData(SignalKind.Legal)]
    [InlineData(SignalKind.Safety)]
    public void Legal_and_safety_take_no_blame(SignalKind kind)
    {
        var plan = Decide(A.Feedback().WithText("…").WithStars(1), A.Reading().With(SignalKind.Leave).With(kind));
        Assert.Equal((false, ApologyChoice.Send), (plan.TakesBlame, plan.Apology));
    }

    [Fact]
    public void The_apology_goes_by_itself_exactly_from_the_high_threshold_on()
    {
        Assert.Equal(ApologyChoice.Send, Apology(A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave, 0.75)));
        Assert.Equal(ApologyChoice.Offer, Apology(A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave, Math.BitDecrement(0.75))));
        Assert.Equal(ApologyChoice.Offer, Apology(A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave, 0.35)));
        Assert.Equal(ApologyChoice.None, Apology(A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave, 0.34)));
        Assert.Equal(ApologyChoice.Send, Apology(A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave, 0.4).With(SignalKind.Unreachable, 0.8)));
    }

    [Fact]
    public void Sureness_of_something_that_is_no_risk_does_not_write_to_the_customer() =>
        Assert.Equal(ApologyChoice.Offer, Apology(A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave, 0.4).With(SignalKind.Rude, 1)));

    [Fact]
    public void A_low_score_or_a_request_to_call_is_sure_enough_without_any_words()
    {
        Assert.Equal(ApologyChoice.Send, Apology(A.Feedback().WithStars(2)));
        Assert.Equal(ApologyChoice.Send, Apology(A.Feedback().AsksForCall()));
    }

    [Fact]
    public void A_low_score_beside_praise_is_not_sure_the_scale_may_have_been_misread() =>
        Assert.Equal(ApologyChoice.Offer, Apology(A.Feedback().WithText("…").WithStars(1), A.Reading().Positive().With(FindingKind.ScoreConflict)));

    [Fact]
    public void What_only_a_person_can_judge_is_offered_to_the_manager()
    {
        Assert.Equal(ApologyChoice.Offer, Apology(A.Feedback().WithText("…"), A.Reading().Negative()));
        Assert.Equal(ApologyChoice.Offer, Apology(A.Feedback().WithText("…"), A.Reading().In("ar")));
        Assert.Equal(ApologyChoice.Offer, Apology(A.Feedback().WithText("…"), Reading.OfNothing(Reading.NotAnalysed)));
        Assert.Equal(ApologyChoice.Offer, Decide(A.Feedback().WithText("…"), history: History.None.WaitingSinceDays(1)).Apology);
    }

    [Fact]
    public void A_sent_apology_is_noted_on_the_task_and_an_offered_one_is_not()
    {
        Assert.Equal(A.Now, Decide(A.Feedback().WithStars(1)).Task!.ApologySentAt);
        Assert.Null(Decide(A.Feedback().WithText("…"), A.Reading().Negative()).Task!.ApologySentAt);
    }

    [Fact]
    public void A_public_review_opens_a_task_and_gets_no_apology()
    {
        var plan = Decide(A.Feedback().WithStars(1) with { Channel = Channel.Review });
        Assert.True(plan is { Alert: true, Apology: ApologyChoice.None, Task.ApologySentAt: null });
    }

    [Fact]
    public void Without_an_address_there_is_nothing_to_send_or_offer()
    {
        var plan = Decide(A.Feedback().WithStars(1).WithoutEmail());
        Assert.True(plan is { Alert: true, Apology: ApologyChoice.None, Task.ApologySentAt: null });
    }

    [Fact]
    public void A_door_that_has_used_up_its_letters_still_opens_the_task_and_alerts()
    {
        var plan = Decide(A.Feedback().WithStars(1) with { Origin = Origin.OpenLink }, mayWrite: false);
        Assert.True(plan is { IsNewTask: true, Alert: true, Apology: ApologyChoice.None, Task.ApologySentAt: null });
        Assert.Equal(ApologyChoice.Send, Decide(A.Feedback().WithStars(1) with { Origin = Origin.OpenLink }).Apology);
    }

    [Fact]
    public void One_customer_gets_one_first_apology_in_24_hours()
    {
        ApologyChoice After(TimeSpan rest) => Decide(A.Feedback().WithStars(1), history: History.None with { LastApologyAt = A.Now - rest }).Apology;
        Assert.Equal(ApologyChoice.None, After(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1)));
        Assert.Equal(ApologyChoice.Send, After(TimeSpan.FromHours(24)));
    }

    [Fact]
    public void A_task_belongs_to_the_place_where_it_was_said_and_a_drill_is_marked_as_one()
    {
        var task = Decide(A.Feedback().WithStars(1), business: A.Business() with { Branch = "haifa" }).Task!;
        Assert.Equal(("haifa", false), (task.Branch, task.IsDrill));
        Assert.True(Decide(A.Feedback().WithStars(1) with { Origin = Origin.Drill }).Task!.IsDrill);
    }

    [Fact]
    public void Nobody_known_still_gets_a_task_of_his_own()
    {
        var task = Decide(A.Feedback().WithStars(1) with { Contact = Contact.None, Customer = null }).Task!;
        Assert.Equal((null, Contact.None), (task.Customer, task.Contact));
    }

    private static ApologyChoice Apology(Feedback feedback, Reading? reading = null) => Decide(feedback, reading).Apology;

    private static Plan Decide(
        Feedback feedback, Reading? reading = null, History? history = null, Business? business = null, bool shownOnPage = true, bool mayWrite = true) =>
        RecoveryPlanner.Decide(feedback, reading ?? A.Reading(), history ?? History.None, business ?? A.Business(), NewTask, shownOnPage, mayWrite);
}
