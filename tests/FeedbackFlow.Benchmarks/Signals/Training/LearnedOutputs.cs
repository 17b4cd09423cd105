using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>All outputs of the model, learned, and what they say of a text; the same sums as in the detector, before rounding.</summary>
internal sealed class LearnedOutputs
{
    private static readonly Sentiment[] Directions = [Sentiment.Positive, Sentiment.Neutral, Sentiment.Negative];

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
        ReadText[] feelings = [.. texts, .. outside];
        ReadText[] silent = [.. outside.Where(text => text.SaidByPhrases(SignalKind.Leave) == 0 && text.SaidByPhrases(SignalKind.Publish) == 0)];
        var places = ClauseTrainer.PlacesOf(feelings, plan);
        var trainer = new ClauseTrainer(places, plan);
        return new LearnedOutputs(
            places,
            [
                trainer.Clauses(texts, silent, SignalKind.Leave),
                trainer.Clauses(texts, silent, SignalKind.Publish),
                .. Enum.GetValues<SignalStrength>().Select(strength => trainer.Strength(texts, strength)),
                trainer.Whole(texts, silent, plan.Outside, text => text.Leave is not null),
                trainer.Whole(texts, silent, plan.Outside, text => text.Publish is not null),
                .. Directions.Select(direction => trainer.Whole(texts, outside, plan.OutsideFeeling, text => text.Sentiment == direction)),
                trainer.Whole(texts, outside, plan.Outside, text => text.Kind == "sarcastic"),
            ]);
    }

    public Said Of(ReadText text, SignalKind kind)
    {
        var pool = new Pool();
        for (var i = 0; i < text.Clauses.Length; i++)
        {
            pool.Add(i, All[kind == SignalKind.Leave ? Outputs.ClauseLeaves : Outputs.ClausePublishes].Score(text.Clauses[i]), StrengthOf(text.Clauses[i]));
        }

        return pool.Said(All[kind == SignalKind.Leave ? Outputs.TextLeaves : Outputs.TextPublishes].Score(text.Whole));
    }

    public double[] FeelingsOf(ReadText text) => [.. Enumerable.Range(0, Outputs.Feelings).Select(k => All[Outputs.Feeling + k].Score(text.Whole))];

    public double SarcasmOf(ReadText text) => All[Outputs.Sarcasm].Score(text.Whole);

    private SignalStrength StrengthOf(FeatureRow clause)
    {
        var scores = Enumerable.Range(0, Outputs.Strengths).Select(k => All[Outputs.Strength + k].Score(clause)).ToArray();
        return (SignalStrength)Array.IndexOf(scores, scores.Max());
    }
}
