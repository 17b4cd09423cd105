using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Letters;

/// <summary>
/// A letter to a person who works here in a few lines, for chats, push messages and SMS: who, why with the words that weigh most, by when, and the taps "I have it" and "open the task".
/// The customer's number, address and whole text stay behind the links: copies in a chat cannot be erased.
/// </summary>
public static class BriefText
{
    /// <summary>A summary is read on its page; here are the most pressing.</summary>
    private const int MostTasks = 8;

    /// <summary>Null for letters that go by mail only.</summary>
    public static Brief? Of(LetterDraft draft, Words words) => draft switch
    {
        AlertDraft alert => new(
            AlertText.Subject(alert, words, isolated: true),
            [.. Why(alert.Task, alert.Reading, alert.Feedback, words), .. Deadline(alert.Task, words.Times(alert.Business.Zone, alert.At), words), .. AlertText.Notes(alert, words)],
            Links(alert.Links, alert.TaskPage, words)),
        ReminderDraft reminder => new(
            ReminderText.Subject(reminder, words, isolated: true),
            [.. Why(reminder.Task, reminder.Reading, reminder.Feedback, words), ReminderText.Left(reminder, words), .. Deadline(reminder.Task, words.Times(reminder.Business.Zone, reminder.At), words)],
            Links(reminder.Links, reminder.TaskPage, words)),
        EscalationDraft escalation => new(
            EscalationText.Subject(escalation, words, isolated: true),
            [
                .. Why(escalation.Task, escalation.Reading, escalation.Feedback, words), EscalationText.What(escalation, words), EscalationText.Due(escalation, words),
                words.Say(EscalationText.OwnerKey(escalation), ("owner", Plain.Isolated(Plain.Name(escalation.Owner.Name)))),
            ],
            Links(escalation.Links, escalation.TaskPage, words)),
        WishDraft wish => new(WishText.Subject(wish, words, isolated: true), [WishText.Due(wish, words) ?? words["wish.no-call"]], Links(wish.Links, wish.TaskPage, words)),
        SummaryDraft summary => new(SummaryText.Subject(summary, words), [.. Tasks(summary, words)], [new(words["summary.board"], summary.Board)]),
        TrialDraft trial => new(words["trial.subject"], [TrialText.What(trial, words)], [new(words["summary.board"], trial.Board)]),
        _ => null,
    };

    private static IEnumerable<string> Why(CallBackTask task, Reading reading, Feedback feedback, Words words)
    {
        yield return Words.Capital(words.Reasons(task.Reasons));
        if (Customer.KeyWords(task, reading, feedback.Text) is { } keyWords) yield return Plain.Isolated(words.Say("why.words", ("words", keyWords)));
    }

    private static IEnumerable<string> Deadline(CallBackTask task, Times times, Words words)
    {
        yield return words["deadline." + Customer.Deed(task.Contact)] + " " + times.Due(task.Promise.From, task.Promise.By);
        if (task.Promise.WasTold) yield return words["deadline.told"];
    }

    private static IEnumerable<string> Tasks(SummaryDraft draft, Words words)
    {
        foreach (var line in draft.Lines.Take(MostTasks))
            yield return $"{Customer.NameInSubject(line.Task.Contact, words, isolated: true)}: {words.Reasons(line.Task.Reasons)} ({SummaryText.Due(draft, line, words)})";
        if (draft.Lines.Count > MostTasks) yield return words.Count("brief.more-tasks", draft.Lines.Count - MostTasks);
    }

    private static IReadOnlyList<BriefLink> Links(IReadOnlyDictionary<LinkPurpose, Uri> links, Uri taskPage, Words words) =>
        links.TryGetValue(LinkPurpose.Claim, out var claim) ? [new(Taps.Say(words, LinkPurpose.Claim), claim), new(words["taps.task-page"], taskPage)] : [new(words["taps.task-page"], taskPage)];
}
