namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>When a letter is tried again, and when it is given to a person.</summary>
public static class RetryPolicy
{
    /// <summary>Eighteen tries spread over about a day and a half: a mail server that is down over Shabbat costs no alert.</summary>
    public const int MostAttempts = 18;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>The entry after an attempt that ended in <paramref name="delivery"/>.</summary>
    /// <param name="jitter">0 to 1: spreads the retries of letters that failed together.</param>
    public static OutboxEntry After(OutboxEntry entry, Delivery delivery, DateTimeOffset now, double jitter)
    {
        if (delivery.Kind == DeliveryKind.Sent) return entry with { State = LetterState.Sent, DueAt = now, SentAt = now, Problem = null, Via = delivery.Via };
        if (delivery.Kind == DeliveryKind.Refused || IsUsedUp(entry))
            return entry with { State = LetterState.SetAside, DueAt = now, Problem = delivery.Problem };
        var wait = now + (entry.Letter.Kind == LetterKind.Event ? EventWait(Begun(entry), jitter) : Backoff(Begun(entry), jitter));
        // A channel may ask for patience, but no more than the longest wait of our own.
        var asked = new[] { delivery.NotBefore ?? wait, now + Longest }.Min();
        return entry with { State = LetterState.Waiting, DueAt = new[] { wait, asked }.Max(), Problem = delivery.Problem };
    }

    /// <summary>All its tries were begun and none brought a result: whatever sends it, dies of it.</summary>
    public static bool IsUsedUp(OutboxEntry entry) => Begun(entry) >= (entry.Letter.Kind == LetterKind.Event ? EventWaits.Length + 1 : MostAttempts);

    /// <summary>Each way of a person has tries of its own.</summary>
    private static int Begun(OutboxEntry entry) => entry.Attempts - entry.Tries.Before;

    /// <summary>After each failed attempt of an event: the schedule that Standard Webhooks gives as its example, each wait shortened by up to a quarter.</summary>
    public static TimeSpan EventWait(int attempts, double jitter) => EventWaits[Math.Clamp(attempts - 1, 0, EventWaits.Length - 1)] * (1 - (0.25 * jitter));

    private static readonly TimeSpan[] EventWaits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>10 s doubling to 6 h, each shortened by up to a quarter.</summary>
    public static TimeSpan Backoff(int attempts, double jitter)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return (doubled < Longest ? doubled : Longest) * (1 - (0.25 * jitter));
    }
}
