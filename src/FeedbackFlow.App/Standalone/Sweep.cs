using FeedbackFlow.App.Hosting;

namespace FeedbackFlow.App.Standalone;

/// <summary>Runs the sweep at start and every five minutes when no Functions host does.</summary>
public sealed partial class Sweep(SweepRound round, ILogger<Sweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await round.RunAsync(stoppingToken);
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
        [LoggerMessage(2, LogLevel.Error, "The sweep failed; the next one tries again.")]
        public static partial void Failed(ILogger log, Exception failure);
    }
}
