using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Pipeline;

namespace FeedbackFlow.App.Standalone;

/// <summary>Follows nudges when no Functions host does. Tests and the demo move the clock and call <see cref="RunDueAsync"/>.</summary>
public sealed partial class NudgeLoop(NudgeQueue queue, FollowNudge follow, ILogger<NudgeLoop> log) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Follows every nudge that is due by the clock, and those that become due by it, and says how many.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        for (var followed = 0; ;)
        {
            var received = await queue.ReceiveAsync(AtOnce, ct);
            if (received.Count == 0) return followed;
            await Task.WhenAll(received.Select(nudge => FollowAsync(nudge, ct)));
            followed += received.Count;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.QueueFailed(log, failure);
            }
        }
        while (await timer.TicksAgainAsync(stoppingToken));
    }

    /// <summary>A failure leaves the message in the queue: it comes back, and after five tries it is set aside.</summary>
    private async Task FollowAsync(ReceivedNudge received, CancellationToken ct)
    {
        try
        {
            if (received.Nudge is null || received.Message.DequeueCount > NudgeQueue.MostTries)
            {
                Log.SetAside(log, received.Message.Id);
                await queue.SetAsideAsync(received, ct);
                return;
            }

            await follow.RunAsync(received.Nudge, ct);
            await queue.CompleteAsync(received, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.Failed(log, received.Message.Id, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Nudge {Message} could not be followed; it comes back.")]
        public static partial void Failed(ILogger log, string message, Exception failure);

        [LoggerMessage(2, LogLevel.Error, "Nudge {Message} was set aside after its tries.")]
        public static partial void SetAside(ILogger log, string message);

        [LoggerMessage(3, LogLevel.Error, "The nudge queue could not be read.")]
        public static partial void QueueFailed(ILogger log, Exception failure);
    }
}
