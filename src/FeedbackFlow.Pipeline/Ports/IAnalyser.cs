using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>The mood of a text as somebody else reads it.</summary>
/// <param name="Sentiment">The main direction.</param>
/// <param name="Confidence">Probabilities that sum to 1.</param>
/// <param name="Opinions">What was judged and how, in text order; empty where the analyser does not say.</param>
/// <param name="By">Who read it, with a version, such as <c>language/2022-11-01</c>.</param>
public sealed record Tone(Sentiment Sentiment, SentimentConfidence Confidence, IReadOnlyList<Opinion> Opinions, string By);

/// <summary>
/// Reads the mood of a text somewhere else. It adds to the local reading and never stands in for it: only that one knows who leaves and who will tell others. Kept this
/// narrow so that another analyser, a chat model for example, is one class.
/// </summary>
public interface IAnalyser
{
    /// <summary>Short name for readings, logs and metrics, such as <c>language</c>.</summary>
    string Name { get; }

    /// <summary>Whether it reads this language; asking for another gives nothing.</summary>
    bool Reads(string language);

    /// <param name="text">1 to 10,000 characters; offsets in the result point into it, in UTF-16 units.</param>
    /// <param name="language">ISO 639-1, one that <see cref="Reads"/> knows.</param>
    /// <param name="ct">Cancelled when nobody waits any more.</param>
    /// <exception cref="AnalyserUnavailableException">It did not read the text; the message never repeats it.</exception>
    Task<Tone> ReadAsync(string text, string language, CancellationToken ct);
}

/// <summary>The analyser gave no reading: throttled, down, or answering what cannot be understood.</summary>
/// <param name="message">Without the text.</param>
/// <param name="notBefore">When it asked to be left alone until then.</param>
public sealed class AnalyserUnavailableException(string message, DateTimeOffset? notBefore = null, Exception? inner = null) : Exception(message, inner)
{
    public DateTimeOffset? NotBefore => notBefore;
}
