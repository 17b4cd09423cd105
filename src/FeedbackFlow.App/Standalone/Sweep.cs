using FeedbackFlow.Pipeline;

namespace FeedbackFlow.App.Standalone;

/// <summary>Runs the sweep at start and every five minutes when no Functions host does.</summary>
public sealed partial class Sweep(RepairNudges repair, ILogger<Sweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                var repaired = await repair.RunAsync(stoppingToken);
                if (repaired.Letters + repaired.Tasks > 0) Log.Repaired(log, repaired.Letters, repaired.Tasks);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.Failed(log, failure);
            }
        }
        while (await timer.TicksAgainAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The sweep found {Letters} letters and {Tasks} tasks without a nudge, and nudged them.")]
        public static partial void Repaired(ILogger log, int letters, int tasks);

        [LoggerMessage(2, LogLevel.Error, "The sweep failed; the next one tries again.")]
        public static partial void Failed(ILogger log, Exception failure);
    }
}
