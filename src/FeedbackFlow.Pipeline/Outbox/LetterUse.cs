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
            // Its next call was made already or is not wanted, and another one has a time of its own.
            LetterKind.Tried => !task.IsOpen || task.WantsNoCall || task.Promise.MadeAt > letter.WrittenAt,
            LetterKind.Alert or LetterKind.Wish => !task.IsOpen,
            // A person may have sent another one meanwhile.
            LetterKind.Apology or LetterKind.Acknowledgement => !task.IsOpen || task.WantsNoCall || task.ApologySentAt > letter.WrittenAt,
            // The steps of the promise that is told since have letters of their own.
            LetterKind.Reminder or LetterKind.Escalation => !task.IsOpen || task.WantsNoCall || task.Promise.MadeAt > letter.WrittenAt,
            LetterKind.CheckBack => !task.StillAsks(letter.Id),
            LetterKind.SignIn or LetterKind.Summary or LetterKind.Digest or LetterKind.Trial or LetterKind.Event or LetterKind.Reply => false,
        };
    }

    /// <summary>A new time was promised since it was written, or it speaks of many tasks: it is written again before it leaves.</summary>
    public static bool IsOutdated(Letter letter, CallBackTask? task) =>
        letter.Kind == LetterKind.Summary || letter.Kind is LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Alert && task?.Promise.MadeAt > letter.WrittenAt;

    /// <summary>Until when a letter waits because the business rests; null when it may leave.</summary>
    public static DateTimeOffset? WaitsUntil(LetterKind kind, Business business, DateTimeOffset now) => kind switch
    {
        // A person sits before a page and asked for it.
        LetterKind.SignIn or LetterKind.Trial => null,
        // Machines keep no Shabbat, and nobody reads them on it.
        LetterKind.Event => null,
        LetterKind.Apology when business.RestsBy == RestMode.Soften => null,
        LetterKind.Acknowledgement when business.RestsBy == RestMode.Soften => null,
        _ => business.RestTimes()?.EndOf(now),
    };

    /// <summary>Until when a letter waits because its reader is quiet; null when it may leave. Letters to customers know no quiet hours.</summary>
    public static DateTimeOffset? QuietUntil(Letter letter, Business business, DateTimeOffset now) =>
        letter.MayWaitUntil is { } most && business.Find(letter.To.Address) is { } reader && business.QuietUntil(reader, now) is { } end && end <= most ? end : null;

    /// <summary>While the business rests and softens, a plain acknowledgement goes instead.</summary>
    public static bool IsSoftened(LetterKind kind, Business business, DateTimeOffset now) =>
        kind == LetterKind.Apology && business.RestsBy == RestMode.Soften && business.RestTimes()!.EndOf(now) is not null;
}
