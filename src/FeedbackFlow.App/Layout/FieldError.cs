namespace FeedbackFlow.App.Layout;

/// <param name="Field">Name of the field in the form; null where the whole form is meant.</param>
/// <param name="Message">In the page's language; says what to do.</param>
public sealed record FieldError(string? Field, string Message);

public static class FieldErrors
{
    public static string? For(this IReadOnlyList<FieldError> errors, string field) => errors.FirstOrDefault(error => error.Field == field)?.Message;
}
