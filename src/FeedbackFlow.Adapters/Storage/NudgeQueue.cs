using System.Text.Json;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline;
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
    public static readonly TimeSpan HideFor = TimeSpan.FromSeconds(60);

    public Task EnqueueAsync(Nudge nudge, CancellationToken ct)
    {
        var wait = nudge.Due - clock.GetUtcNow();
        var delay = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Nudge.LongestDelay ? wait : Nudge.LongestDelay;
        return queue.EnqueueAsync(Name, JsonSerializer.Serialize(nudge with { Trace = nudge.Trace ?? Steps.CurrentTrace }), delay, ct);
    }

    public async Task<IReadOnlyList<ReceivedNudge>> ReceiveAsync(int max, CancellationToken ct) =>
        [.. (await queue.ReceiveAsync(Name, max, HideFor, ct)).Select(message => new ReceivedNudge(Parse(message.Body), message))];

    public Task CompleteAsync(ReceivedNudge received, CancellationToken ct) => queue.DeleteAsync(Name, received.Message, ct);

    /// <summary>Puts a message that cannot be followed where a person sees it.</summary>
    public async Task SetAsideAsync(ReceivedNudge received, CancellationToken ct)
    {
        await SetAsideAsync(received.Message.Body, ct);
        await queue.DeleteAsync(Name, received.Message, ct);
    }

    /// <summary>The same for a text that somebody else takes out of the queue.</summary>
    public Task SetAsideAsync(string body, CancellationToken ct) => queue.EnqueueAsync(PoisonName, body, TimeSpan.Zero, ct);

    /// <summary>How many messages are set aside; counted up to 32.</summary>
    public async Task<int> CountSetAsideAsync(CancellationToken ct) => (await queue.PeekAsync(PoisonName, 32, ct)).Count;

    /// <summary>Up to 32 of the messages that were set aside; null stands for one that cannot be read.</summary>
    public async Task<IReadOnlyList<Nudge?>> SetAsideNudgesAsync(CancellationToken ct) =>
        [.. (await queue.PeekAsync(PoisonName, QueueLimits.ReceiveCount, ct)).Select(message => Parse(message.Body))];

    /// <summary>
    /// Puts back what was set aside, to be followed now. What cannot be read stays where it is, or is deleted when <paramref name="discardUnreadable"/> is true.
    /// </summary>
    public async Task<(int Replayed, int Unreadable)> ReplayAsync(bool discardUnreadable, CancellationToken ct)
    {
        var (replayed, unreadable) = (0, 0);
        while (await queue.ReceiveAsync(PoisonName, QueueLimits.ReceiveCount, HideFor, ct) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                var isNudge = Parse(message.Body) is not null;
                if (isNudge) await queue.EnqueueAsync(Name, message.Body, TimeSpan.Zero, ct);
                if (isNudge || discardUnreadable) await queue.DeleteAsync(PoisonName, message, ct);
                (replayed, unreadable) = isNudge ? (replayed + 1, unreadable) : (replayed, unreadable + 1);
            }
        }

        return (replayed, unreadable);
    }

    /// <summary>Null when the text is no nudge.</summary>
    public static Nudge? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<Nudge>(body) is { Business: not null, Letters: not null } nudge ? nudge : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
