using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>The linear model and the nets, learned; the same sums as in the detector, before rounding.</summary>
internal sealed record FirstStage(LearnedOutputs Linear, LearnedNet[] Nets)
{
    private const int NetsTogether = 2;

    /// <param name="texts">Texts with signals marked.</param>
    /// <param name="outside">Texts of which only the direction is known.</param>
    public static FirstStage Train(IReadOnlyList<ReadText> texts, IReadOnlyList<ReadText> outside, TrainingPlan plan)
    {
        var silent = outside.Where(text => text.IsSilent).ToArray();
        var nets = new LearnedNet[NetsTogether];
        Parallel.For(0, nets.Length, at => nets[at] = NetTrainer.Train(texts, silent, 77 + (1_000_003 * (ulong)at)));
        return Slimming.Of(new FirstStage(LearnedOutputs.Train(texts, outside, plan), nets), texts.Concat(outside));
    }

    public Judgement JudgementOf(ReadText text)
    {
        var (linear, bent, strengths) = (Linear.ClausesOf(text), new float[text.Clauses.Length * Net.Outs], Linear.StrengthsOf(text));
        Array.ForEach(Nets, net => net.AddTo(bent, text));
        return new Judgement(
            Pool.Of(linear, bent, Nets.Length, SignalKind.Leave, Linear.WholeOf(text, Outputs.TextLeaves), strengths),
            Pool.Of(linear, bent, Nets.Length, SignalKind.Publish, Linear.WholeOf(text, Outputs.TextPublishes), strengths),
            new Feelings(Linear.WholeOf(text, Outputs.Feeling), Linear.WholeOf(text, Outputs.Feeling + 1), Linear.WholeOf(text, Outputs.Feeling + 2)),
            Linear.WholeOf(text, Outputs.Sarcasm),
            new LookAlikes(Linear.WholeOf(text, Outputs.LookAlikes), Linear.WholeOf(text, Outputs.LookAlikes + 1), Linear.WholeOf(text, Outputs.LookAlikes + 2)));
    }
}

/// <summary>What the first stage says of a text that it did not learn from.</summary>
internal sealed record Answer(ReadText Text, Judgement Judgement)
{
    public bool IsFromOutside => Text.Text.Kind == PublicTexts.Kind;

    /// <summary>Parts and public texts only teach.</summary>
    public bool IsMeasured => Text.Text.Writer != PublicTexts.Kind && !Text.Text.IsPart;

    public bool IsHebrew => Text.Text.Language == "he";

    public Said Of(SignalKind kind) => kind == SignalKind.Leave ? Judgement.Leave : Judgement.Publish;

    public bool Says(SignalKind kind) => Text.Text.Strength(kind) is not null;

    public double Feeling(Sentiment direction) => direction switch
    {
        Sentiment.Positive => Judgement.Feelings.Positive,
        Sentiment.Neutral => Judgement.Feelings.Neutral,
        _ => Judgement.Feelings.Negative,
    };

    public float[] Look(SignalKind kind) => SecondLook.Of(Text.Reading, IsHebrew, kind, Judgement, Text.Phrases);

    /// <summary>Every text but the twins is answered by a first stage that learned of other writers only; the silent ones from outside by one that learned of others of them.</summary>
    public static Answer[] OfUnseenWriters(IReadOnlyList<ReadText> texts, IReadOnlyList<ReadText> outside, TrainingPlan plan, int folds)
    {
        var writers = texts.Select(text => text.Text.Writer).Distinct().Order(StringComparer.Ordinal).ToArray();
        return [.. Enumerable.Range(0, Math.Min(folds, writers.Length)).SelectMany(fold =>
        {
            var asked = texts.ToLookup(text => Array.IndexOf(writers, text.Text.Writer) % folds == fold);
            var learned = FirstStage.Train([.. asked[false]], [.. outside.Where((_, at) => at % folds != fold)], plan);
            return asked[true].Where(text => !text.Text.IsTwin).Concat(outside.Where((text, at) => at % folds == fold && text.IsSilent)).Select(text => new Answer(text, learned.JudgementOf(text)));
        })];
    }
}

/// <summary>The trees of the second stage.</summary>
internal static class SecondStage
{
    /// <summary>How much a text from outside the corpus counts.</summary>
    private const double Outside = 0.15;

    /// <summary>
    /// The writers were asked for signals and anger; the mail of a day holds far more calm texts than their files. Calm words are mistaken for leaving, hardly ever for publishing.
    /// </summary>
    private const double Calm = 2;

    private static readonly string[] CalmKinds = ["neutral-info", "question", "natural-end", "plain-praise", "internal", "other-meaning", "came-to-us", "past-solved"];

    public static Trees Train(IReadOnlyList<Answer> answers, SignalKind kind) =>
        Boosting.Fit([.. answers.Select(answer => answer.Look(kind))], [.. answers.Select(answer => answer.Says(kind))], [.. answers.Select(answer => CountOf(answer, kind))]);

    private static double CountOf(Answer answer, SignalKind kind) =>
        answer.IsFromOutside ? Outside
        : answer.Text.Text.IsReal ? PublicTexts.RealCounts
        : kind == SignalKind.Leave && answer.Text.Text.IsLookAlike && CalmKinds.Contains(answer.Text.Text.Kind) ? Calm
        : 1;
}
