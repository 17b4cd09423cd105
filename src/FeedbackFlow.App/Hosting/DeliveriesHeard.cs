using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Hosting;

/// <summary>What is done with one message of the queue of delivery reports, whoever took it out: the Functions host or the loop standing alone.</summary>
public sealed partial class DeliveriesHeard(DeliveryReports reports, HearDelivery hear, TimeProvider clock, ILogger<DeliveriesHeard> log)
{
    /// <summary>A letter that is still not marked as sent after a day was set aside long ago.</summary>
    private static readonly TimeSpan ReportsWait = TimeSpan.FromDays(1);

    /// <summary>
    /// Event Grid says at least once what became of a letter. A report that is faster than our own mark is put back; waiting is never expressed by failing. A message that cannot be
    /// read is set aside at once: four more tries would not read it.
    /// </summary>
    public async Task RunAsync(string text, CancellationToken ct)
    {
        if (DeliveryReports.Parse(text) is not { } heard)
        {
            await reports.SetAsideAsync(text, ct);
            Log.SetAside(log);
            return;
        }

        var isTooEarly = false;
        foreach (var report in heard)
        {
            var result = await hear.RunAsync(report, ct);
            isTooEarly |= result == DeliveryHeard.TooEarly && clock.GetUtcNow() - report.At < ReportsWait;
            if (result == DeliveryHeard.Done) Log.DidNotArrive(log, report.Letter, report.Status);
        }

        // Once for the whole message: what was heard of it already changes nothing a second time.
        if (isTooEarly) await reports.PutBackAsync(text, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A delivery report that cannot be read was set aside.")]
        public static partial void SetAside(ILogger log);

        [LoggerMessage(2, LogLevel.Warning, "Letter {Letter} did not arrive: {Status}.")]
        public static partial void DidNotArrive(ILogger log, LetterId letter, string status);
    }
}
