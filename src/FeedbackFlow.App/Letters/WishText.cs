using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Letters;

/// <summary>What a customer chose, told to whoever has the task: subject and plain part; <see cref="WishLetter"/> is its HTML.</summary>
public static class WishText
{
    public static string Subject(WishDraft draft, Words words, bool isolated = false) =>
        words.Say("wish.subject", ("who", Customer.NameInSubject(draft.Task.Contact, words, isolated)), ("what", words.Reason(draft.Task.Reasons[0])));

    public static string Write(WishDraft draft, Words words)
    {
        var letter = new TextLetter().Line(Customer.Name(draft.Task.Contact, words)).Paragraph(Words.Capital(words.Reason(draft.Task.Reasons[0])));
        if (Due(draft, words) is { } due) letter.Line(words["wish.due"]).Paragraph(due);
        else letter.Paragraph(words["wish.no-call"]);
        ManagerText.Reach(letter, draft.Task.Contact, words);
        ManagerText.TapsAndPage(letter, draft.Links, draft.TaskPage, words);
        return letter.Line(words["wish.foot"]).ToString();
    }

    /// <summary>The time that counts now; null when no call is wanted.</summary>
    public static string? Due(WishDraft draft, Words words) => draft.Task.Promise.State == PromiseState.Pending
        ? Words.Capital(words.Times(draft.Business.Zone, draft.At).Due(draft.Task.Promise.From, draft.Task.Promise.By))
        : null;
}
