using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Manage;

/// <param name="Ended">How it ended; null while it is pending.</param>
public sealed record PromiseRow(LedgerLine Told, LedgerLine? Ended, string OwnerName, string TaskUrl)
{
    /// <summary>An attempt stands, and the customer says that nobody called.</summary>
    public bool IsDisputed { get; init; }
}

/// <param name="Rows">Latest time told first.</param>
public sealed record PromisesModel(PageFrame Frame, ManageNav Nav, PromiseTally Tally, IReadOnlyList<PromiseRow> Rows, string? NextUrl, string Zone, DateTimeOffset Now);
