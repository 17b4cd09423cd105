using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;

namespace FeedbackFlow.App.Standalone;

/// <summary>Runs the sweep and looks for digests at start and every five minutes, when no Functions host does.</summary>
public sealed partial class Sweep(SweepRound round, WriteDigests digests, ILogger<Sweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            // One that fails keeps nobody from the other.
            await TryAsync(round.RunAsync, stoppingToken);
            await TryAsync(digests.RunAsync, stoppingToken);
        }
        while (await timer.TicksAgainAsync(stoppingToken));
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; the next start looks again.
        }
        catch (Exception failure)
        {
            Log.Failed(log, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "The sweep failed; the next one tries again.")]
        public static partial void Failed(ILogger log, Exception failure);
    }
}
