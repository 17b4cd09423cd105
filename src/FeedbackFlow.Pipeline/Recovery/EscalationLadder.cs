using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>Which step time brings next to a task, and when. All parts are counted in business minutes.</summary>
public static class EscalationLadder
{
    private static readonly TimeSpan FirstAgain = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromHours(10);

    /// <summary>Nobody answers ten times: the task stays on the board and in the ledger, but stops writing.</summary>
    private const int MostAgain = 10;

    /// <summary>The task with its next step computed from what has happened to it.</summary>
    public static CallBackTask Arm(CallBackTask task, WorkingTime hours)
    {
        var next = Candidates(task, hours).OrderBy(candidate => candidate.At).ThenBy(candidate => candidate.Step).Cast<(LadderStep Step, DateTimeOffset At)?>().FirstOrDefault();
        return task with { Ladder = task.Ladder with { Next = next?.Step, NextAt = next?.At } };
    }

    /// <summary>
    /// The step that is due now, or null. After a silence of the program only the newest of the passed steps is taken: one letter, not three.
    /// </summary>
    public static LadderStep? Due(CallBackTask task, WorkingTime hours, DateTimeOffset now) =>
        Candidates(task, hours).Where(candidate => candidate.At <= now).Select(candidate => (LadderStep?)candidate.Step).Max();

    /// <summary>The task after the step: it and all before it are done, and the next is armed.</summary>
    public static CallBackTask Take(CallBackTask task, LadderStep step, WorkingTime hours, DateTimeOffset now)
    {
        var skipped = Enum.GetValues<LadderStep>().Where(earlier => earlier < step && earlier != LadderStep.Again && !task.Ladder.Done.Contains(earlier));
        var taken = task with
        {
            Ladder = task.Ladder with { Done = [.. task.Ladder.Done, .. skipped, step], LastAt = now },
            Promise = task.Promise.AfterTime(now),
        };
        return Arm(taken, hours);
    }

    /// <summary>The task when its owner is being told now anyway: no reminder that has come due is sent on top of it, and repeats are counted from here.</summary>
    public static CallBackTask JustTold(CallBackTask task, WorkingTime hours, DateTimeOffset now)
    {
        var passed = Candidates(task, hours).Where(candidate => candidate.At <= now && candidate.Step is (LadderStep.Half or LadderStep.Late)).Select(candidate => candidate.Step);
        return task with { Ladder = task.Ladder with { Done = [.. task.Ladder.Done, .. passed], LastAt = now } };
    }

    private static IEnumerable<(LadderStep Step, DateTimeOffset At)> Candidates(CallBackTask task, WorkingTime hours)
    {
        if (task.IsQuiet) yield break;
        var (promise, done) = (task.Promise, task.Ladder.Done);
        var open = hours.Between(promise.MadeAt, promise.By);
        var waits = promise.State is PromiseState.Pending or PromiseState.Broken;
        if (task.State == TaskState.Open && promise.State == PromiseState.Pending && !done.Contains(LadderStep.Half))
            yield return (LadderStep.Half, hours.Add(promise.MadeAt, open * 0.5));
        if (task.IsOpen && promise.State == PromiseState.Pending && !done.Contains(LadderStep.Late))
            yield return (LadderStep.Late, hours.Add(promise.MadeAt, open * 0.8));
        if (task.IsOpen && waits && !done.Contains(LadderStep.Overdue))
            yield return (LadderStep.Overdue, promise.By);
        var again = done.Count(step => step == LadderStep.Again);
        if (task.State == TaskState.Open && waits && done.Contains(LadderStep.Overdue) && again < MostAgain)
            yield return (LadderStep.Again, hours.Add(task.Ladder.LastAt ?? promise.By, again == 0 ? FirstAgain : LaterAgain));
        if (promise.State == PromiseState.Pending && !done.Contains(LadderStep.Broken))
            yield return (LadderStep.Broken, promise.BreaksAt);
    }
}
