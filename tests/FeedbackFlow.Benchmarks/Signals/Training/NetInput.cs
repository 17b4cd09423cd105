using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>The features of a clause that a net knows, and how much each counts.</summary>
internal sealed record NetInput(int[] Places, float[] Values)
{
    /// <summary>A net sees the neighbours of a clause itself.</summary>
    public static bool IsSeen(FeatureGroup group) => group is not (FeatureGroup.Story or FeatureGroup.Surroundings or FeatureGroup.Bias);

    /// <summary>Many faint features are not to drown the few that carry meaning.</summary>
    public static float ScaleOf(FeatureGroup group) => group switch
    {
        FeatureGroup.Pieces => 0.3f,
        FeatureGroup.Words or FeatureGroup.ConceptRuns => 0.6f,
        _ => 1,
    };

    public static NetInput[] Of(ReadText text, Dictionary<uint, int> known) => Array.ConvertAll(text.Clauses, row =>
    {
        List<int> places = [];
        List<float> values = [];
        for (var i = 0; i < row.Features.Length; i++)
        {
            if (IsSeen(row.Groups[i]) && known.TryGetValue(row.Features[i], out var place))
            {
                places.Add(place);
                values.Add(ScaleOf(row.Groups[i]));
            }
        }

        var norm = Net.NormOf(places.Count);
        return new NetInput([.. places], [.. values.Select(value => value / norm)]);
    });

    /// <summary>A part of the features, each counting so much more.</summary>
    public NetInput Keep(Draws draws, float share)
    {
        var kept = new List<int>(Places.Length);
        for (var i = 0; i < Places.Length; i++)
        {
            if (draws.IsBelow(share))
            {
                kept.Add(i);
            }
        }

        return new NetInput([.. kept.Select(i => Places[i])], [.. kept.Select(i => Values[i] / share)]);
    }

    public void AddTo(Span<float> sum, float[] vectors)
    {
        for (var i = 0; i < Places.Length; i++)
        {
            var vector = vectors.AsSpan(Places[i] * Net.Width, Net.Width);
            for (var k = 0; k < Net.Width; k++)
            {
                sum[k] += Values[i] * vector[k];
            }
        }
    }
}
