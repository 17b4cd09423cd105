using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Forms;

/// <summary>What is wrong with a posted form, in the words of its page.</summary>
internal static class FormErrors
{
    public static IReadOnlyList<FieldError> Of(IReadOnlyList<FieldProblem> problems, Words words) =>
        [.. problems.Select(problem => problem switch
        {
            { Field: "rating.value" or "rating.scale" } => new FieldError(FormFields.Score, words["form.error.score"]),
            { Field: "text", Kind: ProblemKind.TooLong } => new(FormFields.Words, words["form.error.too-long"]),
            { Field: "text" } => new(FormFields.Score, words["form.error.nothing"]),
            { Field: "customer.name" } => new(FormFields.Name, words["form.error.field-too-long"]),
            { Field: "customer.email" } => new(FormFields.Email, words["form.error.email"]),
            { Field: "customer.phone" } => new(FormFields.Phone, words["form.error.phone"]),
            _ => new(null, words["form.error.nothing"]),
        })];

    /// <summary>A call that was asked for needs somewhere to call.</summary>
    public static IReadOnlyList<FieldError> OfMissingContact(CheckedSubmission submission, Contact? known, Words words) =>
        submission.WantsCall && !submission.Contact.CanBeReached && known?.CanBeReached != true ? [new(FormFields.Phone, words["form.error.call-needs-phone"])] : [];
}
