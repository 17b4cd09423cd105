using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>How the model is learned: how much each group of features may say, and how strongly large weights are held back.</summary>
/// <param name="Penalty">L2 on the weights of clauses.</param>
/// <param name="WholePenalty">The same for what is learned of whole texts.</param>
/// <param name="FeelingPenalty">The same for the direction. Strangers word it more freely than our writers, and their texts are read better where no word may say much alone.</param>
/// <param name="Clause">How much one clause counts, beside its text.</param>
/// <param name="Text">How much the strongest clause of a text counts.</param>
/// <param name="Outside">How much a text from outside the corpus counts that says neither.</param>
/// <param name="PublicFeeling">How much a text of a public set counts for the direction.</param>
internal sealed record TrainingPlan(
    double Penalty, double WholePenalty, double FeelingPenalty, double Clause, double Text, double Outside, double PublicFeeling, IReadOnlyDictionary<FeatureGroup, double> Scales)
{
    public static TrainingPlan Default { get; } = new(
        1.5,
        2.5,
        20,
        0.5,
        3,
        0.15,
        4,
        new Dictionary<FeatureGroup, double>
        {
            [FeatureGroup.Bias] = 1,
            [FeatureGroup.Words] = 0.5,
            [FeatureGroup.Pieces] = 0.25,
            [FeatureGroup.Cues] = 0.7,
            [FeatureGroup.Concepts] = 0.6,
            [FeatureGroup.ConceptRuns] = 0.4,
            [FeatureGroup.Surroundings] = 0.4,
            [FeatureGroup.Story] = 0.3,
            [FeatureGroup.Rules] = 1,
            [FeatureGroup.Shape] = 0.5,
            [FeatureGroup.Mood] = 0.7,
        });
}

/// <summary>One output of the model, before it is made small.</summary>
internal sealed class OutputWeights(Dictionary<uint, int> places, double[] weights, TrainingPlan plan)
{
    /// <summary>What a feature adds to the score, with the scale of its group.</summary>
    public double Of(uint feature, FeatureGroup group) => places.TryGetValue(feature, out var place) ? weights[place] * plan.Scales[group] : 0;

    /// <summary>The same weights, for those of the features that still have a place.</summary>
    public OutputWeights At(Dictionary<uint, int> kept) => new(kept, weights, plan);

    public double Score(FeatureRow row)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Features.Length; i++)
        {
            sum += Of(row.Features[i], row.Groups[i]) * row.ShareOf(i);
        }

        return sum;
    }
}

/// <summary>Fits the outputs of the model one by one.</summary>
internal sealed class ClauseTrainer(Dictionary<uint, int> places, TrainingPlan plan)
{
    /// <summary>The features that enough texts have, numbered.</summary>
    public static Dictionary<uint, int> PlacesOf(IEnumerable<ReadText> texts) =>
        FeatureCounts.Frequent(texts.Select(text => text.Clauses.Append(text.Whole)), _ => true).Select((feature, at) => (feature, at)).ToDictionary(pair => pair.feature, pair => pair.at);

    /// <summary>Which clauses say a signal: learned of each marked clause, and of the strongest clause of each text.</summary>
    public OutputWeights Clauses(IReadOnlyList<ReadText> texts, IReadOnlyList<ReadText> silent, SignalKind kind)
    {
        var rows = new SparseRows();
        List<bool> says = [];
        List<double> counts = [];
        List<(int From, int To, bool IsSo, double Count)> wholes = [];
        foreach (var text in texts.Concat(silent))
        {
            var share = text.Text.Kind == PublicTexts.Kind ? plan.Outside : text.Text.IsReal ? PublicTexts.RealCounts : 1;
            var first = rows.Count;
            for (var i = 0; i < text.Clauses.Length; i++)
            {
                if (text.Says(kind, i) is { } isSo)
                {
                    Add(rows, text.Clauses[i]);
                    says.Add(isSo);
                    counts.Add(plan.Clause * share);
                }
            }

            wholes.Add((first, rows.Count, text.Text.Strength(kind) is not null, plan.Text * share));
        }

        return Fit(new Lessons(rows, [.. says], [.. counts], [.. wholes]), plan.Penalty);
    }

    /// <summary>How firm a signal is, learned of the clauses that say one.</summary>
    public OutputWeights Strength(IReadOnlyList<ReadText> texts, SignalStrength strength)
    {
        var rows = new SparseRows();
        List<bool> says = [];
        foreach (var text in texts)
        {
            foreach (var kind in new[] { SignalKind.Leave, SignalKind.Publish })
            {
                for (var i = 0; i < text.Clauses.Length; i++)
                {
                    if (text.Says(kind, i) == true)
                    {
                        Add(rows, text.Clauses[i]);
                        says.Add(text.Text.Strength(kind) == strength);
                    }
                }
            }
        }

        return Fit(new Lessons(rows, [.. says], [.. says.Select(_ => 1.0)], []), plan.Penalty);
    }

    public OutputWeights Whole(IReadOnlyList<ReadText> texts, IReadOnlyList<ReadText> outside, double share, Func<CorpusText, bool> isSo) =>
        Whole(texts, outside, share, plan.WholePenalty, isSo);

    public OutputWeights Feeling(IReadOnlyList<ReadText> written, IReadOnlyList<ReadText> found, Sentiment direction) =>
        Whole(written, found, plan.PublicFeeling, plan.FeelingPenalty, text => text.Sentiment == direction);

    private OutputWeights Whole(IReadOnlyList<ReadText> texts, IReadOnlyList<ReadText> outside, double share, double penalty, Func<CorpusText, bool> isSo)
    {
        ReadText[] all = [.. texts, .. outside];
        var rows = new SparseRows();
        foreach (var text in all)
        {
            Add(rows, text.Whole);
        }

        return Fit(new Lessons(rows, [.. all.Select(text => isSo(text.Text))], [.. all.Select((_, at) => at < texts.Count ? 1 : share)], []), penalty);
    }

    private OutputWeights Fit(Lessons lessons, double penalty) => new(places, LogisticRegression.Fit(lessons, places.Count, penalty), plan);

    private void Add(SparseRows rows, FeatureRow row)
    {
        for (var j = 0; j < row.Features.Length; j++)
        {
            if (places.TryGetValue(row.Features[j], out var place))
            {
                rows.Add(place, (float)(plan.Scales[row.Groups[j]] * row.ShareOf(j)));
            }
        }

        rows.EndRow();
    }
}
