using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>A checked submission and what its door knows.</summary>
/// <param name="Key">Null where each call is a new feedback.</param>
/// <param name="Link">The form link it came by; null for other doors.</param>
/// <param name="ShownOnPage">The customer sees the answer page, which tells the promise.</param>
/// <param name="MayWrite">False where the door has used up its letters to customers.</param>
/// <param name="Elsewhere">Where it was said, when that was not at a door of our own.</param>
public sealed record AcceptRequest(
    Business Business, CheckedSubmission Submission, Origin Origin, SubmissionKey? Key, Versioned<Link>? Link = null, bool ShownOnPage = false, bool MayWrite = true,
    Elsewhere? Elsewhere = null)
{
    /// <summary>The link is as the door has just read it.</summary>
    public bool IsFresh { get; init; }
}

/// <summary>What is stored beside a feedback that came from elsewhere.</summary>
/// <param name="Receipt">For the source's list; stored with the feedback or not at all.</param>
/// <param name="ReviewHash">The public review it is a state of, by <see cref="ReviewLine.HashOf"/>; null for what is no review.</param>
public sealed record Elsewhere(Provenance From, Receipt Receipt, string? ReviewHash);

public enum AcceptKind
{
    Stored,

    /// <summary>The same key with the same content: the first answer again.</summary>
    Repeated,
    KeyHasOtherContent,
    JobUnknown,

    /// <summary>A review that says what is known already, or an older state of it.</summary>
    Outdated,

    /// <summary>The job's link was used by another submission.</summary>
    LinkSpent,
}

/// <param name="OwnLetters">Committed as leased to this process, which sends them now.</param>
/// <param name="AnalysisFailure">Why the words could not be read; the feedback is kept all the same.</param>
public sealed record Accepted(AcceptKind Kind, ReadFeedback? Feedback, StoredAnswer? Answer, IReadOnlyList<LetterId> OwnLetters, Exception? AnalysisFailure = null)
{
    /// <summary>The customer's page of this matter, where who wrote is surely known and sees an answer page. Told once: a repeated submission gets none.</summary>
    public Uri? Page { get; init; }

    /// <summary>The task as this commit left it; null when there is none or the answer is a repeated one.</summary>
    public CallBackTask? Task { get; init; }

    public static Accepted Refused(AcceptKind kind) => new(kind, null, null, []);
}
