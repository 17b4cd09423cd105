using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>Puts a draft into the recipient's language, as HTML and as text. It happens before the commit, so a letter that is stored can be sent.</summary>
public interface ILetterWriter
{
    ValueTask<Letter> WriteAsync(LetterDraft draft);
}
