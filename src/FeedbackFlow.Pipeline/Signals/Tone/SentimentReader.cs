namespace FeedbackFlow.Pipeline.Signals;

/// <summary>From what the model says of a whole text to one direction with three confidences.</summary>
internal static class SentimentReader
{
    private const double MixedBalance = 0.6;
    private const double MixedWeight = 10;
    private const double MixedDoubt = 0.8;

    /// <summary>Feedback is seldom without a direction; where the model is in doubt the direction is named.</summary>
    private const double SureNeutral = 0.62;

    public static (Sentiment Sentiment, SentimentConfidence Confidence) Of(Feelings feelings, string language, List<PhraseMatch> matches, ToneMap tone)
    {
        var trust = Calibration.Shared;
        var positive = trust.Of(nameof(Sentiment.Positive), language, feelings.Positive);
        var neutral = trust.Of(nameof(Sentiment.Neutral), language, feelings.Neutral);
        var negative = trust.Of(nameof(Sentiment.Negative), language, feelings.Negative);
        var sum = positive + neutral + negative;

        // "Thanks" is praise; where the sentence is not meant so, what was found counts for the other side.
        var confidence = tone.Net < 0 && positive > negative && matches.Exists(match => match.Rule.Finding == FindingKind.Sarcasm)
            ? new SentimentConfidence(negative / sum, neutral / sum, positive / sum)
            : new SentimentConfidence(positive / sum, neutral / sum, negative / sum);
        return (IsMixed(tone, confidence) ? Sentiment.Mixed : Main(confidence), confidence);
    }

    private static bool IsMixed(ToneMap tone, SentimentConfidence confidence) =>
        tone.Positive + tone.Negative >= MixedWeight
        && Math.Min(tone.Positive, tone.Negative) >= MixedBalance * Math.Max(tone.Positive, tone.Negative)
        && Math.Max(confidence.Positive, confidence.Negative) < MixedDoubt;

    private static Sentiment Main(SentimentConfidence confidence) =>
        confidence.Neutral >= Math.Max(SureNeutral, Math.Max(confidence.Positive, confidence.Negative)) ? Sentiment.Neutral
        : confidence.Positive >= confidence.Negative ? Sentiment.Positive
        : Sentiment.Negative;
}
