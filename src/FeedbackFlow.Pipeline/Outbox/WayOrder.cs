using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>
/// By which of a person's ways a letter goes. Each attempt is one way; the step from one to the next is stored before the next is tried, so a process that dies repeats at
/// most the attempt it died in. A way that refuses is left at once, one that has not taken the letter within its time when that is over. The last one that was not tried has all
/// the time that retries have; when it refuses too, those that were only late get it again.
/// </summary>
public static class WayOrder
{
    /// <summary>What waits for a person's answer.</summary>
    public static readonly TimeSpan Urgent = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Unhurried = TimeSpan.FromMinutes(5);

    public static TimeSpan TimeFor(LetterKind kind) => kind is LetterKind.Alert or LetterKind.Escalation or LetterKind.Wish ? Urgent : Unhurried;

    /// <summary>The letter on the way by which it goes now.</summary>
    /// <param name="ways">All that may be used now, in order.</param>
    /// <param name="begun">Attempts so far, without the one that begins.</param>
    public static OutboxEntry Begin(OutboxEntry entry, IReadOnlyList<WayKind> ways, int begun, DateTimeOffset now)
    {
        var tries = entry.Tries;
        if (tries.On is { } on && ways.Contains(on) && !tries.Refused.Contains(on))
        {
            if (!HasAnother(tries, ways) || now < tries.Since + TimeFor(entry.Letter.Kind)) return entry;
            tries = tries with { Late = With(tries.Late, on) };
        }

        var left = ways.Where(way => !tries.Refused.Contains(way)).ToList();
        // Who changes the ways of a letter that is under way may leave it none that has not refused.
        if (left.Count == 0) (tries, left) = (tries with { Refused = [] }, [.. ways]);
        var untried = left.Where(way => !tries.Late.Contains(way)).ToList();
        return entry with { Tries = tries with { On = untried.Count > 0 ? untried[0] : left[0], Since = now, Before = begun } };
    }

    /// <summary>The entry after an attempt on a way.</summary>
    /// <param name="ways">As they were when it began.</param>
    public static OutboxEntry After(OutboxEntry entry, Delivery delivery, IReadOnlyList<WayKind> ways, DateTimeOffset now, double jitter)
    {
        var (after, tries) = (RetryPolicy.After(entry, delivery, now, jitter), entry.Tries);
        if (tries.On is not { } on || after.State == LetterState.Sent) return after;
        if (after.State == LetterState.SetAside)
        {
            var refused = tries with { On = null, Refused = With(tries.Refused, on) };
            return ways.All(refused.Refused.Contains) ? after with { Tries = refused } : NextAtOnce(refused);
        }

        var end = tries.Since + TimeFor(entry.Letter.Kind);
        if (!HasAnother(tries, ways) || after.DueAt < end) return after;
        // Asked to wait longer than its time: nothing will happen here before the next way's turn.
        return delivery.NotBefore >= end ? NextAtOnce(tries with { On = null, Late = With(tries.Late, on) }) : after with { DueAt = end > now ? end : now };

        OutboxEntry NextAtOnce(WayTries next) => after with { State = LetterState.Waiting, DueAt = now, Tries = next };
    }

    /// <summary>There is a way that was not tried yet.</summary>
    private static bool HasAnother(WayTries tries, IReadOnlyList<WayKind> ways) => ways.Any(way => way != tries.On && !tries.Refused.Contains(way) && !tries.Late.Contains(way));

    private static IReadOnlyList<WayKind> With(IReadOnlyList<WayKind> ways, WayKind one) => ways.Contains(one) ? ways : [.. ways, one];
}
