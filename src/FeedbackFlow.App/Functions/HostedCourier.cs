using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Functions;

/// <summary>
/// Sends before the answer, because the Functions host may freeze what happens after it. It waits a second at most; a send that takes longer goes on as long as the
/// process is let, and its nudge looks after it (design 4.5).
/// </summary>
/// <param name="timers">Rings when the second is over; the machine's own where none is given.</param>
public sealed partial class HostedCourier(SendLetters send, ILogger<HostedCourier> log, TimeProvider? timers = null) : ICourier
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task CarryAsync(Business business, IReadOnlyList<LetterId> letters)
    {
        if (letters.Count == 0) return;
        var sending = SendAsync(business, letters);
        using var second = timers is null ? new CancellationTokenSource(Patience) : new CancellationTokenSource(Patience, timers);
        await Task.WhenAny(sending, Task.Delay(Timeout.Infinite, second.Token));
    }

    private async Task SendAsync(Business business, IReadOnlyList<LetterId> letters)
    {
        try
        {
            await send.SendOwnAsync(business, letters, CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.LeftToNudge(log, letters.Count, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Of {Letters} letters not all could be sent or marked now; their nudge will look at them.")]
        public static partial void LeftToNudge(ILogger log, int letters, Exception failure);
    }
}
