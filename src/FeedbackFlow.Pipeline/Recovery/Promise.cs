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

    /// <summary>The customer let go of it while there was time: another time, or no call at all.</summary>
    Released,
}

/// <summary>
/// The time told to the customer: the task's deadline. Both times are fixed when it is made; no later change of hours, rota or owner moves
/// them. A promise that nobody was told of is a target and is counted apart.
/// </summary>
/// <param name="BreaksAt">End of the next working day after <paramref name="By"/>: without an attempt until then it is broken.</param>
public sealed record Promise(DateTimeOffset MadeAt, DateTimeOffset By, DateTimeOffset BreaksAt, IReadOnlyList<ToldBy> Told, PromiseState State, DateTimeOffset? SettledAt)
{
    /// <summary>Not before: the customer chose a time of day. Null for as soon as possible.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>It was told once, and the letter came back: the ledger has a line of it, though it may be a target now.</summary>
    public bool CameBack { get; init; }

    /// <summary>When the customer said that nobody called; null when that was not said.</summary>
    public DateTimeOffset? NobodyCalledAt { get; init; }

    /// <summary>An attempt stands, and the customer says that nobody called. Both stay in view.</summary>
    public bool IsDisputed => NobodyCalledAt is not null && State is (PromiseState.Kept or PromiseState.Late);

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

    /// <summary>The letter that told it did not arrive. What was told otherwise stays told, and so does what is settled.</summary>
    public Promise NotToldBy(ToldBy way) => State == PromiseState.Pending ? this with { Told = [.. Told.Where(told => told != way)], CameBack = CameBack || Told.Contains(way) } : this;

    /// <summary>The customer wants no call by then. What has passed without an attempt is broken all the same.</summary>
    public Promise Release(DateTimeOffset now) => AfterTime(now) is { State: PromiseState.Pending } pending
        ? pending with { State = pending.IsOverdue(now) ? PromiseState.Broken : PromiseState.Released, SettledAt = now }
        : AfterTime(now);

    /// <summary>"Nobody called": breaks a promise whose time has passed; one that an attempt has settled stays so and is disputed.</summary>
    public Promise AfterComplaint(DateTimeOffset now) => AfterTime(now) is var seen && seen.State == PromiseState.Pending
        ? seen with { State = PromiseState.Broken, SettledAt = now, NobodyCalledAt = now }
        : seen with { NobodyCalledAt = now };

    /// <summary>Only a pending one can still be told; what ended untold stays a target.</summary>
    public Promise ToldAlso(ToldBy way) => State != PromiseState.Pending || Told.Contains(way) ? this : this with { Told = [.. Told, way] };
}
