using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Api;

/// <summary>One wrong field of a request.</summary>
internal sealed record ProblemField(string Field, string Message);

/// <summary>Answers that are not what was asked for, as RFC 9457 has them, with a list of fields where fields are wrong.</summary>
internal static class Problems
{
    /// <param name="found">Of one field the first is told: a value of the wrong type is missing, too.</param>
    public static IResult BadFields(IReadOnlyList<FieldProblem> found)
    {
        var problems = found.DistinctBy(problem => problem.Field).ToList();
        var fields = problems.Select(problem => new ProblemField(problem.Field, Message(problem))).ToList();
        return TooLong(problems)
            ? Of(StatusCodes.Status413PayloadTooLarge, "The text is too long.", fields[0].Message, fields)
            : Of(StatusCodes.Status400BadRequest, "Some fields cannot be used.", string.Join(" ", fields.Select(field => field.Message)), fields);
    }

    public static IResult BadField(string field, string message) =>
        Of(StatusCodes.Status400BadRequest, "Some fields cannot be used.", message, [new(field, message)]);

    public static IResult NotJson(string why) => Of(StatusCodes.Status400BadRequest, "The body is not the JSON that was expected.", why, [new("body", why)]);

    /// <param name="reason">A name by which a program tells one refusal from another; null where the status says enough.</param>
    public static IResult Of(int status, string title, string? detail = null, IReadOnlyList<ProblemField>? errors = null, string? reason = null)
    {
        var extensions = new Dictionary<string, object?>();
        if (reason is not null) extensions["reason"] = reason;
        if (errors is not null) extensions["errors"] = errors;
        return Results.Problem(detail, statusCode: status, title: title, extensions: extensions);
    }

    private static bool TooLong(IReadOnlyList<FieldProblem> problems) => problems is [{ Field: "text", Kind: ProblemKind.TooLong }];

    private static string Message(FieldProblem problem) => problem.Kind switch
    {
        ProblemKind.Required => $"{problem.Field} is missing: give {problem.Allowed}.",
        ProblemKind.NotOneOf => $"{problem.Field} is not one of: {problem.Allowed}.",
        ProblemKind.OutOfRange => $"{problem.Field} is out of range: give {problem.Allowed}.",
        ProblemKind.TooLong => $"{problem.Field} is too long: {problem.Allowed}.",
        ProblemKind.NotAnEmail => $"{problem.Field} is no e-mail address: give {problem.Allowed}.",
        ProblemKind.NotAPhone => $"{problem.Field} is no phone number: give {problem.Allowed}.",
        ProblemKind.WrongType => $"{problem.Field} has the wrong type: give {problem.Allowed}.",
    };
}
