using System.Text.Json.Serialization;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>What a door read, field by field, before anything was believed. Null stands for a field that was not given.</summary>
/// <param name="Channel"><c>form</c>, <c>review</c>, <c>phone</c>, <c>mail</c> or <c>letter</c>; form when not given.</param>
/// <param name="Scale"><c>nps</c>, <c>csat</c> or <c>stars</c>.</param>
public sealed record Submission(
    string? Channel, string? Scale, int? Score, string? Text, bool WantsCall, string? Name, string? Email, string? Phone, string? JobId)
{
    /// <summary>The branch it is about, by its id. Left out of the content's hash where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Branch { get; init; }
}

public enum ProblemKind
{
    Required,
    NotOneOf,
    OutOfRange,
    TooLong,
    NotAnEmail,
    NotAPhone,
    WrongType,
}

/// <summary>What is wrong with one field, so that each door can say it in its own words.</summary>
/// <param name="Field">Path as the feedback API names it, such as <c>rating.value</c>.</param>
/// <param name="Allowed">What would be right, such as <c>0 to 10</c>.</param>
public sealed record FieldProblem(string Field, ProblemKind Kind, string Allowed);

/// <summary>A submission that may become a feedback.</summary>
public sealed record CheckedSubmission(Channel Channel, Rating? Rating, string? Text, bool WantsCall, Contact Contact, JobId? Job)
{
    /// <summary>As it was given; a door knows which branches there are.</summary>
    public string? Branch { get; init; }
}
