namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// The last word on leave and publish: what the phrases found is evidence for the learned model, which sees it together with everything around it and
/// with texts in which no phrase was found. All other signals stay as the phrases said.
/// </summary>
internal static class SignalWeigher
{
    /// <summary>A public threat in plain words reaches a person, whatever the model makes of what stands around it: it has seen few tweets.</summary>
    private const double Plain = 0.85;
    private const double Heeded = 0.4;

    private const double Calm = 0.5;

    /// <summary>"On Thursday you fitted our heater": a calm text in which no phrase was found is told by its words alone, and the texts it learned from are angrier than the mail of a day.</summary>
    private const double AmidCalm = 0.45;

    public static IReadOnlyList<Signal> Weigh(ClauseReading clauses, Judgement said, string language, SentimentConfidence mood, IReadOnlyList<Signal> found)
    {
        if (clauses.Clauses.Count == 0 || language is not ("he" or "en" or "mixed"))
        {
            return found;
        }

        return found.Where(signal => signal.Kind is not (SignalKind.Leave or SignalKind.Publish))
            .Concat(SignalOf(SignalKind.Leave, said.Leave, language, mood, clauses, found))
            .Concat(SignalOf(SignalKind.Publish, said.Publish, language, mood, clauses, found))
            .OrderByDescending(signal => signal.Confidence)
            .ThenBy(signal => signal.Kind)
            .ToArray();
    }

    private static IEnumerable<Signal> SignalOf(SignalKind kind, Said said, string language, SentimentConfidence mood, ClauseReading clauses, IReadOnlyList<Signal> found)
    {
        var phrase = found.FirstOrDefault(signal => signal.Kind == kind);
        var place = clauses.Place(said.Clause);
        var phrases = phrase?.Evidence.Where(range => range.Start < place.End && place.Start < range.End).ToArray() ?? [];
        var confidence = Calibration.Shared.Of(kind.ToString(), language, said.Score) * (phrases.Length == 0 && mood.Negative < Calm ? AmidCalm : 1);
        if (kind == SignalKind.Publish && phrase?.Confidence >= Plain && confidence < Heeded)
        {
            return [phrase with { Confidence = Heeded }];
        }

        if (confidence < Reading.SignalFloor)
        {
            return [];
        }

        return [new Signal(kind, phrases.Length > 0 ? phrase!.Strength : said.Strength, Math.Min(0.99, confidence), phrases.Length > 0 ? phrases : [place])];
    }
}
