using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>The counts of kept, late and broken, changed by exactly what a change of a task adds to the ledger; and apart from them the targets that it ends.</summary>
internal static class Tallies
{
    /// <summary>Null when nothing ended that is counted.</summary>
    public static async Task<Change<PromiseTally>?> AfterAsync(ILookups lookups, string business, CallBackTask before, CallBackTask after, CancellationToken ct)
    {
        var ended = PromiseLedger.Lines(before, after).Where(line => line.Mark is LedgerMark.Kept or LedgerMark.Late or LedgerMark.Broken).ToList();
        var targets = PromiseLedger.TargetsEnded(before, after).Where(state => state != PromiseState.Released).ToList();
        if (ended.Count + targets.Count == 0) return null;
        var tally = await lookups.TallyAsync(business, ct);
        var promises = ended.Aggregate(tally?.Value ?? PromiseTally.Zero, (sum, line) => sum.Plus(line.Mark));
        return new(tally?.Value, tally?.ETag, promises with { Targets = targets.Aggregate(promises.Targets, (sum, state) => sum.Plus(state)) });
    }
}
