using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>The features of one clause or text, each with the group that it belongs to.</summary>
internal sealed class FeatureRow
{
    public required uint[] Features { get; init; }

    public required FeatureGroup[] Groups { get; init; }

    /// <summary>How many words the text has, in the row of a whole text; 0 in that of a clause.</summary>
    public int Words { get; init; }

    public double ShareOf(int at) => Words > 0 && Outputs.GrowsWithText(Groups[at]) ? Outputs.ShareOf(Words) : 1;
}

/// <summary>Collects features while they are walked.</summary>
internal readonly struct CollectingSink(List<uint> features, List<FeatureGroup> groups) : IFeatureSink
{
    public void Add(FeatureGroup group, uint feature)
    {
        features.Add(feature);
        groups.Add(group);
    }

    public FeatureRow Row() => new() { Features = [.. features], Groups = [.. groups] };
}
