using FeedbackFlow.Pipeline.Recovery.BusinessHours;


namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What an act makes of a task. Pure.</summary>
public static class TaskActs
{
    public static readonly TimeSpan ReopenWithin = TimeSpan.FromHours(24);

    /// <summary>A task that is opened again is called within this many business minutes.</summary>
    private static readonly TimeSpan AfterReopening = TimeSpan.FromHours(3);

    public static ActDecision Decide(CallBackTask task, Act act, Business business, DateTimeOffset now)
    {
        var hours = business.Hours();
        return act switch
        {
            Claim claim => Claimed(task, claim, business, now),
            NoAnswer noAnswer => Tried(task, noAnswer, business, hours, now),
            Close close => Closed(task, close, hours, now),
            HandOver handOver => HandedOver(task, handOver, business, hours, now),
            Reopen reopen => Reopened(task, reopen, business, hours, now),
            ToWhoIsOnDuty => GivenToWhoIsOnDuty(task, business, hours, now),
            SendApology => Apologised(task, now),
            _ => throw new System.Diagnostics.UnreachableException(),
        } is { After: { } after } decided
            ? decided with { After = EscalationLadder.Arm(after, hours), Events = [.. Broken(task, after), .. decided.Events] }
            : ActDecision.Refused(RefusalOf(task, act, business, now));
    }

    /// <summary>An act that comes after the promise's last moment finds it broken, though no nudge has said so yet.</summary>
    private static IEnumerable<TaskEvent> Broken(CallBackTask before, CallBackTask after) =>
        before.Promise.State == PromiseState.Pending && after.EarlierPromises.Append(after.Promise).Any(promise => promise.MadeAt == before.Promise.MadeAt && promise.State == PromiseState.Broken)
            ? [new(before.Promise.BreaksAt, TaskEventKind.PromiseBroken)]
            : [];

    public static bool OffersApology(CallBackTask task, DateTimeOffset now) =>
        task is { IsOpen: true, ApologySentAt: null, Contact.Email: not null, Promise.State: PromiseState.Pending } && !task.Promise.IsOverdue(now);

    public static bool CanReopen(CallBackTask task, DateTimeOffset now) => task is { Closing: { } closing, ErasedAt: null } && now - closing.At <= ReopenWithin;

    private static ActDecision Claimed(CallBackTask task, Claim act, Business business, DateTimeOffset now)
    {
        if (!task.IsOpen || business.Find(act.Person) is not { } person || (task.State == TaskState.Claimed && task.Owner == act.Person)) return Nothing;
        if (!DutyRoster.MayOwn(business, person, task.Promise.By, now)) return Nothing;
        return Done(task with { State = TaskState.Claimed, Owner = act.Person }, new TaskEvent(now, TaskEventKind.Claimed, act.By));
    }

    private static ActDecision Tried(CallBackTask task, NoAnswer act, Business business, WorkingTime hours, DateTimeOffset now)
    {
        if (!task.IsOpen || task.ErasedAt is not null) return Nothing;
        var after = Attempted(task, reached: false, act.By, now);
        var tried = new TaskEvent(now, TaskEventKind.NoAnswer, act.By);
        if (after.AttemptsNow.Count >= NextCall.MostAttempts)
        {
            // The reason is the attempts themselves; pages say how many.
            var gaveUp = after with { State = TaskState.Closed, Closing = new(Outcome.NotReached, "", null, act.By, now) };
            return new(ActResult.Done, gaveUp, [tried, new(now, TaskEventKind.Closed, act.By, Outcome: Outcome.NotReached)]);
        }

        // Who wants no call is not told of another one.
        if (task.WantsNoCall) return Done(after with { State = TaskState.Claimed }, tried);
        var by = NextCall.By(after.AttemptsNow, business.Policy, hours, now);
        var next = Promise.Make(now, by, hours.EndOfNextWorkingDay(by), []);
        var again = after with { State = TaskState.Claimed, EarlierPromises = [.. after.EarlierPromises, after.Promise], Promise = next, Ladder = Ladder.Fresh };
        return Done(DutyRoster.Owned(again, business, now), tried);
    }

    private static ActDecision Closed(CallBackTask task, Close act, WorkingTime hours, DateTimeOffset now)
    {
        if (!task.IsOpen) return Nothing;
        var closing = new Closing(act.Outcome, act.Reason, act.Gesture, act.By, now);
        var after = act.Outcome switch
        {
            Outcome.Saved or Outcome.Lost => Attempted(task, reached: true, act.By, now),
            Outcome.NotReached => Attempted(task, reached: false, act.By, now),
            Outcome.NoFault or Outcome.Duplicate => task with { Promise = task.Promise.AfterTime(now) },
        };
        var detail = act.Gesture is null ? act.Reason : $"{act.Reason} · {act.Gesture}";
        var events = new List<TaskEvent> { new(now, TaskEventKind.Closed, act.By, Outcome: act.Outcome, Detail: detail) };
        if (act.Outcome is Outcome.Saved or Outcome.Lost) events.Insert(0, new(now, TaskEventKind.Reached, act.By));
        return new(ActResult.Done, after with { State = TaskState.Closed, Closing = closing }, events);
    }

    private static ActDecision HandedOver(CallBackTask task, HandOver act, Business business, WorkingTime hours, DateTimeOffset now)
    {
        if (!task.IsOpen || task.Owner == act.To || business.Find(act.To) is not { } person) return Nothing;
        if (!DutyRoster.MayOwn(business, person, task.Promise.By, now)) return Nothing;
        var after = EscalationLadder.JustTold(task with { State = TaskState.Open, Owner = act.To }, hours, now);
        return Done(after, new TaskEvent(now, TaskEventKind.HandedOver, act.By, Detail: person.Name));
    }

    private static ActDecision GivenToWhoIsOnDuty(CallBackTask task, Business business, WorkingTime hours, DateTimeOffset now)
    {
        if (!task.IsOpen) return Nothing;
        var owned = DutyRoster.Owned(task, business, now);
        if (owned.Owner == task.Owner) return MovedWithTheHours(task, hours);
        var after = EscalationLadder.JustTold(owned with { State = TaskState.Open }, hours, now);
        return Done(after, new TaskEvent(now, TaskEventKind.HandedOver, Detail: business.Find(after.Owner)!.Name));
    }

    /// <summary>The steps on the way to a promise are counted in the hours as they are now.</summary>
    private static ActDecision MovedWithTheHours(CallBackTask task, WorkingTime hours) =>
        EscalationLadder.Arm(task, hours).Ladder.NextAt == task.Ladder.NextAt ? Nothing : new(ActResult.Done, task, []);

    private static ActDecision Reopened(CallBackTask task, Reopen act, Business business, WorkingTime hours, DateTimeOffset now)
    {
        if (!CanReopen(task, now)) return Nothing;
        var reopened = task with
        {
            State = TaskState.Open, Closing = null, AttemptsBefore = task.Attempts.Count, Reasons = [.. task.Reasons.Where(reason => reason.Kind != ReasonKind.AsksForNoCall)],
        };
        if (task.Promise.State != PromiseState.Pending)
        {
            var by = Promise.WholeMinute(hours.Add(now, AfterReopening));
            var next = Promise.Make(now, by, hours.EndOfNextWorkingDay(by), []);
            reopened = reopened with { EarlierPromises = [.. task.EarlierPromises, task.Promise], Promise = next, Ladder = Ladder.Fresh };
        }

        return Done(DutyRoster.Owned(reopened, business, now), new TaskEvent(now, TaskEventKind.Reopened, act.By, Detail: act.Reason));
    }

    private static ActDecision Apologised(CallBackTask task, DateTimeOffset now) =>
        OffersApology(task, now) ? new(ActResult.Done, task with { ApologySentAt = now }, []) : Nothing;

    private static ActResult RefusalOf(CallBackTask task, Act act, Business business, DateTimeOffset now) => act switch
    {
        Reopen when task.IsOpen => ActResult.NotClosed,
        Reopen or NoAnswer when task.ErasedAt is not null => ActResult.Erased,
        Reopen => ActResult.TooLate,
        Close close when task.Closing is { } closing =>
            closing.Outcome == close.Outcome && closing.Reason == close.Reason && closing.Gesture == close.Gesture ? ActResult.AlreadySo : ActResult.Closed,
        SendApology => task.IsOpen ? ActResult.NoApologyNow : ActResult.Closed,
        _ when !task.IsOpen => ActResult.Closed,
        ToWhoIsOnDuty => ActResult.AlreadySo,
        Claim claim when task.State == TaskState.Claimed && task.Owner == claim.Person => ActResult.AlreadySo,
        Claim claim => business.Find(claim.Person) is null ? ActResult.UnknownPerson : ActResult.Away,
        HandOver handOver when task.Owner == handOver.To => ActResult.AlreadySo,
        HandOver handOver => business.Find(handOver.To) is null ? ActResult.UnknownPerson : ActResult.Away,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static CallBackTask Attempted(CallBackTask task, bool reached, string by, DateTimeOffset now) => task with
    {
        Attempts = [.. task.Attempts, new Attempt(now, reached, by)],
        Promise = task.Promise.AfterAttempt(now),
    };

    private static ActDecision Nothing { get; } = new(ActResult.AlreadySo, null, []);

    private static ActDecision Done(CallBackTask after, TaskEvent happened) => new(ActResult.Done, after, [happened]);
}
