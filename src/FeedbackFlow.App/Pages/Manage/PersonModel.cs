using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Manage;

public static class PersonFields
{
    public const string Kind = "kind";
    public const string Address = "address";
    public const string InQuietHours = "in-quiet-hours";
    public const string From = "from";
    public const string Until = "until";
}

/// <summary>What a person's page posts, below the page's own address.</summary>
public static class PersonActions
{
    public const string Save = "way";
    public const string Sooner = "sooner";
    public const string Remove = "remove";
    public const string Try = "try";
    public const string Marks = "marks";
    public const string Quiet = "quiet";
}

/// <summary>What was typed when something was wrong with it.</summary>
public sealed record PersonTyped(string Kind, string Address, bool InQuietHours, string From, string Until);

/// <param name="Offered">Ways that can be used here, without mail.</param>
/// <param name="Problem">What a trial answered, for whoever knows the other side; null when it went well or none was made.</param>
public sealed record PersonModel(
    PageFrame Frame, ManageNav Nav, string Url, Person Person, IReadOnlyList<WayKind> Offered, bool MayChange, PersonTyped Typed, IReadOnlyList<FieldError> Errors, string? Problem, string? Notice);
