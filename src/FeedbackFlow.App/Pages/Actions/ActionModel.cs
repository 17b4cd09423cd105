using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Pages.Actions;

/// <summary>Names of the fields that actions post, on the one-tap page and on the task's page.</summary>
public static class ActionFields
{
    public const string Outcome = "outcome";
    public const string Reason = "reason";
    public const string ReasonText = "reason-text";
    public const string Gesture = "gesture";
    public const string Person = "person";

    /// <summary>The outcome a form posted; null when it is none.</summary>
    public static Outcome? OutcomeOf(string? posted) => Enum.GetValues<Outcome>().Cast<Outcome?>().FirstOrDefault(outcome => Words.Kebab(outcome.ToString()!) == posted);
}

/// <summary>Somebody a task can be handed to.</summary>
public sealed record PersonChoice(PersonId Id, string Name, PersonRole Role, bool IsOnDuty);

/// <summary>What was chosen and typed, as it was.</summary>
public sealed record ActionValues(Outcome? Outcome, string? Reason, string? ReasonText, string? Gesture, string? Person)
{
    public static ActionValues Empty { get; } = new(null, null, null, null, null);
}

/// <summary>A one-tap link that was opened. Nothing has happened yet.</summary>
/// <param name="Purpose">One of claim, reached-saved, reached-lost, no-answer, hand-over, send-apology.</param>
/// <param name="Action">Where the button posts.</param>
/// <param name="Text">What the customer said last; null where there were no words.</param>
/// <param name="People">For hand-over: everybody but the owner.</param>
/// <param name="TaskUrl">The task's page behind the sign-in.</param>
public sealed record ActionModel(
    PageFrame Frame,
    LinkPurpose Purpose,
    string Action,
    CallBackTask Task,
    string OwnerName,
    string? Text,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<PersonChoice> People,
    string TaskUrl,
    ActionValues Values,
    IReadOnlyList<FieldError> Errors,
    string Zone,
    DateTimeOffset Now);
