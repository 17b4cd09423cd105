namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Weighs every clause of a text and the text as a whole, with a linear model over <see cref="ClauseReading"/> that the <c>train</c> command of the
/// benchmarks made. A text says what its strongest clause says, seen together with the rest.
/// </summary>
internal static class SignalModel
{
    private static readonly Lazy<WeightTable> Weights = new(() => WeightTable.Read(SignalResources.Open("signals.model")));

    public static Judgement Weigh(ClauseReading reading)
    {
        var table = Weights.Value;
        var seen = SeenRows.ForNextText(table.Features);
        Span<int> sums = stackalloc int[Outputs.Count];
        Pool leave = new(), publish = new();
        for (var i = 0; i < reading.Clauses.Count; i++)
        {
            sums[..Outputs.Whole].Clear();
            var sink = new SummingSink(table, sums, seen);
            reading.Walk(i, ref sink);
            var strength = StrengthOf(table, sums);
            leave.Add(i, table.Scaled(sums, Outputs.ClauseLeaves), strength);
            publish.Add(i, table.Scaled(sums, Outputs.ClausePublishes), strength);
        }

        var whole = new SummingSink(table, sums, seen);
        reading.WalkText(ref whole);
        return new Judgement(
            leave.Said(table.Scaled(sums, Outputs.TextLeaves)),
            publish.Said(table.Scaled(sums, Outputs.TextPublishes)),
            new Feelings(table.Scaled(sums, Outputs.Feeling), table.Scaled(sums, Outputs.Feeling + 1), table.Scaled(sums, Outputs.Feeling + 2)),
            table.Scaled(sums, Outputs.Sarcasm));
    }

    private static SignalStrength StrengthOf(WeightTable table, ReadOnlySpan<int> sums)
    {
        var best = 0;
        for (var k = 1; k < Outputs.Strengths; k++)
        {
            best = table.Scaled(sums, Outputs.Strength + k) > table.Scaled(sums, Outputs.Strength + best) ? k : best;
        }

        return (SignalStrength)best;
    }
}

/// <summary>What the model says of one signal: a score that <see cref="Calibration"/> turns into a probability, the clause that says most, and how firmly.</summary>
internal readonly record struct Said(double Score, int Clause, SignalStrength Strength);

/// <summary>Scores of the three directions, each for itself.</summary>
internal readonly record struct Feelings(double Positive, double Neutral, double Negative);

/// <param name="Sarcasm">Score of a text that does not mean what it says.</param>
internal readonly record struct Judgement(Said Leave, Said Publish, Feelings Feelings, double Sarcasm);
