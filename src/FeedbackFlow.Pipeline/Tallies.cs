using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>The counts of kept, late and broken, changed by exactly what a change of a task adds to the ledger.</summary>
internal static class Tallies
{
    /// <summary>Null when no promise ended.</summary>
    public static async Task<Change<PromiseTally>?> AfterAsync(ILookups lookups, string business, CallBackTask before, CallBackTask after, CancellationToken ct)
    {
        var ended = PromiseLedger.Lines(before, after).Where(line => line.Mark is LedgerMark.Kept or LedgerMark.Late or LedgerMark.Broken).ToList();
        if (ended.Count == 0) return null;
        var tally = await lookups.TallyAsync(business, ct);
        return new(tally?.Value, tally?.ETag, ended.Aggregate(tally?.Value ?? PromiseTally.Zero, (sum, line) => sum.Plus(line.Mark)));
    }
}
