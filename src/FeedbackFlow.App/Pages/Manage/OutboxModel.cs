using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Pages.Manage;

/// <param name="SendAgainAction">Where "send again" posts; null where the letter needs no person.</param>
public sealed record OutboxRow(OutboxEntry Entry, string? SendAgainAction);

/// <param name="SetAside">Given up; a person decides. Newest first.</param>
/// <param name="Waiting">Not sent yet, oldest due first.</param>
/// <param name="NextUrl">More letters set aside; null at the end.</param>
/// <param name="Notice">What the last action did, in words; null on a plain visit.</param>
public sealed record OutboxModel(
    PageFrame Frame, ManageNav Nav, IReadOnlyList<OutboxRow> SetAside, IReadOnlyList<OutboxRow> Waiting, string? NextUrl, string? Notice, string Zone, DateTimeOffset Now);
