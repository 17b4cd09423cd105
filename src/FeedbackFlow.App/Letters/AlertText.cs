using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Letters;

/// <summary>The alert's subject, readable on a lock screen, and its plain part; <see cref="AlertLetter"/> is its HTML.</summary>
public static class AlertText
{
    public static string Subject(AlertDraft draft, Words words, bool isolated = false) =>
        words.Say(
            "alert.subject." + Customer.Deed(draft.Task.Contact),
            ("who", Customer.NameInSubject(draft.Task.Contact, words, isolated)),
            ("why", draft.Task.Reasons.Count > 0 ? words.Reason(draft.Task.Reasons[0]) : words["reason.signal"]),
            ("by", words.Times(draft.Business.Zone, draft.At).ShortBy(draft.Task.Promise.By)));

    public static string Write(AlertDraft draft, Words words)
    {
        var times = words.Times(draft.Business.Zone, draft.At);
        var letter = new TextLetter().Line(Customer.Name(draft.Task.Contact, words));
        ManagerText.Why(letter, draft.Task, draft.Reading, draft.Feedback.Text, words);
        ManagerText.Deadline(letter, draft.Task, times, words);
        foreach (var note in Notes(draft, words)) letter.Paragraph(note);
        ManagerText.Reach(letter, draft.Task.Contact, words);
        ManagerText.Said(letter, draft.Feedback.Text, Marks.Of(draft.Reading, draft.Business.Policy.AlertThreshold), words);
        if (PublicReply.Draft(draft.Business, draft.Feedback, draft.Reading) is { } reply)
        {
            if (draft.Feedback.From?.Url is { } url) letter.Alone(words["reply.where"], url);
            letter.Line(words["reply.caption"]).Quote(reply);
        }

        if (draft.Earlier.Count > 0)
        {
            letter.Line(Words.Capital(History(draft, words)));
            foreach (var at in draft.Earlier) letter.Line(Words.Capital(times.Moment(at)));
            letter.Blank();
        }

        ManagerText.TapsAndPage(letter, draft.Links, draft.TaskPage, words);
        return letter.Line(words.Say("alert.foot", ("owner", Plain.Name(draft.Owner.Name)), ("business", Plain.Name(draft.Business.Name)))).ToString();
    }

    /// <summary>"Third contact without an answer. Before:"</summary>
    public static string History(AlertDraft draft, Words words) =>
        words.Say("alert.history", ("which", words.Reason(new Reason(ReasonKind.Unanswered, Count: draft.Earlier.Count + 1))));

    public static IEnumerable<string> Notes(AlertDraft draft, Words words)
    {
        if (draft.Joined) yield return words["alert.joined"];
        if (draft.StandsIn) yield return words["alert.stands-in"];
    }
}
