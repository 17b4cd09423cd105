using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Outbox;

public enum LetterKind
{
    Apology,
    Alert,
    Reminder,
    Escalation,
    SignIn,
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
    DateTimeOffset? UsefulUntil);
