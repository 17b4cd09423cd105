using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Customers;

namespace FeedbackFlow.App.Pages.Manage;

/// <param name="PerhapsSame">Another customer who gave the same e-mail with another phone; nobody merges them but a person's eye.</param>
/// <param name="Feedbacks">Newest first.</param>
/// <param name="NextUrl">The next page of the list; null at its end.</param>
public sealed record CustomerModel(
    PageFrame Frame, ManageNav Nav, CustomerLine Customer, CustomerLine? PerhapsSame, IReadOnlyList<TaskFeedback> Feedbacks, string? NextUrl, double AlertThreshold, string Zone,
    DateTimeOffset Now);
