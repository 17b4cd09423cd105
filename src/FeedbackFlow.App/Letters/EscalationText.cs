using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Letters;

/// <summary>The escalation's subject and plain part; <see cref="EscalationLetter"/> is its HTML.</summary>
public static class EscalationText
{
    public static string Subject(EscalationDraft draft, Words words, bool isolated = false) =>
        words.Say(
            "escalation.subject." + Stage(draft),
            ("who", Customer.NameInSubject(draft.Task.Contact, words, isolated)),
            ("due", words.Say(
                draft.Task.Promise.WasTold ? "escalation.promised" : "escalation.targeted",
                ("by", words.Times(draft.Business.Zone, draft.At).ShortBy(draft.Task.Promise.By)))));

    public static string Write(EscalationDraft draft, Words words)
    {
        var letter = new TextLetter().Line(Customer.Name(draft.Task.Contact, words));
        ManagerText.Why(letter, draft.Task, draft.Reading, draft.Feedback.Text, words);
        letter.Line(What(draft, words)).Line(Due(draft, words)).Paragraph(words.Say(OwnerKey(draft), ("owner", Plain.Name(draft.Owner.Name))));
        ManagerText.Reach(letter, draft.Task.Contact, words);
        ManagerText.Said(letter, draft.Feedback.Text, Marks.Of(draft.Reading, draft.Business.Policy.AlertThreshold), words);
        ManagerText.TapsAndPage(letter, draft.Links, draft.TaskPage, words);
        return letter.Line(words[FootKey(draft)]).ToString();
    }

    public static string What(EscalationDraft draft, Words words) => words["escalation.what." + Stage(draft)];

    /// <summary>What was told, and how long ago that was.</summary>
    public static string Due(EscalationDraft draft, Words words)
    {
        var times = words.Times(draft.Business.Zone, draft.At);
        return words.Say(
            draft.Task.Promise.WasTold ? "escalation.due.told" : "escalation.due",
            ("by", times.By(draft.Task.Promise.By)), ("since", times.Since(draft.Task.Promise.By)));
    }

    public static string OwnerKey(EscalationDraft draft) => draft.Task.State == TaskState.Claimed ? "escalation.owner.claimed" : "escalation.owner";

    public static string FootKey(EscalationDraft draft) => draft.Step == LadderStep.Broken ? "escalation.foot.broken" : "escalation.foot";

    private static string Stage(EscalationDraft draft) => draft.Step switch
    {
        LadderStep.Again => "again",
        LadderStep.Broken => draft.Task.Promise.WasTold ? "broken" : "missed",
        LadderStep.Overdue or LadderStep.Half or LadderStep.Late => "overdue",
    };
}
