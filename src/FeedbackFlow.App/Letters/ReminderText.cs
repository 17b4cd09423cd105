using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Letters;

/// <summary>The reminder's subject and plain part; <see cref="ReminderLetter"/> is its HTML.</summary>
public static class ReminderText
{
    public static string Subject(ReminderDraft draft, Words words, bool isolated = false) =>
        words.Say(
            "reminder.subject." + Customer.Deed(draft.Task.Contact),
            ("who", Customer.NameInSubject(draft.Task.Contact, words, isolated)),
            ("by", words.Times(draft.Business.Zone, draft.At).ShortBy(draft.Task.Promise.By)));

    public static string Write(ReminderDraft draft, Words words)
    {
        var times = words.Times(draft.Business.Zone, draft.At);
        var letter = new TextLetter().Line(Customer.Name(draft.Task.Contact, words));
        ManagerText.Why(letter, draft.Task, draft.Reading, draft.Feedback.Text, words);
        letter.Line(Left(draft, words));
        ManagerText.Deadline(letter, draft.Task, times, words);
        ManagerText.Reach(letter, draft.Task.Contact, words);
        ManagerText.Said(letter, draft.Feedback.Text, Marks.Of(draft.Reading, draft.Business.Policy.AlertThreshold), words);
        ManagerText.TapsAndPage(letter, draft.Links, draft.TaskPage, words);
        return letter.Line(words[FootKey(draft)]).ToString();
    }

    /// <summary>"30 minutes left"; by the clock on the wall, which is what the reader looks at.</summary>
    public static string Left(ReminderDraft draft, Words words) =>
        draft.Task.Promise.By > draft.At
            ? words.Say("reminder.left", ("left", words.Times(draft.Business.Zone, draft.At).Until(draft.Task.Promise.By)))
            : words["reminder.now"];

    public static string FootKey(ReminderDraft draft) => draft.Step == LadderStep.Half ? "reminder.foot.half" : "reminder.foot.late";
}
