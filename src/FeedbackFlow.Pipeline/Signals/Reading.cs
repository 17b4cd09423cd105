namespace FeedbackFlow.Pipeline.Signals;

/// <summary>One thing the words announce.</summary>
public enum SignalKind
{
    /// <summary>The writer will, may or did stop being a customer.</summary>
    Leave,

    /// <summary>The writer announces, threatens or does telling others: everyone, social networks, review sites, press, consumer bodies, authorities, courts.</summary>
    Publish,

    /// <summary>A claim, a lawyer, a court, an authority.</summary>
    Legal,

    /// <summary>Somebody may be hurt: gas, electricity, injury.</summary>
    Safety,

    /// <summary>The writer tried to reach the business and could not.</summary>
    Unreachable,

    /// <summary>Something was promised and did not happen.</summary>
    PromiseBroken,
    Rude,
    Money,
    Praise,

    /// <summary>The writer asks to be called or answered.</summary>
    CallMe,
}

/// <summary>How firm a <see cref="SignalKind.Leave"/> or <see cref="SignalKind.Publish"/> is.</summary>
public enum SignalStrength
{
    /// <summary>Tied to a condition or thrown as a warning: "if nobody calls, I leave".</summary>
    Threat,

    /// <summary>Said as settled: "I am moving to your competitor".</summary>
    Decided,

    /// <summary>Already happened: "I have closed with somebody else".</summary>
    Done,

    /// <summary>Weighed: "I am thinking of leaving".</summary>
    Considering,
}

public enum Sentiment
{
    Positive,
    Neutral,
    Negative,
    Mixed,
}

/// <summary>Characters of the original text, in UTF-16 units, that made a signal.</summary>
public sealed record Evidence(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The words themselves. The text must be the one that was read.</summary>
    public string In(string text) => text.Substring(Start, Length);
}

/// <param name="Kind">What is announced.</param>
/// <param name="Strength">Only for leave and publish; null for the others.</param>
/// <param name="Confidence">Calibrated probability, 0 to 1, that a careful reader agrees.</param>
/// <param name="Evidence">At least one range, in text order, not overlapping.</param>
public sealed record Signal(SignalKind Kind, SignalStrength? Strength, double Confidence, IReadOnlyList<Evidence> Evidence);

/// <summary>Probabilities that sum to 1.</summary>
public sealed record SentimentConfidence(double Positive, double Neutral, double Negative);

public enum FindingKind
{
    /// <summary>The score says one thing and the words another.</summary>
    ScoreConflict,

    /// <summary>The words tell of earlier contacts without an answer.</summary>
    RepeatContact,
    Sarcasm,
}

public sealed record Finding(FindingKind Kind, IReadOnlyList<Evidence> Evidence);

/// <summary>What the words say.</summary>
/// <param name="Language"><c>he</c>, <c>en</c>, <c>mixed</c>, another ISO 639-1 code that was recognised (<c>ru</c>, <c>ar</c>), or <c>und</c> where there is nothing to tell from.</param>
/// <param name="Sentiment">The main direction; <c>Mixed</c> where praise and complaint stand side by side.</param>
/// <param name="Confidence">For the three directions; they sum to 1.</param>
/// <param name="Signals">Every signal at or above <see cref="SignalFloor"/>, strongest first, at most one of a kind.</param>
/// <param name="Findings">At most one of a kind.</param>
/// <param name="AnalysedBy">Detector name and version, such as <c>local/1</c>, followed by whoever read along (<c>local/1+language/2022-11-01</c>); <see cref="NotAnalysed"/> where every analysis failed.</param>
public sealed record Reading(
    string Language,
    Sentiment Sentiment,
    SentimentConfidence Confidence,
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<Finding> Findings,
    string AnalysedBy)
{
    /// <summary>What is surely noise is not stored; thresholds of a business lie above this.</summary>
    public const double SignalFloor = 0.2;

    public const string NotAnalysed = "none";

    /// <summary>What a second analyser found judged; empty where none was asked.</summary>
    public IReadOnlyList<Opinion> Opinions { get; init; } = [];

    /// <summary>The words were not understood: analysis failed, or the language is one that the detector does not read.</summary>
    public bool WordsWereRead => AnalysedBy != NotAnalysed && Language is "he" or "en" or "mixed" or "und";

    /// <summary>The reading of a text that no detector could read: a person must look.</summary>
    public static Reading OfNothing(string analysedBy) => new("und", Sentiment.Neutral, new(0, 1, 0), [], [], analysedBy);

    public Signal? Find(SignalKind kind) => Signals.FirstOrDefault(signal => signal.Kind == kind);

    public bool Has(FindingKind kind) => Findings.Any(finding => finding.Kind == kind);
}
