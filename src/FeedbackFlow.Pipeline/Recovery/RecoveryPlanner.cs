using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>Decides what is done about one feedback. Pure: the same words, history, policy and moment give the same plan.</summary>
public static class RecoveryPlanner
{
    /// <summary>One customer gets at most one first apology in this time.</summary>
    public static readonly TimeSpan ApologyRest = TimeSpan.FromHours(24);

    /// <param name="newTask">The id a new task would get.</param>
    /// <param name="shownOnPage">The customer sees the answer page, which tells the promise at once.</param>
    /// <param name="mayWrite">False where this door has used up its letters to customers: tasks open all the same.</param>
    public static Plan Decide(Feedback feedback, Reading reading, History history, Business business, TaskId newTask, bool shownOnPage, bool mayWrite)
    {
        var reasons = RiskReasons.For(feedback, reading, history, business.Policy);
        var expectsAnswer = RiskReasons.ExpectsAnswer(feedback, reading);
        if (reasons.Count == 0 && history.OpenTask is null) return Plan.Nothing(expectsAnswer);

        var now = feedback.At;
        var opened = history.OpenTask is { } open
            ? Joined(open, feedback, reasons, business, shownOnPage)
            : Opened(feedback, reasons, business, newTask, shownOnPage);
        var worse = history.OpenTask is null || IsWorse(history.OpenTask, opened.Task, PriorityOf(feedback, reasons));
        var apology = mayWrite ? Apology(feedback, reading, history, opened.Task, reasons, business.Policy) : ApologyChoice.None;
        var takesBlame = !opened.Task.Reasons.Any(reason => reason.Signal is SignalKind.Legal or SignalKind.Safety);
        var task = apology == ApologyChoice.Send ? opened.Task with { ApologySentAt = now } : opened.Task;
        return new(task, history.OpenTask is null, worse, apology, takesBlame, opened.StandsIn, expectsAnswer);
    }

    private static (CallBackTask Task, bool StandsIn) Opened(Feedback feedback, IReadOnlyList<Reason> reasons, Business business, TaskId id, bool shownOnPage)
    {
        var hours = business.Hours();
        var priority = PriorityOf(feedback, reasons);
        var promise = PromiseFor(priority, feedback.At, business, hours, shownOnPage);
        var (owner, standsIn) = DutyRoster.OwnerAt(business, promise.By);
        var task = new CallBackTask(
            id, feedback.At, TaskState.Open, priority, owner.Id, feedback.Customer, feedback.Contact, [feedback.Id], reasons, promise, [], [], null, Ladder.Fresh, null)
        {
            Branch = business.Branch,
            IsDrill = feedback.Origin == Origin.Drill,
        };
        return (EscalationLadder.Arm(task, hours), standsIn);
    }

    /// <summary>Words make a low score more than a number.</summary>
    private static Priority PriorityOf(Feedback feedback, IReadOnlyList<Reason> reasons)
    {
        var priority = reasons.Select(RiskReasons.PriorityOf).DefaultIfEmpty(Priority.Normal).Min();
        return priority == Priority.Normal && feedback is { Text: not null, Rating.IsLow: true } ? Priority.High : priority;
    }

    private static (CallBackTask Task, bool StandsIn) Joined(CallBackTask open, Feedback feedback, IReadOnlyList<Reason> reasons, Business business, bool shownOnPage)
    {
        var priority = PriorityOf(feedback, reasons);
        // Once more about the same matter weighs more than once, even in the same words; that alone writes to nobody.
        var raised = reasons.Count > 0 ? CustomerActs.Raised(open.Priority) : open.Priority;
        var joined = open with
        {
            Priority = priority < raised ? priority : raised,
            Feedbacks = CallBackTask.WithNewest(open.Feedbacks, feedback.Id),
            Reasons = Merged(open.Reasons, reasons),
            Contact = open.Contact.After(feedback.Contact, feedback.Origin),
            Promise = shownOnPage && !open.Promise.IsOverdue(feedback.At) ? open.Promise.ToldAlso(ToldBy.Page) : open.Promise,
            AttemptsBefore = open.Attempts.Count,
        };
        if (reasons.Count == 0 || open.Promise.State is not (PromiseState.Broken or PromiseState.Released)) return (joined, false);
        var anew = PromisedAnew(joined, open.Promise, feedback.At, business, shownOnPage);
        return (anew, anew.Owner != open.Owner && DutyRoster.StandsIn(business, anew, feedback.At));
    }

    /// <summary>The promise that was broken or let go stays in the ledger; who writes once more after it is told a time again.</summary>
    private static CallBackTask PromisedAnew(CallBackTask task, Promise over, DateTimeOffset now, Business business, bool shownOnPage)
    {
        var hours = business.Hours();
        var promise = PromiseFor(task.Priority, now, business, hours, shownOnPage);
        var anew = task with
        {
            EarlierPromises = [.. task.EarlierPromises, over], Promise = promise, Ladder = Ladder.Fresh, ApologySentAt = null,
            Reasons = [.. task.Reasons.Where(reason => reason.Kind != ReasonKind.AsksForNoCall)],
        };
        return EscalationLadder.Arm(DutyRoster.Owned(anew, business, now), hours);
    }

    private static Promise PromiseFor(Priority priority, DateTimeOffset now, Business business, WorkingTime hours, bool shownOnPage)
    {
        var by = business.Policy.Deadline(priority, now, hours);
        return Promise.Make(now, by, hours.EndOfNextWorkingDay(by), shownOnPage ? [ToldBy.Page] : []);
    }

    /// <summary>Each reason is said once: the newest count and score, the firmest threat.</summary>
    private static IReadOnlyList<Reason> Merged(IReadOnlyList<Reason> before, IReadOnlyList<Reason> added) =>
        [.. added.Where(reason => !before.Any(old => IsSame(old, reason) && Firmness(old) > Firmness(reason)))
            .Concat(before.Where(old => !added.Any(reason => IsSame(old, reason) && Firmness(reason) >= Firmness(old))))
            .OrderBy(RiskReasons.PriorityOf)];

    private static bool IsWorse(CallBackTask before, CallBackTask after, Priority said) =>
        said < before.Priority
        || after.EarlierPromises.Count > before.EarlierPromises.Count
        || after.Reasons.Any(reason => RiskReasons.PriorityOf(reason) == Priority.Critical && !before.Reasons.Any(old => IsSame(old, reason) && Firmness(old) >= Firmness(reason)));

    private static bool IsSame(Reason one, Reason other) => one.Kind == other.Kind && one.Signal == other.Signal;

    /// <summary>Who decided or has left is further than who threatens, and who threatens than who weighs.</summary>
    private static int Firmness(Reason reason) => (reason.Strength ?? SignalStrength.Considering) switch
    {
        SignalStrength.Considering => 0,
        SignalStrength.Threat => 1,
        SignalStrength.Decided => 2,
        SignalStrength.Done => 3,
    };

    private static ApologyChoice Apology(Feedback feedback, Reading reading, History history, CallBackTask task, IReadOnlyList<Reason> reasons, Policy policy)
    {
        if (feedback.IsPublic || feedback.Contact.Email is null || task.ApologySentAt is not null || reasons.Count == 0) return ApologyChoice.None;
        if (history.LastApologyAt is { } last && feedback.At - last < ApologyRest) return ApologyChoice.None;
        // An apology tells a time. Once that has passed the manager's button could only refuse.
        if (task.Promise.State != PromiseState.Pending || task.Promise.IsOverdue(feedback.At)) return ApologyChoice.None;
        var sure = reasons.Any(reason => reason.Kind switch
        {
            ReasonKind.Signal => reading.Find(reason.Signal!.Value)!.Confidence >= policy.ApologyThreshold,
            ReasonKind.AsksForCall => true,
            ReasonKind.LowScore => !reading.Has(FindingKind.ScoreConflict),
            ReasonKind.Unanswered or ReasonKind.ScoreConflict or ReasonKind.NegativeWords or ReasonKind.NotAnalysed or ReasonKind.OtherLanguage => false,
            ReasonKind.NobodyCalled or ReasonKind.NotSolved or ReasonKind.AsksForOtherTime or ReasonKind.AsksForWriting or ReasonKind.AsksForNoCall => false,
        });
        return sure ? ApologyChoice.Send : ApologyChoice.Offer;
    }
}
