using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>A net with the vectors of its features, before they are made small.</summary>
internal sealed class LearnedNet(Dictionary<uint, int> places, float[] vectors, Net net)
{
    public Net Net => net;

    public IEnumerable<uint> Features => places.Keys;

    public LearnedNet Only(HashSet<uint> features) => new(places.Where(pair => features.Contains(pair.Key)).ToDictionary(), vectors, net);

    /// <summary>What a feature adds to its clause, before the norm.</summary>
    public float[] VectorOf(uint feature, FeatureGroup group) => places.TryGetValue(feature, out var place)
        ? [.. vectors.Skip(place * Net.Width).Take(Net.Width).Select(number => number * NetInput.ScaleOf(group))]
        : new float[Net.Width];

    /// <summary>Adds what each clause says to the scores, which hold leave and publish for every clause in turn.</summary>
    public void AddTo(Span<float> scores, ReadText text)
    {
        var inputs = NetInput.Of(text, places);
        var sums = new float[inputs.Length * Net.Width];
        for (var clause = 0; clause < inputs.Length; clause++)
        {
            var sum = sums.AsSpan(clause * Net.Width, Net.Width);
            inputs[clause].AddTo(sum, vectors);
            Net.Bend(sum);
        }

        net.AddTo(scores, sums);
    }
}
