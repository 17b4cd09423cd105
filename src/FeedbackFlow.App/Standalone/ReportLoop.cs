using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.App.Hosting;

namespace FeedbackFlow.App.Standalone;

/// <summary>Reads what Event Grid says of letters that did not arrive, when no Functions host does: every half minute, from the queue of the settings.</summary>
public sealed partial class ReportLoop(DeliveryReports reports, DeliveriesHeard heard, ILogger<ReportLoop> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Reads what is there by now, and says how many messages it was.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        for (var read = 0; ;)
        {
            var messages = await reports.ReceiveAsync(ct);
            if (messages.Count == 0) return read;
            foreach (var message in messages) await HearAsync(message, ct);
            read += messages.Count;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
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
    private async Task HearAsync(ReceivedReport message, CancellationToken ct)
    {
        try
        {
            if (message.TriedTooOften)
            {
                await reports.SetAsideAsync(message.Body, ct);
                Log.SetAside(log, DeliveryReports.Name + "-poison");
            }
            else
            {
                await heard.RunAsync(message.Body, ct);
            }

            await reports.CompleteAsync(message, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.Failed(log, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A delivery report could not be heard; it comes back.")]
        public static partial void Failed(ILogger log, Exception failure);

        [LoggerMessage(3, LogLevel.Error, "A delivery report failed five times and was set aside in the queue {Queue}.")]
        public static partial void SetAside(ILogger log, string queue);

        [LoggerMessage(2, LogLevel.Error, "The queue of delivery reports could not be read.")]
        public static partial void QueueFailed(ILogger log, Exception failure);
    }
}
