using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What is worth knowing beside the signals: sarcasm, earlier contacts, a score that the words contradict.</summary>
internal static class FindingReader
{
    private const double SureTone = 0.6;
    private const double SureSarcasm = 0.25;

    public static IReadOnlyList<Finding> Of(
        NumberedText text, List<PhraseMatch> matches, ToneMap tone, Sentiment sentiment, SentimentConfidence confidence, double sarcasm, Rating? rating)
    {
        var findings = new List<Finding>();
        if (Contradicts(sentiment, confidence, rating) && StrongestWord(text, tone, sentiment) is { } evidence)
        {
            findings.Add(new Finding(FindingKind.ScoreConflict, [evidence]));
        }

        AddFound(FindingKind.RepeatContact);
        AddFound(FindingKind.Sarcasm);
        if (sarcasm >= SureSarcasm && sentiment != Sentiment.Positive && findings.TrueForAll(finding => finding.Kind != FindingKind.Sarcasm)
            && StrongestWord(text, tone, Sentiment.Positive) is { } praise)
        {
            findings.Add(new Finding(FindingKind.Sarcasm, [praise]));
        }

        return findings;

        void AddFound(FindingKind kind)
        {
            var first = matches.FindIndex(match => match.Rule.Finding == kind);
            if (first >= 0 && (kind != FindingKind.Sarcasm || sentiment != Sentiment.Positive))
            {
                findings.Add(new Finding(kind, [Clauses.Around(text, matches[first].From, matches[first].To)]));
            }
        }
    }

    private static bool Contradicts(Sentiment sentiment, SentimentConfidence confidence, Rating? rating) => sentiment switch
    {
        Sentiment.Positive => rating is { IsLow: true } && confidence.Positive >= SureTone,
        Sentiment.Negative => rating is { IsHigh: true } && confidence.Negative >= SureTone,
        Sentiment.Neutral or Sentiment.Mixed => false,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Evidence? StrongestWord(NumberedText text, ToneMap tone, Sentiment sentiment)
    {
        var sign = sentiment == Sentiment.Positive ? 1 : -1;
        var best = -1;
        for (var i = 0; i < text.Count; i++)
        {
            if (best < 0 || sign * tone.At(i) > sign * tone.At(best))
            {
                best = i;
            }
        }

        return best < 0 ? null : Clauses.Around(text, best, best + 1);
    }
}
