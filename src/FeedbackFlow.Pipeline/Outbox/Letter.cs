using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Outbox;

public enum LetterKind
{
    Apology,
    Alert,
    Reminder,
    Escalation,
    SignIn,

    /// <summary>To the owner of a task: the customer chose another time or way.</summary>
    Wish,

    /// <summary>To the customer, three days after closing: did we solve it?</summary>
    CheckBack,

    /// <summary>To the customer in a time of rest: it arrived, and by when somebody calls.</summary>
    Acknowledgement,

    /// <summary>To the customer: we tried, and when we call again.</summary>
    Tried,

    /// <summary>To the customer after the last attempt: we stop, and how to come back.</summary>
    GaveUp,

    /// <summary>To a person on duty: many steps at once, in one letter.</summary>
    Summary,

    /// <summary>To a person of the business, at the opening of a working day: how it stands.</summary>
    Digest,

    /// <summary>To a person who works here: a way to be told is tried out.</summary>
    Trial,

    /// <summary>To a system of the business's own: its text is the JSON that is posted.</summary>
    Event,

    /// <summary>Under a public review, at its platform: its text is the reply, its recipient the source and the review's id there.</summary>
    Reply,
}

public sealed record Recipient(string Name, string Address, string Language);

/// <summary>A message as it will be sent: already written, with an id that stays the same over every attempt.</summary>
/// <param name="Id">Becomes the Message-ID or the provider's operation id.</param>
/// <param name="FromName">The business's name; the address is the channel's own.</param>
/// <param name="ReplyTo">A mailbox that people read; null where the business has none.</param>
/// <param name="UsefulUntil">After this the letter is withdrawn instead of sent; null for no such time.</param>
public sealed record Letter(
    LetterId Id,
    LetterKind Kind,
    string Business,
    string FromName,
    string? ReplyTo,
    Recipient To,
    string Subject,
    string Html,
    string Text,
    TaskId? Task,
    DateTimeOffset WrittenAt,
    DateTimeOffset? UsefulUntil)
{
    /// <summary>The step that a reminder or an escalation tells; null for other letters.</summary>
    public LadderStep? Step { get; init; }

    /// <summary>The same for ways that have no room for a letter; null for letters to customers and systems, and where mail is the only way.</summary>
    public Brief? Brief { get; init; }

    /// <summary>Whose task it was when it was written; null for letters about no task.</summary>
    public PersonId? Owner { get; init; }

    /// <summary>It may wait for the end of its reader's quiet hours when that comes by then; null when it must not wait for them.</summary>
    public DateTimeOffset? MayWaitUntil { get; init; }

    /// <summary>Part of a fire drill: how long it took is told by the drill and counted nowhere else.</summary>
    public bool IsDrill { get; init; }
}
