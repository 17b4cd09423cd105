using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>What holds for whatever is said, read and remembered, at any hour of two years.</summary>
public class PlannerProperties
{
    public sealed record Said(Feedback Feedback, Reading Reading, History History)
    {
        public Plan Plan { get; } = RecoveryPlanner.Decide(Feedback, Reading, History, A.Business(), A.Id<TaskId>(11), shownOnPage: true, mayWrite: true);

        public IReadOnlyList<Reason> Reasons { get; } = RiskReasons.For(Feedback, Reading, History, Policy.Default);
    }

    private static readonly Arbitrary<Said> Anything = Arb.From(
        from minute in Gen.Choose(0, 2 * 365 * 24 * 60)
        from stars in Gen.Choose(0, 5)
        from text in Gen.Elements(null, "…")
        from call in Gen.Elements(true, false)
        from channel in Gen.Elements(Enum.GetValues<Channel>())
        from email in Gen.Elements(null, "noa@example.com")
        from sentiment in Gen.Elements(Enum.GetValues<Sentiment>())
        from language in Gen.Elements("he", "en", "ru", "und")
        from analysed in Gen.Elements("local/1", "local/1", "local/1", Reading.NotAnalysed)
        from kinds in Gen.SubListOf(Enum.GetValues<SignalKind>())
        from confidence in Gen.Choose(20, 100)
        from conflict in Gen.Elements(true, false)
        from waiting in Gen.Choose(0, 3)
        from open in Gen.Elements(true, false, false)
        from apology in Gen.Choose(0, 40)
        let at = A.Now.AddMinutes(minute)
        let signals = kinds.Select(kind => new Signal(kind, null, confidence / 100.0, [new(0, 1)])).ToList()
        let feedback = A.Feedback() with
        {
            At = at, Rating = stars == 0 ? null : new(RatingScale.Stars, stars), Text = text, WantsCall = call, Channel = channel, Contact = A.Contact() with { Email = email },
        }
        let reading = new Reading(language, sentiment, new(0.05, 0.05, 0.9), signals, conflict ? [new(FindingKind.ScoreConflict, [])] : [], analysed)
        let history = new History(open ? A.Task() : null, [.. Enumerable.Range(1, waiting).Select(days => at.AddDays(-days))], [], apology == 0 ? null : at.AddHours(-apology))
        select new Said(feedback, reading, history));

    [Fact]
    public void There_is_a_task_exactly_where_there_is_a_reason_or_an_open_one() =>
        Holds(said => said.Plan.Task is not null == (said.Reasons.Count > 0 || said.History.OpenTask is not null));

    [Fact]
    public void Every_new_task_has_somebody_on_duty_a_told_whole_minute_ahead_and_a_next_step() => Holds(said =>
        said.Plan is not { IsNewTask: true, Task: { } task }
        || (task.Promise.By > said.Feedback.At && task.Promise.BreaksAt > task.Promise.By && task.Promise.By.Second == 0 && task.Promise.WasTold
            && Changed.Hours.Between(said.Feedback.At, task.Promise.By) >= TimeSpan.FromMinutes(Policy.Default.MinutesFor(task.Priority))
            && task.Owner == A.Manager.Id && task.Ladder.NextAt > said.Feedback.At && task.Ladder.NextAt < task.Promise.By));

    [Fact]
    public void Every_new_task_alerts_and_no_open_one_is_alerted_without_a_reason() =>
        Holds(said => said.Plan.IsNewTask ? said.Plan.Alert : !said.Plan.Alert || said.Reasons.Count > 0);

    [Fact]
    public void Nobody_is_written_to_twice_in_a_day_without_an_address_or_in_public() => Holds(said =>
        said.Plan.Apology == ApologyChoice.None
        || (said.Feedback is { IsPublic: false, Contact.Email: not null } && (said.History.LastApologyAt is not { } last || said.Feedback.At - last >= TimeSpan.FromHours(24))));

    [Fact]
    public void An_offer_is_one_that_the_manager_can_take() =>
        Holds(said => said.Plan.Apology != ApologyChoice.Offer || TaskActs.OffersApology(said.Plan.Task!, said.Feedback.At));

    [Fact]
    public void An_open_task_keeps_its_promise_and_only_grows() => Holds(said =>
        said.History.OpenTask is not { } open
        || (said.Plan.Task!.Id == open.Id && said.Plan.Task.Promise == open.Promise && said.Plan.Task.Priority <= open.Priority
            && said.Plan.Task.Feedbacks.SequenceEqual(open.Feedbacks.Append(said.Feedback.Id))));

    [Fact]
    public void Where_law_or_safety_is_spoken_of_no_blame_is_taken() => Holds(said =>
        !said.Reading.Signals.Any(signal => signal.Kind is SignalKind.Legal or SignalKind.Safety && signal.Confidence >= Policy.Default.AlertThreshold) || !said.Plan.TakesBlame);

    private static void Holds(Func<Said, bool> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Anything, property));
}
