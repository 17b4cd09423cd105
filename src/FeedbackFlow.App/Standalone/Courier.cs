using System.Threading.Channels;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Standalone;

/// <summary>
/// Sends the letters that this process committed, right after the answer. It may forget: each letter has a nudge that finds it again. When the
/// server stops, it first sends what it holds.
/// </summary>
public sealed partial class Courier(SendLetters send, ILogger<Courier> log) : BackgroundService, ICourier
{
    private const int Senders = 8;
    private readonly Channel<(string Business, LetterId Letter)> bag = System.Threading.Channels.Channel.CreateBounded<(string, LetterId)>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    public Task CarryAsync(Business business, IReadOnlyList<LetterId> letters)
    {
        foreach (var letter in letters) bag.Writer.TryWrite((business.Slug, letter));
        return Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        bag.Writer.TryComplete();
        if (ExecuteTask is { } sending) await Task.WhenAny(sending, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAsync()));

    private async Task SendAsync()
    {
        await foreach (var (business, letter) in bag.Reader.ReadAllAsync())
        {
            try
            {
                await send.SendOwnAsync(business, letter, CancellationToken.None);
            }
            catch (Exception failure)
            {
                Log.LeftToNudge(log, letter, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Letter {Letter} could not be sent or marked now; its nudge will look at it.")]
        public static partial void LeftToNudge(ILogger log, LetterId letter, Exception failure);
    }
}
