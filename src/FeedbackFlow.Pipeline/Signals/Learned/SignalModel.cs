namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Weighs every clause of a text and the text as a whole, with a linear model and small nets over <see cref="ClauseReading"/>; trees then look at what these say
/// together with what the phrases found (<see cref="SecondLook"/>). The <c>train</c> command of the benchmarks made all three.
/// </summary>
internal sealed class SignalModel
{
    private static readonly Lazy<SignalModel> Loaded = new(() => new SignalModel(SignalResources.Open("signals.model")));

    private readonly WeightTable table;
    private readonly CueRows cues;
    private readonly Net[] nets;
    private readonly Trees leaveTrees;
    private readonly Trees publishTrees;

    private SignalModel(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        table = WeightTable.Read(reader);
        cues = new CueRows(table, PhraseBook.Shared.Cues);
        nets = new Net[table.Nets];
        for (var i = 0; i < nets.Length; i++)
        {
            nets[i] = Net.Read(reader);
        }

        leaveTrees = Trees.Read(reader);
        publishTrees = Trees.Read(reader);
    }

    public static SignalModel Shared => Loaded.Value;

    /// <summary>What the first stage says.</summary>
    public Judgement Weigh(ClauseReading reading)
    {
        var count = reading.Clauses.Count;
        var lanes = nets.Length * Net.Width;
        var seen = new BitSet(stackalloc ulong[BitSet.SizeFor(table.Features)]);
        var rented = Lent<float>.Take(count * (Net.Outs + 2 + lanes));
        var linear = rented.AsSpan(0, count * 2);
        var bent = rented.AsSpan(count * 2, count * Net.Outs);
        bent.Clear();
        var vectors = rented.AsSpan(count * (2 + Net.Outs), count * lanes);
        Span<int> whole = stackalloc int[2 * WeightTable.Step];
        Span<int> sums = stackalloc int[table.Width];
        Span<int> story = stackalloc int[table.Width];
        Span<uint> room = stackalloc uint[SummingSink.Kinds * WeightTable.MostRows];
        whole.Clear();
        story.Clear();
        Span<SignalStrength> strengths = count <= 256 ? stackalloc SignalStrength[count] : new SignalStrength[count];
        for (var i = 0; i < count; i++)
        {
            cues.Move(story, reading.Cues, i, room);
            story.CopyTo(sums);
            var sink = new SummingSink(table, seen, sums, whole, room);
            reading.WalkInside(i, ref sink);
            sink.Settle();
            cues.AddNeighbours(sums, reading.Cues.Of(i - 1), reading.Cues.Of(i + 1), room[..WeightTable.MostRows]);
            strengths[i] = StrengthOf(sums);
            linear[i * 2] = (float)table.Scaled(sums, Outputs.ClauseLeaves);
            linear[(i * 2) + 1] = (float)table.Scaled(sums, Outputs.ClausePublishes);
            for (var net = 0; net < nets.Length; net++)
            {
                var clause = vectors.Slice(((net * count) + i) * Net.Width, Net.Width);
                table.Scale(sums[WeightTable.Block..], net, sums[Outputs.IsKnownToNets], clause);
                Net.Bend(clause);
            }
        }

        for (var net = 0; net < nets.Length; net++)
        {
            nets[net].AddTo(bent, vectors.Slice(net * count * Net.Width, count * Net.Width));
        }

        var text = new SummingSink(table, seen, sums, whole, room);
        reading.WalkText(ref text);
        text.Settle();
        var share = Outputs.ShareOf(reading.Words);
        var judgement = new Judgement(
            Pool.Of(linear, bent, nets.Length, SignalKind.Leave, WholeOf(Outputs.TextLeaves, whole), strengths),
            Pool.Of(linear, bent, nets.Length, SignalKind.Publish, WholeOf(Outputs.TextPublishes, whole), strengths),
            new Feelings(WholeOf(Outputs.Feeling, whole), WholeOf(Outputs.Feeling + 1, whole), WholeOf(Outputs.Feeling + 2, whole)),
            WholeOf(Outputs.Sarcasm, whole),
            new LookAlikes(WholeOf(Outputs.LookAlikes, whole), WholeOf(Outputs.LookAlikes + 1, whole), WholeOf(Outputs.LookAlikes + 2, whole)));
        Lent<float>.Return(rented);
        return judgement;

        double WholeOf(int output, ReadOnlySpan<int> whole) => (share * table.Scaled(whole, output)) + table.Scaled(whole[WeightTable.Step..], output);
    }

    /// <summary>How sure it is that a text says a signal, after the second look.</summary>
    public double Probability(SignalKind kind, ReadOnlySpan<float> look) =>
        1 / (1 + Math.Exp(-(kind == SignalKind.Leave ? leaveTrees : publishTrees).Score(look)));

    private SignalStrength StrengthOf(ReadOnlySpan<int> sums)
    {
        var best = 0;
        for (var k = 1; k < Outputs.Strengths; k++)
        {
            best = table.Scaled(sums, Outputs.Strength + k) > table.Scaled(sums, Outputs.Strength + best) ? k : best;
        }

        return (SignalStrength)best;
    }
}

/// <summary>What the first stage says of one signal.</summary>
/// <param name="Pooled">The soft maximum of the linear model over the clauses.</param>
/// <param name="Top">Its score of the clause that says most.</param>
/// <param name="Whole">What it says of the text as a whole.</param>
/// <param name="Net">The soft maximum of the nets over the clauses.</param>
/// <param name="Clause">The clause that says most, by both.</param>
internal readonly record struct Said(double Pooled, double Top, double Whole, double Net, int Clause, SignalStrength Strength);

/// <summary>Scores of the three directions, each for itself.</summary>
internal readonly record struct Feelings(double Positive, double Neutral, double Negative);

/// <summary>Scores of texts that only look like a signal.</summary>
/// <param name="Stays">The customer stays: it was put right, nobody leaves, came to us from others.</param>
/// <param name="Ends">Something else ends or changes: a job, an appointment, a date; a plain fact, a question.</param>
/// <param name="Told">Somebody else said or did it, it is praise that is told, or only a topic.</param>
internal readonly record struct LookAlikes(double Stays, double Ends, double Told);

/// <param name="Sarcasm">Score of a text that does not mean what it says.</param>
internal readonly record struct Judgement(Said Leave, Said Publish, Feelings Feelings, double Sarcasm, LookAlikes LookAlikes);
