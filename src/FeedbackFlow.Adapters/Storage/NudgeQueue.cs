using System.Text.Json;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>A nudge taken from the queue. <paramref name="Nudge"/> is null when the message cannot be read.</summary>
public sealed record ReceivedNudge(Nudge? Nudge, QueueMessage Message);

/// <summary>Nudges over a queue engine. The stored row decides; the queue's clock is only a hint.</summary>
public sealed class NudgeQueue(IQueueEngine queue, TimeProvider clock) : INudges
{
    public const string Name = "nudges";
    public const string PoisonName = "nudges-poison";

    /// <summary>A message that failed this often is set aside, as the Functions host does (its default).</summary>
    public const int MostTries = 5;

    /// <summary>Longer than a letter's lease, so that a nudge comes back only when its follower is dead.</summary>
    private static readonly TimeSpan HideFor = TimeSpan.FromSeconds(60);

    public Task EnqueueAsync(Nudge nudge, CancellationToken ct)
    {
        var wait = nudge.Due - clock.GetUtcNow();
        var delay = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Nudge.LongestDelay ? wait : Nudge.LongestDelay;
        return queue.EnqueueAsync(Name, JsonSerializer.Serialize(nudge), delay, ct);
    }

    public async Task<IReadOnlyList<ReceivedNudge>> ReceiveAsync(int max, CancellationToken ct) =>
        [.. (await queue.ReceiveAsync(Name, max, HideFor, ct)).Select(message => new ReceivedNudge(Parse(message.Body), message))];

    public Task CompleteAsync(ReceivedNudge received, CancellationToken ct) => queue.DeleteAsync(Name, received.Message, ct);

    /// <summary>Puts a message that cannot be followed where a person sees it.</summary>
    public async Task SetAsideAsync(ReceivedNudge received, CancellationToken ct)
    {
        await queue.EnqueueAsync(PoisonName, received.Message.Body, TimeSpan.Zero, ct);
        await queue.DeleteAsync(Name, received.Message, ct);
    }

    /// <summary>How many messages are set aside; counted up to 32.</summary>
    public async Task<int> CountSetAsideAsync(CancellationToken ct) => (await queue.PeekAsync(PoisonName, 32, ct)).Count;

    private static Nudge? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<Nudge>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
