using FeedbackFlow.App.Layout;

namespace FeedbackFlow.App.Pages.Manage;

/// <summary>Names of the fields on the staff page.</summary>
public static class StaffFields
{
    public const string How = "how";
    public const string Words = "words";
    public const string Name = "name";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string Score = "score";
    public const string Url = "url";
    public const string Submission = "submission";

    /// <summary>How it came, in the order of the page: the first is what happens most.</summary>
    public static readonly IReadOnlyList<string> Ways = ["phoned", "wrote", "came-in", "faxed", "review"];
}

/// <param name="Values">What was typed, by field; empty on a plain visit.</param>
/// <param name="Submission">Keeps a form that is sent twice one feedback.</param>
public sealed record StaffModel(PageFrame Frame, ManageNav Nav, IReadOnlyDictionary<string, string> Values, string Submission, IReadOnlyList<FieldError> Errors, string? Notice)
{
    public string Value(string field) => Values.GetValueOrDefault(field, "");
}
