using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Insights;

/// <summary>How many feedbacks came in a stretch of time.</summary>
/// <param name="All">At most <see cref="Most"/>: then there were so many or more.</param>
/// <param name="Needed">How many of them opened or joined a task.</param>
public sealed record CameIn(int All, int Needed)
{
    public const int Most = 1_000;
}

/// <summary>How many promises that were told ended how in a stretch of time.</summary>
public sealed record PromisesEnded(int Kept, int Late, int Broken)
{
    public int All => Kept + Late + Broken;
}

/// <summary>What stands open in the morning, nearest deadline first; no more than <see cref="CameIn.Most"/> tasks are looked at.</summary>
/// <param name="Late">The time has passed and nobody tried.</param>
/// <param name="Today">Due until midnight.</param>
/// <param name="Later">How many are due after today.</param>
public sealed record OpenMatters(IReadOnlyList<CallBackTask> Late, IReadOnlyList<CallBackTask> Today, int Later)
{
    /// <summary>More lines than this nobody reads on a phone; the board has all.</summary>
    public const int MostLines = 12;

    public int Pressing => Late.Count + Today.Count;

    /// <summary>Those that a letter names.</summary>
    public IReadOnlyList<CallBackTask> Named => [.. Late.Concat(Today).Take(MostLines)];
}

/// <summary>The week before: numbers, the one theme that came most, and what became of those who complained.</summary>
/// <param name="Theme">What was complained of most, at least twice; null where nothing was.</param>
/// <param name="Praise">Feedbacks with praise in them.</param>
public sealed record WeekInReview(DateTimeOffset Since, CameIn CameIn, PromisesEnded Promises, int Saved, int Lost, SignalKind? Theme, int OfTheme, int Praise)
{
    public bool IsQuiet => CameIn.All == 0 && Promises.All == 0 && Saved == 0 && Lost == 0;
}

/// <summary>What a person of the business reads at the opening of a working day.</summary>
/// <param name="Since">The last one.</param>
/// <param name="SetAside">Letters that were given up and wait for a person, at most <see cref="CameIn.Most"/>.</param>
/// <param name="Week">Only on the first working day of a week.</param>
public sealed record Digest(DateTimeOffset Since, OpenMatters Open, PromisesEnded Promises, CameIn CameIn, int SetAside, WeekInReview? Week)
{
    /// <summary>A day on which nothing is pressing and nothing happened needs no letter; a quiet week is told.</summary>
    public bool SaysNothing => Week is null && Open.Pressing == 0 && Promises.All == 0 && CameIn.All == 0 && SetAside == 0;
}

/// <summary>To a person of the business: how it stands.</summary>
/// <param name="IsDaily">False: only the week is told.</param>
public sealed record DigestDraft(Intake.LetterId Id, Business Business, Recipient To, DateTimeOffset At, Digest Digest, bool IsDaily, SiteAddresses Addresses)
    : LetterDraft(Id, Business, To, At)
{
    /// <summary>The next one tells more.</summary>
    public static readonly TimeSpan IsGoodFor = TimeSpan.FromHours(24);
}
