using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Reads one text. Pure, deterministic, local: no network, no clock.</summary>
public static class SignalDetector
{
    /// <summary>Detector name and version, stored with every reading.</summary>
    public const string Version = "local/5";

    /// <summary>Reads a text of at most 10,000 characters; any string is accepted, an empty one gives a neutral reading.</summary>
    /// <param name="text">The original words; offsets in the result point into this very string.</param>
    /// <param name="rating">The score that came with the words, used only for the score conflict finding.</param>
    public static Reading Read(string? text, Rating? rating)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Reading.OfNothing(Version);
        }

        // Loaded before the phrases: memory for so large a table is best asked for while little else is there to be looked through.
        var model = SignalModel.Shared;
        var (cut, numbered, matches, tone) = Find(text);
        var language = LanguageGuess.Of(cut);
        var clauses = new ClauseReading(numbered, matches, tone);
        var said = model.Weigh(clauses);
        var (sentiment, confidence) = SentimentReader.Of(said.Feelings, language, matches, tone);
        var signals = SignalWeigher.Weigh(clauses, said, language, confidence, SignalJudge.Judge(numbered, matches, tone));
        var findings = FindingReader.Of(numbered, matches, tone, sentiment, confidence, Calibration.Shared.Of(nameof(FindingKind.Sarcasm), language, said.Sarcasm), rating);
        clauses.Return();
        tone.Return();
        Lent<PhraseMatch>.Return(matches);
        numbered.Return();
        return new Reading(language, sentiment, confidence, signals, findings, Version);
    }

    /// <summary>What the learned model sees of a text; for the tool that trains it.</summary>
    internal static ClauseReading ClausesOf(string text)
    {
        var (_, numbered, matches, tone) = Find(text);
        return new ClauseReading(numbered, matches, tone);
    }

    /// <summary>What the phrases alone say; for the tool that trains the model.</summary>
    internal static IReadOnlyList<Signal> PhrasesOf(string text)
    {
        var (_, numbered, matches, tone) = Find(text);
        return SignalJudge.Judge(numbered, matches, tone);
    }

    private static (TokenText Cut, NumberedText Numbered, List<PhraseMatch> Matches, ToneMap Tone) Find(string text)
    {
        var cut = Tokenizer.Cut(text);
        var numbered = PhraseBook.Shared.Number(cut);
        var matches = PhraseBook.Shared.FindAll(numbered);
        return (cut, numbered, matches, ToneMap.Of(numbered, matches));
    }
}
