namespace FeedbackFlow.Pipeline.Outbox;

public enum LetterState
{
    /// <summary>To be sent at <see cref="OutboxEntry.DueAt"/>.</summary>
    Waiting,

    /// <summary>Somebody is sending it until <see cref="OutboxEntry.DueAt"/>, when the lease ends and it is free again.</summary>
    Leased,
    Sent,

    /// <summary>Given up after its retries or refused; a person sees it and can send it again.</summary>
    SetAside,

    /// <summary>Its time had passed its use before it was sent.</summary>
    Withdrawn,
}

/// <summary>A letter and how far its sending is.</summary>
/// <param name="DueAt">Next attempt, or the end of the lease. A nudge for this moment was enqueued before it was stored.</param>
/// <param name="Attempts">Sends that were begun.</param>
/// <param name="Problem">What the last failed attempt said, without any of the letter's content.</param>
public sealed record OutboxEntry(Letter Letter, LetterState State, DateTimeOffset DueAt, int Attempts, DateTimeOffset? SentAt, string? Problem)
{
    /// <summary>The channel that took it; null where that is not known.</summary>
    public string? Via { get; init; }

    /// <summary>Channels through which it did not arrive; they are not tried again.</summary>
    public IReadOnlyList<string> NotVia { get; init; } = [];

    /// <summary>How far it has come on the ways of the person it goes to.</summary>
    public WayTries Tries { get; init; } = WayTries.None;

    /// <summary>How long a committing or claiming process may send before others take over (design 4.5).</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    /// <summary>It waits (for the end of a time of rest, or for more of its kind) and is written again before it leaves: times pass, reasons go.</summary>
    public bool Held { get; init; }

    public static OutboxEntry Leased(Letter letter, DateTimeOffset now) => new(letter, LetterState.Leased, now + LeaseTime, 1, null, null);

    /// <summary>A letter that gathers until then and is written when it leaves.</summary>
    public static OutboxEntry Gathering(Letter letter, DateTimeOffset due) => Waiting(letter, due) with { Held = true };

    public static OutboxEntry Waiting(Letter letter, DateTimeOffset due) => new(letter, LetterState.Waiting, due, 0, null, null);

    public OutboxEntry HeldUntil(DateTimeOffset end) => this with { State = LetterState.Waiting, DueAt = end, Attempts = 0, Held = true, Tries = WayTries.None };

    public bool IsFinished => State is LetterState.Sent or LetterState.SetAside or LetterState.Withdrawn;
}
