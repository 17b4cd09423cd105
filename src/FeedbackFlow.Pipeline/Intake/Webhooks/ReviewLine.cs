namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>
/// A public review over all its changes. Feedback is never edited, so each change is a feedback of its own; this row tells that they are one review, and
/// keeps a changed one from opening a second task.
/// </summary>
/// <param name="Hash">SHA-256 of source and the sender's id: ids from outside are not fit for row keys.</param>
/// <param name="Newest">The feedback with its words as they are now; null while we only heard that it was taken back, which may come before its words.</param>
/// <param name="Task">The task it opened; null while it opened none.</param>
/// <param name="Content">SHA-256 of what it says now.</param>
/// <param name="ChangedAt">By the sender's clock; null where it said none.</param>
/// <param name="DeletedAt">When we heard that it was taken back.</param>
public sealed record ReviewLine(
    string Hash, string Source, FeedbackId? Newest, TaskId? Task, Rating? Rating, string Content, DateTimeOffset? ChangedAt, int Changes, DateTimeOffset? DeletedAt)
{
    /// <summary>The last reply that a person sent; null for none.</summary>
    public LetterId? Reply { get; init; }

    public static string HashOf(string source, string reviewId) => SubmissionKey.Sha256($"{source}\n{reviewId}");

    public static ReviewLine TakenBack(string hash, string source, DateTimeOffset now) => new(hash, source, null, null, null, "", null, 0, now);

    /// <summary>It says what was known already, or an older thing.</summary>
    public bool IsNoNews(string content, DateTimeOffset? changedAt)
    {
        if (changedAt is { } then && ChangedAt is { } known && then < known) return true;
        // After it was taken back, the same words are news only where they were written anew.
        return content == Content && (DeletedAt is null || (changedAt is not null && changedAt == ChangedAt));
    }
}

/// <summary>A review of which only its name is known; somebody fetches its words at <paramref name="NextAt"/>.</summary>
/// <param name="Hash">As in <see cref="ReviewLine"/>.</param>
/// <param name="NextAt">Null when its words are here, or when it is given up: a person reads it there.</param>
/// <param name="Problem">What the last try said, without addresses or content; null where nothing is wrong.</param>
public sealed record PendingReview(string Hash, string Source, string ReviewId, DateTimeOffset NoticedAt, int Tries, DateTimeOffset? NextAt, string? Problem)
{
    /// <summary>Nothing is left to do: it was read, or a person has put it away.</summary>
    public bool IsDone => NextAt is null && Problem is null;

    /// <summary>Nobody tries any more by himself.</summary>
    public bool IsGivenUp => NextAt is null && Problem is not null;
}
