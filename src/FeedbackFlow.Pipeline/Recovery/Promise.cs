namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>How the customer learned of a promise.</summary>
public enum ToldBy
{
    Page,
    Mail,
    Phone,
}

public enum PromiseState
{
    Pending,
    Kept,
    Late,
    Broken,
}

/// <summary>
/// The time told to the customer: the task's deadline. Both times are fixed when it is made; no later change of hours, rota or owner moves
/// them. A promise that nobody was told of is a target and is counted apart.
/// </summary>
/// <param name="BreaksAt">End of the next working day after <paramref name="By"/>: without an attempt until then it is broken.</param>
public sealed record Promise(DateTimeOffset MadeAt, DateTimeOffset By, DateTimeOffset BreaksAt, IReadOnlyList<ToldBy> Told, PromiseState State, DateTimeOffset? SettledAt)
{
    public static Promise Make(DateTimeOffset at, DateTimeOffset by, DateTimeOffset breaksAt, IReadOnlyList<ToldBy> told) =>
        new(at, by, breaksAt, told, PromiseState.Pending, null);

    /// <summary>The next whole minute: a time is told in minutes, and what is told is what counts.</summary>
    public static DateTimeOffset WholeMinute(DateTimeOffset at) =>
        at.AddTicks((TimeSpan.TicksPerMinute - (at.Ticks % TimeSpan.TicksPerMinute)) % TimeSpan.TicksPerMinute);

    public bool WasTold => Told.Count > 0;

    public bool IsOverdue(DateTimeOffset now) => State == PromiseState.Pending && now > By;

    /// <summary>A call attempt settles a pending promise: kept by its time, late after it. A settled one never changes.</summary>
    public Promise AfterAttempt(DateTimeOffset at) =>
        AfterTime(at) is { State: PromiseState.Pending } pending
            ? pending with { State = at <= pending.By ? PromiseState.Kept : PromiseState.Late, SettledAt = at }
            : AfterTime(at);

    /// <summary>Passing time breaks a pending promise.</summary>
    public Promise AfterTime(DateTimeOffset now) =>
        State == PromiseState.Pending && now >= BreaksAt ? this with { State = PromiseState.Broken, SettledAt = BreaksAt } : this;

    public Promise ToldAlso(ToldBy way) => Told.Contains(way) ? this : this with { Told = [.. Told, way] };
}
