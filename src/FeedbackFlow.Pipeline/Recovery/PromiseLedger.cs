using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

public enum LedgerMark
{
    /// <summary>The customer was told this time.</summary>
    Told,
    Kept,
    Late,
    Broken,

    /// <summary>The customer let go of it while there was time.</summary>
    Released,

    /// <summary>The letter that told it came back, so that nobody was told: it ended as a target, and counts as one.</summary>
    NotTold,

    /// <summary>An attempt stands, and the customer says that nobody called. Written beside the end, which stays.</summary>
    Disputed,
}

/// <summary>
/// One line of the promise ledger: that a time was told, or how it ended. Lines are only ever added; each promise has one of being told, at most one of its end and at most one of a dispute.
/// It names no customer, so erasing one changes no number.
/// </summary>
/// <param name="Owner">Who had the task when the line was written.</param>
/// <param name="At">When it was settled; when it was made for a line of being told.</param>
public sealed record LedgerLine(TaskId Task, DateTimeOffset MadeAt, DateTimeOffset By, LedgerMark Mark, DateTimeOffset At, PersonId Owner)
{
    /// <summary>How long after the time told the call came, or the promise broke; negative: so much before. Null while it is pending.</summary>
    public TimeSpan? Off => Mark == LedgerMark.Told ? null : At - By;
}

/// <summary>What a change of a task adds to the ledger. Told times only: a target that nobody was told of is no promise.</summary>
public static class PromiseLedger
{
    public static IReadOnlyList<LedgerLine> Lines(CallBackTask? before, CallBackTask after)
    {
        var lines = new List<LedgerLine>();
        foreach (var promise in Promises(after))
        {
            var known = before is null ? null : Promises(before).FirstOrDefault(old => old.MadeAt == promise.MadeAt);
            var wasNoted = known is { WasTold: true } or { CameBack: true };
            if (!promise.WasTold && !promise.CameBack) continue;
            if (!wasNoted) lines.Add(new(after.Id, promise.MadeAt, promise.By, LedgerMark.Told, promise.MadeAt, after.Owner));
            if (promise.State != PromiseState.Pending && (!wasNoted || known!.State == PromiseState.Pending))
                lines.Add(new(after.Id, promise.MadeAt, promise.By, promise.WasTold ? MarkOf(promise.State) : LedgerMark.NotTold, promise.SettledAt!.Value, after.Owner));
            if (promise.IsDisputed && promise.WasTold && known is not { IsDisputed: true })
                lines.Add(new(after.Id, promise.MadeAt, promise.By, LedgerMark.Disputed, promise.NobodyCalledAt!.Value, after.Owner));
        }

        return lines;
    }

    /// <summary>How times that nobody was told ended by this change. A fire drill's are nobody's.</summary>
    public static IEnumerable<PromiseState> TargetsEnded(CallBackTask before, CallBackTask after) =>
        after.IsDrill ? [] : Promises(after).Where(promise => !promise.WasTold && promise.State != PromiseState.Pending && Promises(before).FirstOrDefault(old => old.MadeAt == promise.MadeAt) is null or { State: PromiseState.Pending })
            .Select(promise => promise.State);

    private static IEnumerable<Promise> Promises(CallBackTask task) => task.EarlierPromises.Append(task.Promise);

    private static LedgerMark MarkOf(PromiseState state) => state switch
    {
        PromiseState.Kept => LedgerMark.Kept,
        PromiseState.Late => LedgerMark.Late,
        PromiseState.Broken => LedgerMark.Broken,
        PromiseState.Released => LedgerMark.Released,
        PromiseState.Pending => throw new System.Diagnostics.UnreachableException(),
    };
}
