using FeedbackFlow.App.Layout;

namespace FeedbackFlow.App.Pages.Forms;

/// <summary>Names of the form's fields, as they are posted.</summary>
public static class FormFields
{
    public const string Submission = "submission";
    public const string Score = "score";
    public const string Words = "words";
    public const string CallMe = "call";
    public const string Name = "name";
    public const string Phone = "phone";
    public const string Email = "email";
}

/// <summary>What was typed, as it was typed, so that nothing is lost when something has to be corrected.</summary>
/// <param name="Score">1 to 5.</param>
public sealed record FormValues(int? Score, string? Text, bool WantsCall, string? Name, string? Phone, string? Email)
{
    public static FormValues Empty { get; } = new(null, null, false, null, null, null);
}

/// <param name="Action">Where the form is posted.</param>
/// <param name="SubmissionId">Makes a form that is sent twice one feedback.</param>
/// <param name="Service">The service of a job's link; null for an open link.</param>
/// <param name="BusinessPhone">E.164; how to reach a person without the form.</param>
/// <param name="ContactKnown">A job's link: the business has the customer's details and they are not shown.</param>
public sealed record FormModel(
    PageFrame Frame,
    string Action,
    string SubmissionId,
    string? Service,
    bool ContactKnown,
    string? BusinessPhone,
    string? BusinessEmail,
    FormValues Values,
    IReadOnlyList<FieldError> Errors)
{
    public const int LongestText = 10_000;
}
