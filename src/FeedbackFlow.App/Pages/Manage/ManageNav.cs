using FeedbackFlow.App.Layout;

namespace FeedbackFlow.App.Pages.Manage;

public enum ManageTab
{
    Open,
    Closed,
    Promises,
    Feedbacks,
    Outbox,
    Sources,
    Settings,

    /// <summary>A page below the lists.</summary>
    None,
}

/// <summary>What stands above every page behind the sign-in.</summary>
/// <param name="SetAside">Letters that wait for a person; shown beside the outbox when there are any.</param>
/// <param name="Token">Antiforgery field, for sign-out and for every form of the page.</param>
public sealed record ManageNav(string PersonName, string OpenUrl, string ClosedUrl, string OutboxUrl, string SignOutAction, int SetAside, FormToken? Token)
{
    public string PromisesUrl => "/manage/promises";

    public string SettingsUrl => "/manage/settings";
}
