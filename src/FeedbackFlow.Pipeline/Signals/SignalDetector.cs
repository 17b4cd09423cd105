using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Reads one text. Pure, deterministic, local: no network, no clock.</summary>
public static class SignalDetector
{
    /// <summary>Detector name and version, stored with every reading.</summary>
    public const string Version = "local/1";

    /// <summary>Reads a text of at most 10,000 characters; any string is accepted, an empty one gives a neutral reading.</summary>
    /// <param name="text">The original words; offsets in the result point into this very string.</param>
    /// <param name="rating">The score that came with the words, used only for the score conflict finding.</param>
    public static Reading Read(string? text, Rating? rating)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Reading.OfNothing(Version);
        }

        var (cut, numbered, matches, tone, signals) = Understand(text);
        var language = LanguageGuess.Of(cut);
        var (sentiment, confidence) = SentimentReader.Of(numbered, language, matches, tone, signals);
        var findings = FindingReader.Of(numbered, matches, tone, sentiment, confidence, rating);
        return new Reading(language, sentiment, confidence, signals, findings, Version);
    }

    /// <summary>What the sentiment model sees of a text; for the tool that trains it.</summary>
    internal static SentimentFeatures FeaturesOf(string text)
    {
        var (_, numbered, matches, tone, signals) = Understand(text);
        return SentimentReader.FeaturesOf(numbered, matches, tone, signals);
    }

    private static (TokenText Cut, NumberedText Numbered, List<PhraseMatch> Matches, ToneMap Tone, IReadOnlyList<Signal> Signals) Understand(string text)
    {
        var cut = Tokenizer.Cut(text);
        var numbered = PhraseBook.Shared.Number(cut);
        var matches = PhraseBook.Shared.FindAll(numbered);
        var tone = ToneMap.Of(numbered, matches);
        return (cut, numbered, matches, tone, SignalJudge.Judge(numbered, matches, tone));
    }
}
