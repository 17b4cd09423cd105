namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What the sentiment model sees of a text: a few numbers about its tone, and its words and word pairs as hashed places.</summary>
internal sealed class SentimentFeatures
{
    public const int Buckets = 1 << 15;
    public const int Numbers = 12;

    private const int NegationReach = 3;
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    private SentimentFeatures(double[] numbers, List<int> places)
    {
        Values = numbers;
        Places = places;
    }

    public double[] Values { get; }

    public List<int> Places { get; }

    public static SentimentFeatures Of(NumberedText text, ToneMap tone, IReadOnlyList<Signal> signals, bool isSarcastic)
    {
        double positive = tone.Positive, negative = tone.Negative;
        var numbers = new[]
        {
            1,
            (positive - negative) / Math.Sqrt(positive + negative + 2),
            Math.Log(1 + positive),
            Math.Log(1 + negative),
            Has(signals, SignalKind.Leave, SignalKind.Publish, SignalKind.Rude),
            Has(signals, SignalKind.Unreachable, SignalKind.PromiseBroken, SignalKind.Safety),
            Has(signals, SignalKind.Praise),
            isSarcastic ? 1 : 0,
            Math.Log(1 + text.Count) / 3,
            text.Text.Original.Contains('?', StringComparison.Ordinal) ? 1 : 0,
            positive + negative == 0 ? 1 : 0,
            Has(signals, SignalKind.Money, SignalKind.Legal),
        };
        return new SentimentFeatures(numbers, PlacesOf(text));
    }

    private static double Has(IReadOnlyList<Signal> signals, params ReadOnlySpan<SignalKind> kinds)
    {
        foreach (var signal in signals)
        {
            if (signal.Confidence >= 0.35 && kinds.Contains(signal.Kind))
            {
                return 1;
            }
        }

        return 0;
    }

    private static List<int> PlacesOf(NumberedText text)
    {
        var tokens = text.Text.Tokens;
        var places = new List<int>(tokens.Count * 2);
        uint previous = 0;
        var negatedUntil = -1;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Word)
            {
                previous = 0;
                continue;
            }

            var hash = Hash(tokens[i].Word, Offset);
            places.Add(Place(hash));
            if (i <= negatedUntil)
            {
                places.Add(Place(hash * 31));
            }

            if (previous != 0)
            {
                places.Add(Place((previous * Prime) ^ hash));
            }

            previous = hash;
            negatedUntil = tokens[i].Word is "not" or "no" or "never" or "לא" or "אינ" or "בלי" ? i + NegationReach : negatedUntil;
        }

        return places;
    }

    private static uint Hash(string word, uint start)
    {
        var hash = start;
        foreach (var c in word)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }

    private static int Place(uint hash) => (int)((hash ^ (hash >> 15)) & (Buckets - 1));
}
