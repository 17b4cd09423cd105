using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Pages.Manage;

/// <summary>What the task's page posts, below the page's own address.</summary>
public static class TaskActions
{
    public const string Claim = "claim";
    public const string NoAnswer = "no-answer";
    public const string Close = "close";
    public const string HandOver = "hand-over";
    public const string SendApology = "apology";
    public const string Reopen = "reopen";
    public const string Match = "match";
}

/// <param name="Reading">Null where it is not kept any more.</param>
/// <param name="PublicReply">A draft to copy or to send, for a public review; null for everything else.</param>
/// <param name="CanSendReply">The reply can be sent to its platform from here.</param>
/// <param name="LastReply">The last reply that was sent from here and what became of it; null for none.</param>
public sealed record TaskFeedback(Feedback Feedback, Reading? Reading, string? PublicReply = null, bool CanSendReply = false, OutboxEntry? LastReply = null)
{
    /// <summary>Bytes of UTF-8 that the platform takes as a reply.</summary>
    public int LongestReply { get; init; } = 4_096;

    /// <summary>What was typed as a reply that could not be sent; null on other visits.</summary>
    public string? TypedReply { get; init; }

    /// <summary>Why it could not, in the page's language.</summary>
    public string? ReplyError { get; init; }
}

/// <param name="Url">The page's address without a query; forms post to it followed by a slash and one of <see cref="TaskActions"/>.</param>
/// <param name="Feedbacks">Newest first.</param>
/// <param name="Events">One page of the timeline, newest first.</param>
/// <param name="MoreEventsUrl">The next page of the timeline; null at its end.</param>
/// <param name="People">Everybody the task can be handed to.</param>
/// <param name="AlertThreshold">Of the business; signals below it are not shown.</param>
/// <param name="OffersApology">An apology was prepared and waits for a person's word.</param>
/// <param name="CanReopen">Closed less than a day ago.</param>
/// <param name="Values">What was typed into the close form when it had errors.</param>
/// <param name="Notice">What the last action did, in words; null on a plain visit.</param>
public sealed record TaskModel(
    PageFrame Frame,
    ManageNav Nav,
    string Url,
    CallBackTask Task,
    string OwnerName,
    IReadOnlyList<TaskFeedback> Feedbacks,
    IReadOnlyList<TaskEvent> Events,
    string? MoreEventsUrl,
    IReadOnlyList<PersonChoice> People,
    double AlertThreshold,
    bool OffersApology,
    bool CanReopen,
    ActionValues Values,
    IReadOnlyList<FieldError> Errors,
    string? Notice,
    string Zone,
    DateTimeOffset Now);
