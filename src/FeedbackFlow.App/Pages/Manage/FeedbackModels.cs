using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Manage;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Pages.Manage;

/// <param name="Feedbacks">Newest first.</param>
/// <param name="NextUrl">The next page of the list; null at its end.</param>
public sealed record FeedbackListModel(
    PageFrame Frame, ManageNav Nav, IReadOnlyList<TaskFeedback> Feedbacks, string? NextUrl, double AlertThreshold, string Zone, DateTimeOffset Now);

/// <param name="TaskUrl">The page of the task that follows it; null where there is none.</param>
/// <param name="Passages">The pieces a person can point at with "you missed this".</param>
public sealed record FeedbackModel(
    PageFrame Frame, ManageNav Nav, TaskFeedback Said, string? TaskUrl, IReadOnlyList<Evidence> Passages, double AlertThreshold, string? Notice, string Zone, DateTimeOffset Now)
{
    public IReadOnlyList<FieldError> Errors => Said.ReplyError is { } why ? [new("reply-" + Said.Feedback.Id, why)] : [];
}

/// <param name="Corrections">Newest first.</param>
public sealed record CorrectionsModel(
    PageFrame Frame, ManageNav Nav, IReadOnlyList<Correction> Corrections, bool MayExport, string? Notice, string Zone, DateTimeOffset Now);

/// <param name="Key">Names the correction in the form that chooses lines.</param>
public sealed record ExportRow(string Key, ExportedCorrection Exported);

public sealed record ExportModel(PageFrame Frame, ManageNav Nav, IReadOnlyList<ExportRow> Rows);
