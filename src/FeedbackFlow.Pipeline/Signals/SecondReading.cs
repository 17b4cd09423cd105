using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>When a second analyser is asked.</summary>
public enum AskPolicy
{
    Always,

    /// <summary>Only where the local reading is unsure and nothing else has decided already.</summary>
    Cascade,
}

/// <summary>What a second analyser adds to the local reading, and when it is worth asking. It may raise concern and never takes one away.</summary>
public static class SecondReading
{
    /// <summary>From here on the local sentiment stands by itself.</summary>
    public const double Sure = 0.8;

    private const string NoAnswer = " no answer";

    /// <param name="decides">Confidence from which a signal opens a task whatever the mood: the business's alert threshold.</param>
    public static bool IsWorthAsking(AskPolicy policy, string? text, Rating? rating, Reading local, double decides)
    {
        if (string.IsNullOrWhiteSpace(text) || local.AnalysedBy == Reading.NotAnalysed) return false;
        if (policy == AskPolicy.Always) return true;
        var isDecided = rating is { IsLow: true } || local.Signals.Any(signal => signal.Kind != SignalKind.Praise && signal.Confidence >= decides);
        return !isDecided && !IsSure(local);
    }

    /// <summary>The language to name, because an analyser that is not told assumes English. A text of two languages counts as Hebrew, whose writers mix in English.</summary>
    public static string? LanguageToName(Reading local) => local.Language switch
    {
        "und" => null,
        "mixed" => "he",
        var named => named,
    };

    /// <summary>
    /// The local reading with the other's mood. Where the local one was surely negative it stays so: a second opinion may open a task, not prevent one. Signals and their
    /// evidence are the local detector's alone.
    /// </summary>
    public static Reading With(Reading local, Sentiment sentiment, SentimentConfidence confidence, IReadOnlyList<Opinion> opinions, string by)
    {
        var keeps = local.Sentiment == Sentiment.Negative && local.Confidence.Negative >= Sure;
        var read = keeps ? local : local with { Sentiment = sentiment, Confidence = confidence, Findings = [.. local.Findings.Where(finding => StillHolds(finding, local, sentiment))] };
        return read with { Opinions = opinions, AnalysedBy = $"{local.AnalysedBy}+{by}" };
    }

    /// <summary>The local reading, marked: the other was asked and did not answer in time.</summary>
    public static Reading Unanswered(Reading local, string name) => local with { AnalysedBy = $"{local.AnalysedBy} ({name}:{NoAnswer})" };

    public static bool IsUnanswered(Reading reading) => reading.AnalysedBy.EndsWith(NoAnswer + ")", StringComparison.Ordinal);

    /// <summary>The reading as it was before the mark.</summary>
    public static Reading Unmarked(Reading reading) =>
        IsUnanswered(reading) ? reading with { AnalysedBy = reading.AnalysedBy[..reading.AnalysedBy.LastIndexOf(" (", StringComparison.Ordinal)] } : reading;

    private static bool IsSure(Reading local) =>
        local.WordsWereRead && local.Sentiment != Sentiment.Mixed
        && Math.Max(local.Confidence.Neutral, Math.Max(local.Confidence.Positive, local.Confidence.Negative)) >= Sure;

    /// <summary>"The score says one thing and the words another" falls when the words turn out to say the same.</summary>
    private static bool StillHolds(Finding finding, Reading local, Sentiment now) => finding.Kind != FindingKind.ScoreConflict || local.Sentiment == now;
}
