namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// The last word on leave and publish: what the phrases found is evidence for the learned model, which sees it together with everything around it and
/// with texts in which no phrase was found. All other signals stay as the phrases said.
/// </summary>
internal static class SignalWeigher
{
    /// <summary>Plain words reach a person where the model does not rule them out.</summary>
    private const double Plain = 0.85;
    private const double Heeded = 0.4;
    private const double RuledOut = 0.15;
    private const int Few = 3;
    private const double Calm = 0.8;
    private const double Likely = 0.42;
    private const double Sure = 0.6;

    /// <summary>Below the threshold that alerts unless a business lowers it.</summary>
    private const double Quiet = 0.3;

    public static IReadOnlyList<Signal> Weigh(ClauseReading clauses, Judgement said, string language, SentimentConfidence mood, IReadOnlyList<Signal> found)
    {
        if (clauses.Clauses.Count == 0 || language is not ("he" or "en" or "mixed"))
        {
            return found;
        }

        // It has seen few texts that call a firm by its handle, and hardly anybody says both plainly without meaning one: there it rules out nothing.
        var ruledOut = clauses.HasHandle || found.Count(IsPlain) > 1 ? 0 : RuledOut;
        List<Signal> all = [.. found.Where(signal => signal.Kind is not (SignalKind.Leave or SignalKind.Publish))];
        Add(SignalKind.Leave, said.Leave);
        Add(SignalKind.Publish, said.Publish);
        all.Sort((one, other) => other.Confidence.CompareTo(one.Confidence) is var order and not 0 ? order : one.Kind - other.Kind);
        return all;

        void Add(SignalKind kind, Said here)
        {
            var look = SecondLook.Of(clauses, language != "en", kind, said, found);
            var phrase = found.FirstOrDefault(signal => signal.Kind == kind);
            // "See you tomorrow": three words that hold no piece of such a meaning give the model nothing to go by.
            if (phrase is null && clauses.Words <= Few && clauses.Cues.Telling == 0)
            {
                return;
            }

            var confidence = Math.Min(0.99, SignalModel.Shared.Probability(kind, look));
            confidence = phrase is not null && IsPlain(phrase) && confidence >= ruledOut ? Math.Max(Heeded, confidence) : confidence;
            // The texts that it learned of are angrier than the mail of a day: what is not said plainly, in a calm text, must be well over the threshold, and the more so where no piece of such a meaning is in it.
            if (phrase is null && mood.Negative < Calm && confidence < (clauses.Cues.Telling == 0 ? Sure : Likely))
            {
                confidence = Math.Min(confidence, Quiet);
            }

            if (confidence < Reading.SignalFloor)
            {
                return;
            }

            var place = clauses.Place(here.Clause);
            var phrases = phrase?.Evidence.Where(range => range.Start < place.End && place.Start < range.End).ToArray() ?? [];
            all.Add(new Signal(kind, phrases.Length > 0 ? phrase!.Strength : here.Strength, confidence, phrases.Length > 0 ? phrases : [place]));
        }
    }

    private static bool IsPlain(Signal signal) => signal is { Kind: SignalKind.Leave or SignalKind.Publish, Confidence: >= Plain };
}
