using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What a customer's act makes of the task. Pure. Promises that were told stay in the ledger, whatever is chosen.</summary>
public static class CustomerActs
{
    /// <summary>Each change is told to the owner of the task; after so many, speaking is better.</summary>
    public const int MostWishes = 5;

    /// <param name="otherOpen">The customer has another open task: a closed one is not opened beside it.</param>
    public static CustomerDecision Decide(CallBackTask task, CustomerAct act, Business business, bool otherOpen, DateTimeOffset now)
    {
        if (task.ErasedAt is not null) return CustomerDecision.Refused(CustomerActResult.Closed);
        var hours = business.Hours();
        var decided = act switch
        {
            NobodyCalled => Complained(task, business, hours, otherOpen, now),
            CallAt callAt => Moved(task, callAt, business, hours, now),
            WriteInstead write => Written(task, write, now),
            NoNeedToCall => LetOff(task, now),
            SaySolved answer => Answered(task, answer, business, hours, otherOpen, now),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return decided.After is { } after ? decided with { After = EscalationLadder.Arm(after, hours) } : decided;
    }

    /// <summary>The promise that "nobody called" would speak of now; null while its time has not passed, or when it was said already.</summary>
    public static Promise? MayComplainOf(CallBackTask task, DateTimeOffset now)
    {
        var last = task.EarlierPromises.Append(task.Promise).LastOrDefault(promise => promise.By < now && promise.State != PromiseState.Released);
        return last is { NobodyCalledAt: null } ? last : null;
    }

    /// <summary>How the customer asked to be answered in writing; null for a call.</summary>
    public static WrittenBy? AsksForWriting(CallBackTask task) =>
        task.Reasons.FirstOrDefault(reason => reason.Kind == ReasonKind.AsksForWriting) is { Detail: { } way } && Enum.TryParse<WrittenBy>(way, out var written) ? written : null;

    /// <summary>Straight to the owner of the business, with a new time; the promise that was not kept stays what it is.</summary>
    private static CustomerDecision Complained(CallBackTask task, Business business, WorkingTime hours, bool otherOpen, DateTimeOffset now)
    {
        if (MayComplainOf(task, now) is not { } promise)
            return CustomerDecision.Refused(task.EarlierPromises.Append(task.Promise).Any(told => told.NobodyCalledAt is not null) ? CustomerActResult.AlreadySo : CustomerActResult.TooEarly);
        if (!task.IsOpen && otherOpen) return CustomerDecision.Refused(CustomerActResult.OtherOpen);
        var complained = promise.AfterComplaint(now);
        var after = task with
        {
            State = TaskState.Open,
            Closing = null,
            AttemptsBefore = task.Attempts.Count,
            Priority = Priority.Critical,
            Owner = DutyRoster.BusinessOwner(business).Id,
            Reasons = Said(task, new(ReasonKind.NobodyCalled)),
            EarlierPromises = [.. task.EarlierPromises.Select(earlier => earlier == promise ? complained : earlier)],
            Promise = task.Promise == promise ? complained : task.Promise.ToldAlso(ToldBy.Page),
        };
        if (after.Promise.State != PromiseState.Pending) after = Promised(after, business.Policy.Deadline(Priority.Critical, now, hours), null, hours, now);
        var happened = new TaskEvent(now, TaskEventKind.NobodyCalled);
        return promise.State == PromiseState.Pending
            ? CustomerDecision.Done(after, CustomerActLetter.Alert, happened, new TaskEvent(complained.SettledAt!.Value, TaskEventKind.PromiseBroken))
            : CustomerDecision.Done(after, CustomerActLetter.Alert, happened);
    }

    private static CustomerDecision Moved(CallBackTask task, CallAt act, Business business, WorkingTime hours, DateTimeOffset now)
    {
        if (!task.IsOpen) return CustomerDecision.Refused(CustomerActResult.Closed);
        if (task.Promise is { State: PromiseState.Pending, From: not null } && task.Promise.By == act.By) return CustomerDecision.Refused(CustomerActResult.AlreadySo);
        if (CallWindow.Offered(hours, now).FirstOrDefault(offered => offered.By == act.By) is not { } window || task.Contact.Phone is null) return CustomerDecision.Refused(CustomerActResult.NotOffered);
        if (task.Wishes >= MostWishes) return CustomerDecision.Refused(CustomerActResult.TooOften);
        var released = task with
        {
            Promise = task.Promise.Release(now),
            Reasons = [new(ReasonKind.AsksForOtherTime), .. task.Reasons.Where(reason => !IsWish(reason))],
            Wishes = task.Wishes + 1,
        };
        var after = Promised(released, window.By, window.From, hours, now);
        return CustomerDecision.Done(DutyRoster.Owned(after, business, now), CustomerActLetter.Wish, [.. Broke(task, now), new(now, TaskEventKind.OtherTimeAsked)]);
    }

    private static CustomerDecision Written(CallBackTask task, WriteInstead act, DateTimeOffset now)
    {
        if (!task.IsOpen) return CustomerDecision.Refused(CustomerActResult.Closed);
        if (AsksForWriting(task) == act.Way) return CustomerDecision.Refused(CustomerActResult.AlreadySo);
        if ((act.Way == WrittenBy.Mail ? task.Contact.Email : task.Contact.Phone) is null) return CustomerDecision.Refused(CustomerActResult.NotOffered);
        if (task.Wishes >= MostWishes) return CustomerDecision.Refused(CustomerActResult.TooOften);
        var after = task with
        {
            Reasons = [new(ReasonKind.AsksForWriting, Detail: act.Way.ToString()), .. task.Reasons.Where(reason => reason.Kind != ReasonKind.AsksForWriting)],
            Wishes = task.Wishes + 1,
        };
        return CustomerDecision.Done(after, CustomerActLetter.Wish, new TaskEvent(now, TaskEventKind.WritingAsked));
    }

    /// <summary>Never refused for being said too often: it ends the wishes. The task stays until a person closes it with an outcome: who wants no call may be content, or gone.</summary>
    private static CustomerDecision LetOff(CallBackTask task, DateTimeOffset now)
    {
        if (!task.IsOpen) return CustomerDecision.Refused(CustomerActResult.Closed);
        if (task.Reasons.Any(reason => reason.Kind == ReasonKind.AsksForNoCall)) return CustomerDecision.Refused(CustomerActResult.AlreadySo);
        var after = task with
        {
            Promise = task.Promise.Release(now),
            Reasons = [new(ReasonKind.AsksForNoCall), .. task.Reasons.Where(reason => !IsWish(reason))],
            Wishes = task.Wishes + 1,
        };
        return CustomerDecision.Done(after, CustomerActLetter.Wish, [.. Broke(task, now), new(now, TaskEventKind.NoCallAsked)]);
    }

    private static CustomerDecision Answered(CallBackTask task, SaySolved act, Business business, WorkingTime hours, bool otherOpen, DateTimeOffset now)
    {
        if (task.IsOpen) return CustomerDecision.Refused(task.CheckBacks is [.., { Solved: false }] && !act.Solved ? CustomerActResult.AlreadySo : CustomerActResult.NotClosed);
        if (task.AnswerSinceClosing?.Solved == act.Solved) return CustomerDecision.Refused(CustomerActResult.AlreadySo);
        var answered = task with { CheckBacks = WithAnswer(task, act.Solved, now) };
        if (act.Solved) return CustomerDecision.Done(answered, CustomerActLetter.None, new TaskEvent(now, TaskEventKind.SolvedSaid));
        // The answer is kept either way; there is somebody who calls already.
        if (otherOpen) return CustomerDecision.Done(answered, CustomerActLetter.None, new TaskEvent(now, TaskEventKind.NotSolvedSaid));
        var priority = Raised(task.Priority);
        var reopened = answered with { State = TaskState.Open, Closing = null, AttemptsBefore = task.Attempts.Count, Priority = priority, Reasons = Said(task, new(ReasonKind.NotSolved)), Promise = task.Promise.Release(now) };
        var after = Promised(reopened, business.Policy.Deadline(priority, now, hours), null, hours, now);
        return CustomerDecision.Done(
            DutyRoster.Owned(after, business, now), CustomerActLetter.Alert,
            [.. Broke(task, now), new(now, TaskEventKind.NotSolvedSaid), new(now, TaskEventKind.Reopened)]);
    }

    /// <summary>An answer to what was asked last, or one that nobody asked for.</summary>
    private static IReadOnlyList<CheckBack> WithAnswer(CallBackTask task, bool solved, DateTimeOffset now)
    {
        var last = task.CheckBacks is [.., var newest] ? newest : null;
        return last is not null && (last.AnsweredAt is null || task.AnswerSinceClosing == last)
            ? [.. task.CheckBacks.SkipLast(1), last with { Solved = solved, AnsweredAt = now }]
            : [.. task.CheckBacks, new(null, solved, now)];
    }

    public static Priority Raised(Priority priority) => priority == Priority.Normal ? Priority.High : Priority.Critical;

    /// <summary>A new promise, told at once by the page; the one before stays in the ledger.</summary>
    private static CallBackTask Promised(CallBackTask task, DateTimeOffset by, DateTimeOffset? from, WorkingTime hours, DateTimeOffset now) => task with
    {
        EarlierPromises = [.. task.EarlierPromises, task.Promise],
        Promise = Promise.Make(now, by, hours.EndOfNextWorkingDay(by), [ToldBy.Page]) with { From = from },
        Ladder = Ladder.Fresh,
    };

    private static IReadOnlyList<Reason> Said(CallBackTask task, Reason first) => [first, .. task.Reasons.Where(reason => reason.Kind != first.Kind && !IsWish(reason))];

    private static bool IsWish(Reason reason) => reason.Kind is ReasonKind.AsksForOtherTime or ReasonKind.AsksForWriting or ReasonKind.AsksForNoCall;

    /// <summary>What had passed without an attempt is broken by being let go.</summary>
    private static IEnumerable<TaskEvent> Broke(CallBackTask before, DateTimeOffset now) =>
        before.Promise is { State: PromiseState.Pending } promise && promise.Release(now) is { State: PromiseState.Broken } broken ? [new(broken.SettledAt!.Value, TaskEventKind.PromiseBroken)] : [];
}
