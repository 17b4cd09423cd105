using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Which features are worth learning: rare ones make the model large and say little of the next text.</summary>
internal static class FeatureCounts
{
    private const int LeastTexts = 11;
    private const int LeastTextsOfRun = 17;
    private const int LeastTextsOfPiece = 40;

    /// <summary>The features that enough texts have, in the order in which they were met.</summary>
    public static IEnumerable<uint> Frequent(IEnumerable<IEnumerable<FeatureRow>> texts, Func<FeatureGroup, bool> isAsked) =>
        Of(texts, isAsked).Where(pair => pair.Value.Texts >= LeastOf(pair.Value.Group)).Select(pair => pair.Key);

    /// <summary>How many texts have each feature of all their clauses and as a whole, and its group.</summary>
    public static Dictionary<uint, (int Texts, FeatureGroup Group)> Of(IEnumerable<ReadText> texts) => Of(texts.Select(text => text.Clauses.Append(text.Whole)), _ => true);

    private static Dictionary<uint, (int Texts, FeatureGroup Group)> Of(IEnumerable<IEnumerable<FeatureRow>> texts, Func<FeatureGroup, bool> isAsked)
    {
        var counts = new Dictionary<uint, (int Texts, FeatureGroup Group)>();
        foreach (var text in texts)
        {
            foreach (var (feature, group) in text.SelectMany(row => row.Features.Zip(row.Groups)).Where(pair => isAsked(pair.Second)).DistinctBy(pair => pair.First))
            {
                counts[feature] = (counts.GetValueOrDefault(feature).Texts + 1, group);
            }
        }

        return counts;
    }

    private static int LeastOf(FeatureGroup group) => group switch
    {
        FeatureGroup.Pieces => LeastTextsOfPiece,
        FeatureGroup.ConceptRuns => LeastTextsOfRun,
        _ => LeastTexts,
    };
}
