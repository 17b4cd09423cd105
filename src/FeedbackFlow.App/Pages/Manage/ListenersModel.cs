using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Manage;

public static class ListenerFields
{
    public const string Address = "address";
    public const string Event = "event";
    public const string Letter = "letter";
}

/// <summary>What a listener's page posts, below the page's own address.</summary>
public static class ListenerActions
{
    public const string NewSecret = "secret";
    public const string Test = "test";
    public const string Replay = "replay";
    public const string SwitchOn = "on";
    public const string SwitchOff = "off";
    public const string Remove = "remove";
}

/// <param name="TypedAddress">What was typed when there were errors.</param>
public sealed record ListenersModel(
    PageFrame Frame, ManageNav Nav, IReadOnlyList<Listener> Listeners, string? TypedAddress, IReadOnlyList<FieldError> Errors, string? Notice, string Zone, DateTimeOffset Now);

/// <param name="NewSecret">A secret that was just made: shown this once.</param>
/// <param name="Posted">The newest events for it, posted or not.</param>
public sealed record ListenerModel(
    PageFrame Frame, ManageNav Nav, string Url, Listener Listener, string? NewSecret, IReadOnlyList<OutboxEntry> Posted, string? NextUrl, string? Notice, string Zone, DateTimeOffset Now);
