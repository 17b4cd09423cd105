using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.TestKit;

/// <summary>Letters without any beauty: who, about what, and each link on a line of its own as <c>Purpose: address</c>.</summary>
public sealed class PlainLetterWriter : ILetterWriter
{
    public ValueTask<Letter> WriteAsync(LetterDraft draft)
    {
        var (kind, about, task, until) = draft switch
        {
            ApologyDraft apology => (LetterKind.Apology, $"Sorry. {apology.Owner.Name} calls by {apology.Task.Promise.By:O}.\n{apology.Quote}", apology.Task.Id, apology.Task.Promise.By),
            AlertDraft alert => (LetterKind.Alert, $"{(alert.Joined ? "Again" : "New")} task\n{Lines(alert.Links)}", alert.Task.Id, null),
            ReminderDraft reminder => (LetterKind.Reminder, $"{reminder.Step}\n{Lines(reminder.Links)}", reminder.Task.Id, reminder.Task.Promise.By),
            EscalationDraft escalation => (LetterKind.Escalation, $"{escalation.Step}\n{Lines(escalation.Links)}", escalation.Task.Id, null),
            SignInDraft signIn => (LetterKind.SignIn, $"SignIn: {signIn.Link}", (TaskId?)null, (DateTimeOffset?)(signIn.At + Link.SignInLife)),
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.GetType().Name, "There is no letter for this draft."),
        };
        return ValueTask.FromResult(new Letter(
            draft.Id, kind, draft.Business.Slug, draft.Business.Name, draft.Business.ReplyTo, draft.To, $"{kind}: {about.Split('\n')[0]}", $"<p>{about}</p>", about, task,
            draft.At, until));
    }

    private static string Lines(IReadOnlyDictionary<LinkPurpose, Uri> links) => string.Join('\n', links.Select(link => $"{link.Key}: {link.Value}"));
}

public static class LetterLinks
{
    /// <summary>The token behind the line that begins with this word.</summary>
    public static string TokenOf(this Letter letter, LinkPurpose purpose) =>
        letter.Text.Split('\n').First(line => line.StartsWith(purpose + ": ", StringComparison.Ordinal)).Split('/')[^1];
}
