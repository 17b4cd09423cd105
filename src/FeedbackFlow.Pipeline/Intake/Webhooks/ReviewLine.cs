namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>
/// A public review over all its changes. Feedback is never edited, so each change is a feedback of its own; this row tells that they are one review, and
/// keeps a changed one from opening a second task.
/// </summary>
/// <param name="Hash">SHA-256 of source and the sender's id: ids from outside are not fit for row keys.</param>
/// <param name="Newest">The feedback with its words as they are now.</param>
/// <param name="Task">The task it opened; null while it opened none.</param>
/// <param name="Content">SHA-256 of what it says now.</param>
/// <param name="ChangedAt">By the sender's clock; null where it said none.</param>
/// <param name="DeletedAt">When we heard that it was taken back.</param>
public sealed record ReviewLine(
    string Hash, string Source, FeedbackId Newest, TaskId? Task, Rating? Rating, string Content, DateTimeOffset? ChangedAt, int Changes, DateTimeOffset? DeletedAt)
{
    public static string HashOf(string source, string reviewId) => SubmissionKey.Sha256($"{source}\n{reviewId}");

    /// <summary>It says what was known already, or an older thing.</summary>
    public bool IsNoNews(string content, DateTimeOffset? changedAt) =>
        (content == Content && DeletedAt is null) || (changedAt is { } then && ChangedAt is { } known && then < known);
}

/// <summary>A review of which only its name is known; somebody fetches its words at <paramref name="NextAt"/>.</summary>
/// <param name="Hash">As in <see cref="ReviewLine"/>.</param>
/// <param name="NextAt">Null when it is given up: a person reads it there.</param>
/// <param name="Problem">What the last try said, without addresses or content.</param>
public sealed record PendingReview(string Hash, string Source, string ReviewId, DateTimeOffset NoticedAt, int Tries, DateTimeOffset? NextAt, string? Problem);
