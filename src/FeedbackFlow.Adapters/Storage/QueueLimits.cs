using System.Text;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>What fits into every queue; see <see cref="Limits"/>.</summary>
public static class QueueLimits
{
    /// <summary>UTF-8 bytes of a message: 48 KiB, which are the cloud's 64 KiB after Base64.</summary>
    public const int MessageBytes = 48 * 1024;

    /// <summary>Messages received or peeked at once: 1 to 32.</summary>
    public const int ReceiveCount = 32;

    /// <summary>A delay as long as a message's lifetime loses the message in the cloud, hence a day less than its seven.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(6);

    /// <summary>A received message is hidden for at least a second.</summary>
    public static readonly TimeSpan ShortestHiding = TimeSpan.FromSeconds(1);

    public static void CheckEnqueue(string queue, string body, TimeSpan delay)
    {
        CheckQueue(queue);
        ArgumentNullException.ThrowIfNull(body);
        if (!JsonText.TryMeasure(body, out _))
        {
            throw new ArgumentException($"The message for '{queue}' is not Unicode text: half of a surrogate pair stands alone.");
        }

        Limits.CheckRange(Encoding.UTF8.GetByteCount(body), 1, MessageBytes, "bytes of a message");
        Limits.CheckRange(delay.Ticks, 0, LongestDelay.Ticks, "ticks of a message's delay");
    }

    public static void CheckReceive(string queue, int max, TimeSpan hideFor)
    {
        CheckPeek(queue, max);
        Limits.CheckRange(hideFor.Ticks, ShortestHiding.Ticks, LongestDelay.Ticks, "ticks a message is hidden");
    }

    public static void CheckPeek(string queue, int max)
    {
        CheckQueue(queue);
        Limits.CheckRange(max, 1, ReceiveCount, "messages at once");
    }

    /// <summary>3 to 63 lower-case Latin letters, digits and single dashes, no dash at an end.</summary>
    public static void CheckQueue(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        var dashesFit = !queue.StartsWith('-') && !queue.EndsWith('-') && !queue.Contains("--", StringComparison.Ordinal);
        if (queue.Length is < 3 or > 63 || !dashesFit || !queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException($"The queue name '{Limits.Shown(queue)}' is not 3 to 63 lower-case letters, digits and single dashes.");
        }
    }
}
