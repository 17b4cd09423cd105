namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A business's corrections, applied to a reading: the same phrase is read as a person of this business said, at once and nowhere else.</summary>
public static class Corrections
{
    /// <summary>More than this in one business is a detector that must be mended, not corrected; it also bounds the business's row.</summary>
    public const int Most = 300;

    public const int MostWords = 40;

    /// <summary>Bounds the row as well: words may be long.</summary>
    public const int LongestPhrase = 400;

    /// <summary>Behind the detector's name where a correction changed its reading.</summary>
    public const string Mark = "+corrected";

    /// <summary>A person said so, about these very words; the words around them may still say something else.</summary>
    private const double Sure = 0.95;

    /// <summary>
    /// "Not a threat" takes back evidence of its kind of which the phrase is at least half the words; a signal without evidence is gone.
    /// "You missed this" adds the phrase as evidence. A text that was not read is left alone: a person looks at it anyway.
    /// </summary>
    public static Reading Apply(Reading reading, string? text, IReadOnlyList<Correction> corrections)
    {
        if (corrections.Count == 0 || string.IsNullOrEmpty(text) || !reading.WordsWereRead) return reading;
        var words = Cut(text);
        var signals = reading.Signals.ToList();
        var changed = false;
        foreach (var correction in corrections.OrderBy(correction => correction.IsSignal))
        {
            foreach (var found in Occurrences(words, WordsOf(correction.Phrase)))
            {
                changed |= correction.IsSignal ? Add(signals, correction.Kind, found) : TakeBack(signals, correction.Kind, found, words);
            }
        }

        return changed
            ? reading with { Signals = [.. signals.OrderByDescending(signal => signal.Confidence)], AnalysedBy = reading.AnalysedBy + Mark }
            : reading;
    }

    /// <summary>Null where the business knows this already, or holds <see cref="Most"/>. The opposite of it is replaced.</summary>
    public static IReadOnlyList<Correction>? With(IReadOnlyList<Correction> known, Correction learnt)
    {
        var same = known.FirstOrDefault(correction => correction.Key == learnt.Key);
        if (same is not null) return same.IsSignal == learnt.IsSignal ? null : [.. known.Where(correction => correction != same), learnt];
        return known.Count < Most ? [.. known, learnt] : null;
    }

    /// <summary>Whether a phrase can be learnt: it has words, and not too many.</summary>
    public static bool CanLearn(string phrase) => phrase.Length <= LongestPhrase && WordsOf(phrase).Count is > 0 and <= MostWords;

    /// <summary>The phrase as it is compared: after the spelling was folded.</summary>
    internal static IReadOnlyList<string> WordsOf(string phrase) => [.. Cut(phrase).Select(word => word.Folded)];

    private static List<Word> Cut(string text)
    {
        var words = new List<Word>();
        foreach (var token in Tokenizer.Cut(text).Tokens) words.Add(new(token.Word.ToString(), token.Start, token.End));
        return words;
    }

    private static IEnumerable<Evidence> Occurrences(IReadOnlyList<Word> words, IReadOnlyList<string> phrase)
    {
        for (var at = 0; phrase.Count > 0 && at + phrase.Count <= words.Count; at++)
        {
            var i = 0;
            while (i < phrase.Count && words[at + i].Folded == phrase[i]) i++;
            if (i < phrase.Count) continue;
            yield return new(words[at].Start, words[at + i - 1].End - words[at].Start);
            at += i - 1;
        }
    }

    private static bool TakeBack(List<Signal> signals, SignalKind kind, Evidence phrase, IReadOnlyList<Word> words)
    {
        var at = signals.FindIndex(signal => signal.Kind == kind);
        if (at < 0) return false;
        var left = signals[at].Evidence.Where(evidence => !IsMostly(evidence, phrase, words)).ToList();
        if (left.Count == signals[at].Evidence.Count) return false;
        if (left.Count == 0) signals.RemoveAt(at);
        else signals[at] = signals[at] with { Evidence = left };
        return true;
    }

    private static bool IsMostly(Evidence evidence, Evidence phrase, IReadOnlyList<Word> words)
    {
        var inEvidence = words.Where(word => word.Start >= evidence.Start && word.End <= evidence.End).ToList();
        var covered = inEvidence.Count(word => word.Start >= phrase.Start && word.End <= phrase.End);
        return covered > 0 && 2 * covered >= inEvidence.Count;
    }

    private static bool Add(List<Signal> signals, SignalKind kind, Evidence phrase)
    {
        var at = signals.FindIndex(signal => signal.Kind == kind);
        if (at < 0)
        {
            signals.Add(new(kind, SignalStrength.Threat, Sure, [phrase]));
            return true;
        }

        var known = signals[at];
        var apart = known.Evidence.All(evidence => evidence.End <= phrase.Start || phrase.End <= evidence.Start);
        if (known.Confidence >= Sure && !apart) return false;
        signals[at] = known with
        {
            Confidence = Math.Max(known.Confidence, Sure),
            Evidence = apart ? [.. known.Evidence.Append(phrase).OrderBy(evidence => evidence.Start)] : known.Evidence,
        };
        return true;
    }

    /// <param name="Folded">After the detector's spelling.</param>
    private readonly record struct Word(string Folded, int Start, int End);
}
