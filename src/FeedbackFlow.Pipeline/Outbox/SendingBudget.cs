namespace FeedbackFlow.Pipeline.Outbox;

/// <param name="PerMinute">Letters in any 60 seconds.</param>
/// <param name="PerHour">Letters in any 60 minutes.</param>
public sealed record SendingQuota(int PerMinute, int PerHour);

/// <summary>Letters sent in one slot of six seconds.</summary>
public sealed record SentInSlot(long Slot, int Letters);

/// <param name="NotBefore">When it is worth asking again; null when granted.</param>
/// <param name="After">What the budget is now; as before when nothing was granted.</param>
public sealed record BudgetGrant(DateTimeOffset? NotBefore, SendingBudget After)
{
    public bool IsGranted => NotBefore is null;
}

/// <summary>
/// A provider's quota, shared by every process that sends. Alerts may use all of it; apologies leave a part free for the alerts still to come, everything else leaves more, and digests leave most.
/// So alerts go before apologies and apologies before digests without anybody waiting in line.
/// </summary>
/// <param name="Slots">What was sent in the last hour, oldest first; at most 601.</param>
/// <param name="ClosedUntil">The provider asked to be left alone until then.</param>
public sealed record SendingBudget(IReadOnlyList<SentInSlot> Slots, DateTimeOffset ClosedUntil)
{
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static SendingBudget Full { get; } = new([], DateTimeOffset.MinValue);

    public BudgetGrant Take(LetterKind kind, SendingQuota quota, DateTimeOffset now)
    {
        if (now < ClosedUntil) return new(ClosedUntil, this);
        var (slot, share) = (SlotOf(now), ShareOf(kind));
        List<SentInSlot> recent = [.. Slots.Where(one => one.Slot > slot - (Hour.Ticks / Slot.Ticks) - 1)];
        var wait = new[] { FreeAt(recent, slot, Minute, Allowed(quota.PerMinute, share)), FreeAt(recent, slot, Hour, Allowed(quota.PerHour, share)) }.Max();
        if (wait is { } notBefore) return new(notBefore, this with { Slots = recent });
        var here = recent.Count > 0 && recent[^1].Slot == slot ? recent[^1].Letters : 0;
        if (here > 0) recent.RemoveAt(recent.Count - 1);
        return new(null, this with { Slots = [.. recent, new(slot, here + 1)] });
    }

    public SendingBudget Closed(DateTimeOffset until) => until > ClosedUntil ? this with { ClosedUntil = until } : this;

    /// <summary>At least one letter: a small quota must not shut a kind out for ever.</summary>
    private static int Allowed(int quota, double share) => Math.Max(1, (int)Math.Floor(quota * share));

    /// <summary>How much of a quota letters of this kind may use.</summary>
    public static double ShareOf(LetterKind kind) => kind switch
    {
        LetterKind.Alert or LetterKind.Escalation or LetterKind.Reminder or LetterKind.SignIn or LetterKind.Wish or LetterKind.Trial => 1,
        LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Tried or LetterKind.GaveUp => 0.7,
        LetterKind.Summary or LetterKind.CheckBack or LetterKind.Event or LetterKind.Reply => 0.5,
        LetterKind.Digest => 0.3,
    };

    /// <summary>Null when there is room. A slot counts until the whole of it has left the window.</summary>
    private static DateTimeOffset? FreeAt(List<SentInSlot> slots, long now, TimeSpan window, int allowed)
    {
        var span = window.Ticks / Slot.Ticks;
        List<SentInSlot> counted = [.. slots.Where(one => one.Slot >= now - span)];
        var over = counted.Sum(one => one.Letters) - allowed;
        if (over < 0) return null;
        foreach (var one in counted)
        {
            over -= one.Letters;
            if (over < 0) return DateTimeOffset.UnixEpoch + ((one.Slot + span + 1) * Slot);
        }

        return null;
    }

    private static long SlotOf(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / Slot.Ticks;
}
