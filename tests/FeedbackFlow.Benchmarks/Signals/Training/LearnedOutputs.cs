using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>All outputs of the model, learned, and what they say of a text; the same sums as in the detector, before rounding.</summary>
internal sealed class LearnedOutputs
{
    private static readonly Sentiment[] Directions = [Sentiment.Positive, Sentiment.Neutral, Sentiment.Negative];

    private static readonly string[][] LookAlikes =
    [
        ["past-solved", "negated", "angry-loyal", "came-to-us"],
        ["natural-end", "other-meaning", "neutral-info", "question"],
        ["reported", "praise-tell", "mentions", "hypothetical"],
    ];

    private LearnedOutputs(Dictionary<uint, int> places, OutputWeights[] outputs)
    {
        Places = places;
        All = outputs;
    }

    public Dictionary<uint, int> Places { get; }

    public OutputWeights[] All { get; }

    /// <param name="texts">Texts with signals marked.</param>
    /// <param name="outside">Further texts of which only the direction is known; those without any phrase of leaving or publishing teach what says neither.</param>
    public static LearnedOutputs Train(IReadOnlyList<ReadText> texts, IReadOnlyList<ReadText> outside, TrainingPlan plan)
    {
        ReadText[] whole = [.. texts.Where(text => !text.Text.IsPart)];
        ReadText[] written = [.. whole.Where(text => !text.Text.IsReal)];
        ReadText[] found = [.. whole.Where(text => text.Text.IsReal), .. outside];
        ReadText[] all = [.. texts, .. outside];
        ReadText[] silent = [.. outside.Where(text => text.IsSilent)];
        var places = ClauseTrainer.PlacesOf(all);
        var trainer = new ClauseTrainer(places, plan);
        Func<OutputWeights>[] lessons =
        [
            () => trainer.Clauses(texts, silent, SignalKind.Leave),
            () => trainer.Clauses(texts, silent, SignalKind.Publish),
            .. Enum.GetValues<SignalStrength>().Select<SignalStrength, Func<OutputWeights>>(strength => () => trainer.Strength(texts, strength)),
            () => trainer.Whole(texts, silent, plan.Outside, text => text.Leave is not null),
            () => trainer.Whole(texts, silent, plan.Outside, text => text.Publish is not null),
            .. Directions.Select<Sentiment, Func<OutputWeights>>(direction => () => trainer.Feeling(written, found, direction)),
            () => trainer.Whole(whole, outside, plan.Outside, text => text.Kind == "sarcastic"),
            .. LookAlikes.Select<string[], Func<OutputWeights>>(kinds => () => trainer.Whole(whole, [], plan.Outside, text => kinds.Contains(text.Kind))),
        ];
        var outputs = new OutputWeights[lessons.Length];
        Parallel.For(0, lessons.Length, at => outputs[at] = lessons[at]());
        return new LearnedOutputs(places, outputs);
    }

    public LearnedOutputs Only(HashSet<uint> features)
    {
        var kept = Places.Where(pair => features.Contains(pair.Key)).ToDictionary();
        return new LearnedOutputs(kept, Array.ConvertAll(All, output => output.At(kept)));
    }

    /// <summary>What each clause says: how much it leaves and how much it publishes, in turn.</summary>
    public float[] ClausesOf(ReadText text) =>
        [.. text.Clauses.SelectMany(clause => new[] { (float)All[Outputs.ClauseLeaves].Score(clause), (float)All[Outputs.ClausePublishes].Score(clause) })];

    public SignalStrength[] StrengthsOf(ReadText text) => Array.ConvertAll(text.Clauses, StrengthOf);

    public double WholeOf(ReadText text, int output) => All[output].Score(text.Whole);

    private SignalStrength StrengthOf(FeatureRow clause)
    {
        var scores = Enumerable.Range(0, Outputs.Strengths).Select(k => All[Outputs.Strength + k].Score(clause)).ToArray();
        return (SignalStrength)Array.IndexOf(scores, scores.Max());
    }
}
