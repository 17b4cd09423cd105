using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>Whether a letter that has not left yet still says something (design 4.6), and whether it may leave now.</summary>
public static class LetterUse
{
    /// <param name="task">What the letter is about, as it is now; null for a letter about no task.</param>
    public static bool IsOver(Letter letter, CallBackTask? task, DateTimeOffset now)
    {
        if (letter.UsefulUntil is { } until && now >= until) return true;
        if (task is null) return false;
        if (task.ErasedAt is not null) return true;
        return letter.Kind switch
        {
            // It tells the end of the task, so only a re-opened one makes it wrong.
            LetterKind.GaveUp => task.IsOpen,
            // Its next call was made already, and another one has a time of its own.
            LetterKind.Tried => !task.IsOpen || task.Promise.MadeAt > letter.WrittenAt,
            LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Alert or LetterKind.Reminder or LetterKind.Escalation or LetterKind.Wish => !task.IsOpen,
            LetterKind.CheckBack => !task.StillAsks(letter.Id),
            LetterKind.SignIn or LetterKind.Summary or LetterKind.Event => false,
        };
    }

    /// <summary>Until when a letter waits because the business rests; null when it may leave.</summary>
    public static DateTimeOffset? WaitsUntil(LetterKind kind, Business business, DateTimeOffset now) => kind switch
    {
        // A person sits before a page and asked for it.
        LetterKind.SignIn => null,
        // Machines keep no Shabbat, and nobody reads them on it.
        LetterKind.Event => null,
        LetterKind.Apology when business.RestsBy == RestMode.Soften => null,
        LetterKind.Acknowledgement when business.RestsBy == RestMode.Soften => null,
        _ => business.RestTimes()?.EndOf(now),
    };

    /// <summary>While the business rests and softens, a plain acknowledgement goes instead.</summary>
    public static bool IsSoftened(LetterKind kind, Business business, DateTimeOffset now) =>
        kind == LetterKind.Apology && business.RestsBy == RestMode.Soften && business.RestTimes()!.EndOf(now) is not null;
}
