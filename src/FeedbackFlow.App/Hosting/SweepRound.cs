using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Pipeline;

namespace FeedbackFlow.App.Hosting;

/// <summary>
/// One round of the sweep: repair, then take stock. Under the Functions host the stock is one line of numbers in the log, and the alerts of the deployment read it there
/// (<c>infra/modules/alerts.bicep</c>): <c>Poison</c>, <c>Overdue</c>, <c>OutboxOldestSeconds</c>.
/// </summary>
public sealed partial class SweepRound(
    RepairNudges repair, TakeStock stock, NudgeQueue nudges, DeliveryReports reports, Settings settings, ILogger<SweepRound> log)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var repaired = await repair.RunAsync(ct);
        if (!repaired.IsNothing) Log.Repaired(log, repaired.Letters, repaired.Tasks, repaired.Reviews, repaired.Others);
        var (overdue, oldest) = await stock.RunAsync(ct);
        if (!settings.UnderFunctionsHost) return;
        var poison = await nudges.CountSetAsideAsync(ct) + await reports.CountSetAsideAsync(ct);
        Log.Stock(log, poison, overdue, oldest);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The sweep found {Letters} letters, {Tasks} tasks, {Reviews} reviews and {Others} other things without a nudge, and nudged them.")]
        public static partial void Repaired(ILogger log, int letters, int tasks, int reviews, int others);

        [LoggerMessage(2, LogLevel.Information, "Stock: {Poison} messages set aside, {Overdue} promises overdue, the oldest letter waits for {OutboxOldestSeconds} s.")]
        public static partial void Stock(ILogger log, int poison, int overdue, double outboxOldestSeconds);
    }
}
