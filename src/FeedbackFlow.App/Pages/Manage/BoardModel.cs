using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Pages.Manage;

/// <param name="Text">What the customer said last; null where there were no words.</param>
/// <param name="Url">The task's page.</param>
public sealed record BoardRow(CallBackTask Task, string OwnerName, string? Text, IReadOnlyList<Evidence> Evidence, string Url);

/// <param name="Rows">In the order they are shown: open ones by deadline, closed ones newest first.</param>
/// <param name="NextUrl">The next page of the list; null at its end.</param>
public sealed record BoardModel(PageFrame Frame, ManageNav Nav, bool Closed, IReadOnlyList<BoardRow> Rows, string? NextUrl, string Zone, DateTimeOffset Now);
