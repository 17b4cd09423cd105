using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Customers;

/// <summary>What stays of each thing when a customer's data is erased: ids, times, ratings and counts. Words, evidence, names and addresses go. Doing it again changes nothing.</summary>
public static class Erased
{
    /// <summary>Stands where words stood.</summary>
    public const string Mark = "—";

    public static Feedback Of(Feedback feedback, DateTimeOffset at) => feedback with
    {
        Text = null,
        Contact = Contact.None,
        From = feedback.From is { } said ? said with { Url = null, Reference = null, ReviewId = null, Details = [] } : null,
        ErasedAt = feedback.ErasedAt ?? at,
    };

    public static Reading Of(Reading reading) => reading with
    {
        Signals = [.. reading.Signals.Select(signal => signal with { Evidence = [] })],
        Findings = [.. reading.Findings.Select(finding => finding with { Evidence = [] })],
        Opinions = [],
    };

    /// <summary>An open task stays until a person closes it with an outcome. Nobody can be called any more: its promise is let go, and time does nothing to it.</summary>
    public static CallBackTask Of(CallBackTask task, DateTimeOffset at) => task with
    {
        Contact = Contact.None,
        Closing = task.Closing is { } closing ? closing with { Reason = Mark, Gesture = closing.Gesture is null ? null : Mark } : null,
        Promise = task.Promise.Release(at),
        Ladder = task.Ladder with { Next = null, NextAt = null },
        ErasedAt = task.ErasedAt ?? at,
    };

    /// <summary>The line of somebody who acted stays; what was typed goes, and so does the name of a customer who was written to.</summary>
    public static TaskEvent Of(TaskEvent happened) => happened with
    {
        Detail = happened.Detail is null || happened.Kind == TaskEventKind.HandedOver ? happened.Detail : Mark,
        Who = IsToCustomer(happened.Kind) ? null : happened.Who,
    };

    /// <summary>A letter that was not sent is withdrawn. A summary speaks of others as well: it waits on, to be written anew when it leaves.</summary>
    public static OutboxEntry Of(OutboxEntry entry, DateTimeOffset at)
    {
        var to = IsToCustomer(entry.Letter.Kind) ? new Recipient("", "", entry.Letter.To.Language) : entry.Letter.To;
        var empty = entry with { Letter = entry.Letter with { To = to, Subject = "", Html = "", Text = "", Brief = null } };
        if (entry.State is LetterState.Sent or LetterState.Withdrawn) return empty;
        return entry.Letter.Kind == LetterKind.Summary ? empty with { Held = true } : empty with { State = LetterState.Withdrawn, DueAt = at };
    }

    public static Job Of(Job job) => job with { Contact = Contact.None, Service = Mark };

    public static CustomerLine Of(CustomerLine line) => line with { Contact = Contact.None };

    public static bool Is(Letter letter) => letter is { Subject: "", Html: "", Text: "", Brief: null };

    public static bool IsToCustomer(LetterKind kind) => kind switch
    {
        LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Tried or LetterKind.GaveUp or LetterKind.CheckBack or LetterKind.Reply => true,
        LetterKind.Alert or LetterKind.Reminder or LetterKind.Escalation or LetterKind.Summary or LetterKind.Digest or LetterKind.Wish or LetterKind.SignIn or LetterKind.Trial or LetterKind.Event => false,
    };

    private static bool IsToCustomer(TaskEventKind kind) =>
        kind is TaskEventKind.ApologySent or TaskEventKind.AcknowledgementSent or TaskEventKind.TriedSent or TaskEventKind.GaveUpSent or TaskEventKind.CheckBackSent or TaskEventKind.LetterSetAside;
}
