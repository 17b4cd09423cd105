using FeedbackFlow.App.Layout;

namespace FeedbackFlow.App.Pages.Forms;

/// <summary>For the privacy page and the accessibility statement: whose they are and whom to ask.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="BackUrl">Back to the form; null leaves the link out.</param>
public sealed record NoticeModel(PageFrame Frame, string? Phone, string? Email, string? BackUrl);
