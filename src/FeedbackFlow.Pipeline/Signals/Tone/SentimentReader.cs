namespace FeedbackFlow.Pipeline.Signals;

/// <summary>From the tone of the words and from what they announce to one direction with three confidences.</summary>
internal static class SentimentReader
{
    private const double MixedBalance = 0.6;
    private const double MixedWeight = 10;
    private const double MixedDoubt = 0.8;

    /// <summary>Feedback is seldom without a direction; where the model is in doubt the direction is named.</summary>
    private const double SureNeutral = 0.5;
    private const int FewWords = 8;

    public static (Sentiment Sentiment, SentimentConfidence Confidence) Of(
        NumberedText text, string language, IReadOnlyList<PhraseMatch> matches, ToneMap tone, IReadOnlyList<Signal> signals)
    {
        var scores = SentimentModel.For(language).Score(FeaturesOf(text, matches, tone, signals));

        // The model knows "thanks" as praise; where the sentence is not meant so, what it found counts for the other side.
        var isTurned = tone.Net < 0 && scores[0] > scores[2] && IsSarcastic(matches);
        var confidence = isTurned ? new SentimentConfidence(scores[2], scores[1], scores[0]) : new SentimentConfidence(scores[0], scores[1], scores[2]);
        return (IsMixed(tone, confidence) ? Sentiment.Mixed : Main(confidence, language == "he" && SaysLittle(text, tone, signals) ? 0 : SureNeutral), confidence);
    }

    public static SentimentFeatures FeaturesOf(
        NumberedText text, IReadOnlyList<PhraseMatch> matches, ToneMap tone, IReadOnlyList<Signal> signals) =>
        SentimentFeatures.Of(text, tone, signals, IsSarcastic(matches));

    private static bool IsSarcastic(IReadOnlyList<PhraseMatch> matches) => matches.Any(match => match.Rule.Finding == FindingKind.Sarcasm);

    private static bool IsMixed(ToneMap tone, SentimentConfidence confidence) =>
        tone.Positive + tone.Negative >= MixedWeight
        && Math.Min(tone.Positive, tone.Negative) >= MixedBalance * Math.Max(tone.Positive, tone.Negative)
        && Math.Max(confidence.Positive, confidence.Negative) < MixedDoubt;

    /// <summary>A few words without mood and without news. The Hebrew model knows no words, so of these it can only repeat its leaning.</summary>
    private static bool SaysLittle(NumberedText text, ToneMap tone, IReadOnlyList<Signal> signals) =>
        text.Count <= FewWords && tone.Positive + tone.Negative == 0 && signals.Count == 0;

    private static Sentiment Main(SentimentConfidence confidence, double leastNeutral) =>
        confidence.Neutral >= Math.Max(leastNeutral, Math.Max(confidence.Positive, confidence.Negative)) ? Sentiment.Neutral
        : confidence.Positive >= confidence.Negative ? Sentiment.Positive
        : Sentiment.Negative;
}
