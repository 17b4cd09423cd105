using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.TestKit;

/// <summary>A reader that anybody can foresee: it knows a handful of words and stumbles over one.</summary>
public static class Words
{
    public const string Stumble = "gibberish";

    public static Reading Read(string? text, Rating? rating)
    {
        if (text is null) return Reading.OfNothing("plain/1") with { AnalysedBy = "plain/1" };
        if (text.Contains(Stumble, StringComparison.Ordinal)) throw new InvalidOperationException("The reader stumbled.");
        List<Signal> signals = [];
        Find("leave", SignalKind.Leave, SignalStrength.Decided, 0.95);
        Find("perhaps", SignalKind.Leave, SignalStrength.Considering, 0.5);
        Find("lawyer", SignalKind.Legal, null, 0.95);
        return new("en", Sentiment.Neutral, new(0, 1, 0), signals, [], "plain/1");

        void Find(string word, SignalKind kind, SignalStrength? strength, double confidence)
        {
            var at = text.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0 && signals.All(signal => signal.Kind != kind)) signals.Add(new(kind, strength, confidence, [new(at, word.Length)]));
        }
    }
}
