using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Actions;

/// <summary>From a posted form to an act, or to what is missing.</summary>
internal static class ActionInput
{
    public static ActionValues ValuesOf(IFormCollection form) => new(
        Enum.GetValues<Outcome>().Cast<Outcome?>().FirstOrDefault(outcome => Words.Kebab(outcome!.Value.ToString()) == form[ActionFields.Outcome]),
        form[ActionFields.Reason],
        form[ActionFields.ReasonText],
        form[ActionFields.Gesture],
        form[ActionFields.Person]);

    public static (Act? Act, IReadOnlyList<FieldError> Errors) ActOf(Tap tap, ActionValues values)
    {
        var (person, words) = (tap.Person, Words.For(tap.Person.Language));
        return tap.Link.Purpose switch
        {
            LinkPurpose.Claim => (new Claim(person.Id, person.Name), []),
            LinkPurpose.NoAnswer => (new NoAnswer(person.Name), []),
            LinkPurpose.ReachedSaved => CloseOf(Outcome.Saved, values, person, words, ActionFields.Reason),
            LinkPurpose.ReachedLost => CloseOf(Outcome.Lost, values, person, words, ActionFields.Reason),
            LinkPurpose.HandOver => HandOverOf(tap.Business, values, person, words),
            LinkPurpose.SendApology => (new SendApology(person.Name), []),
            LinkPurpose.JobForm or LinkPurpose.OpenForm or LinkPurpose.SignIn or LinkPurpose.CustomerPage => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <param name="reasonField">Where a missing reason is shown.</param>
    public static (Act? Act, IReadOnlyList<FieldError> Errors) CloseOf(Outcome? outcome, ActionValues values, Person person, Words words, string reasonField)
    {
        var errors = new List<FieldError>();
        if (outcome is null) errors.Add(new(ActionFields.Outcome, words["action.error.outcome"]));
        var reason = CloseReasons.Compose(words, outcome ?? Outcome.NoFault, values.Reason, values.ReasonText);
        if (reason is null) errors.Add(new(reasonField, words[reasonField == ActionFields.Reason ? "action.error.reason" : "action.error.reason-text"]));
        foreach (var (field, text) in new[] { (ActionFields.ReasonText, values.ReasonText), (ActionFields.Gesture, values.Gesture) })
        {
            if (text?.Length > CloseReasons.LongestText) errors.Add(new(field, words["action.error.too-long"]));
        }

        var gesture = string.IsNullOrWhiteSpace(values.Gesture) ? null : PlainText.WellFormed(values.Gesture.Trim());
        return errors.Count > 0 ? (null, errors) : (new Close(outcome!.Value, PlainText.WellFormed(reason!), gesture, person.Name), []);
    }

    public static (Act? Act, IReadOnlyList<FieldError> Errors) HandOverOf(Business business, ActionValues values, Person person, Words words) =>
        business.People.FirstOrDefault(other => other.Id.Value == values.Person) is { } to
            ? (new HandOver(to.Id, person.Name), [])
            : (null, [new(ActionFields.Person, words["action.error.person"])]);
}
