using System.Runtime.Intrinsics;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Learns a <see cref="Net"/> and the vectors of its features, one text after the other (AdaGrad), with a part of the features left out each time so that none is
/// relied on alone. All draws come from a fixed seed: the same texts give the same net.
/// </summary>
internal sealed class NetTrainer
{
    private const int Width = Net.Width;
    private const int Epochs = 20;
    private const float Rate = 0.1f;
    private const float Keep = 0.3f;

    /// <summary>Vectors begin nearly empty, so that those of rare features say little.</summary>
    private const float Start = 0.03f;
    private const int SilentRounds = 5;
    private const float Decay = 1e-5f;

    /// <summary>How much a marked clause counts beside its text.</summary>
    private const float ClauseShare = 0.3f;

    private readonly Dictionary<uint, int> places = [];
    private readonly Draws draws;
    private readonly float[] vectors;
    private readonly float[] vectorPulls;
    private readonly Weights mix;
    private readonly Weights shift = new(Width, 0, null);
    private readonly Weights outs;
    private readonly Weights outShift = new(Net.Outs, 0, null);
    private readonly SideLessons sides;

    private NetTrainer(IReadOnlyList<ReadText> texts, ulong seed)
    {
        draws = new Draws(seed);
        foreach (var feature in FeatureCounts.Frequent(texts.Select(text => text.Clauses), NetInput.IsSeen))
        {
            places[feature] = places.Count;
        }

        vectors = draws.Numbers(places.Count * Width, Start);
        vectorPulls = new float[vectors.Length];
        mix = new Weights(Net.Parts * Width * Width, 0.3f, draws);
        outs = new Weights(Net.Outs * Width, 0.4f, draws);
        sides = new SideLessons(SideLessons.KindsOf(texts), draws);
    }

    /// <param name="texts">Texts with signals marked.</param>
    /// <param name="silent">Texts from outside the corpus that say neither; each is heeded in one round of several.</param>
    public static LearnedNet Train(IReadOnlyList<ReadText> texts, IReadOnlyList<ReadText> silent, ulong seed)
    {
        var trainer = new NetTrainer(texts, seed);
        ReadText[] all = [.. texts, .. silent];
        var inputs = Array.ConvertAll(all, text => NetInput.Of(text, trainer.places));
        var order = Enumerable.Range(0, all.Length).SelectMany(at => Enumerable.Repeat(at, all[at].Text.IsReal ? PublicTexts.RealCounts : 1)).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            trainer.draws.Shuffle(order);
            var rate = Rate * (1 - ((float)epoch / (Epochs + 1)));
            foreach (var at in order)
            {
                if (inputs[at].Length > 0 && (at < texts.Count || at % SilentRounds == epoch % SilentRounds))
                {
                    trainer.Learn(all[at], inputs[at], rate);
                }
            }
        }

        return new LearnedNet(trainer.places, trainer.vectors, new Net(trainer.mix.Values, trainer.shift.Values, trainer.outs.Values, trainer.outShift.Values));
    }

    private void Learn(ReadText text, NetInput[] clauses, float rate)
    {
        var kept = Array.ConvertAll(clauses, clause => clause.Keep(draws, Keep));
        var pass = new Pass(clauses.Length);
        Forward(kept, pass);
        var pulls = PullsOf(text, pass);
        var back = Backward(pass, pulls, sides.Learn(text, pass.MeanOfHidden(), rate));
        for (var clause = 0; clause < kept.Length; clause++)
        {
            for (var i = 0; i < kept[clause].Places.Length; i++)
            {
                Move(kept[clause].Places[i], kept[clause].Values[i], back.AsSpan(clause * Width, Width), rate);
            }
        }

        mix.Step(rate);
        shift.Step(rate);
        outs.Step(rate);
        outShift.Step(rate);
    }

    private void Move(int place, float value, ReadOnlySpan<float> pull, float rate)
    {
        var vector = vectors.AsSpan(place * Width, Width);
        var past = vectorPulls.AsSpan(place * Width, Width);
        for (var k = 0; k < Width; k += Vector128<float>.Count)
        {
            var (old, sum) = (Vector128.Create<float>(vector[k..]), Vector128.Create<float>(past[k..]));
            var change = (value * Vector128.Create(pull[k..])) + (Decay * old);
            sum += change * change;
            sum.CopyTo(past[k..]);
            (old - (rate * change / (Vector128.Sqrt(sum) + Vector128.Create(0.01f)))).CopyTo(vector[k..]);
        }
    }

    private sealed class Pass(int clauses)
    {
        public float[] Sums { get; } = new float[clauses * Width];

        public float[] Mean { get; } = new float[Width];

        public float[] Hidden { get; } = new float[clauses * Width];

        public float[] Scores { get; } = new float[clauses * Net.Outs];

        public int Clauses => clauses;

        public float[] MeanOfHidden()
        {
            var mean = new float[Width];
            for (var i = 0; i < Hidden.Length; i++)
            {
                mean[i % Width] += Hidden[i] / clauses;
            }

            return mean;
        }

        public Span<float> InputOf(int clause, int part) => part switch
        {
            0 => Sums.AsSpan(clause * Width, Width),
            1 => clause > 0 ? Sums.AsSpan((clause - 1) * Width, Width) : [],
            2 => clause + 1 < Clauses ? Sums.AsSpan((clause + 1) * Width, Width) : [],
            _ => Mean,
        };

        public double Pooled(int output)
        {
            var pool = new Pool();
            for (var clause = 0; clause < Clauses; clause++)
            {
                pool.Add(Scores[(clause * Net.Outs) + output]);
            }

            return pool.Score;
        }
    }

    private void Forward(NetInput[] clauses, Pass pass)
    {
        for (var clause = 0; clause < clauses.Length; clause++)
        {
            var sum = pass.Sums.AsSpan(clause * Width, Width);
            clauses[clause].AddTo(sum, vectors);
            Net.Bend(sum);
            for (var k = 0; k < Width; k++)
            {
                pass.Mean[k] += sum[k] / clauses.Length;
            }
        }

        for (var clause = 0; clause < clauses.Length; clause++)
        {
            var hidden = pass.Hidden.AsSpan(clause * Width, Width);
            shift.Values.CopyTo(hidden);
            for (var part = 0; part < Net.Parts; part++)
            {
                var input = pass.InputOf(clause, part);
                for (var k = 0; k < Width && input.Length > 0; k++)
                {
                    hidden[k] += Net.Dot(mix.Values.AsSpan(((part * Width) + k) * Width, Width), input);
                }
            }

            for (var output = 0; output < Net.Outs; output++)
            {
                var sum = outShift.Values[output];
                for (var k = 0; k < Width; k++)
                {
                    hidden[k] = Math.Max(0, hidden[k]);
                    sum += outs.Values[(output * Width) + k] * hidden[k];
                }

                pass.Scores[(clause * Net.Outs) + output] = sum;
            }
        }
    }

    /// <summary>How far the score of each clause is off: by what its text says, and by what is marked in it.</summary>
    private static float[] PullsOf(ReadText text, Pass pass)
    {
        var pulls = new float[pass.Scores.Length];
        for (var output = 0; output < Net.Outs; output++)
        {
            var kind = output == 0 ? SignalKind.Leave : SignalKind.Publish;
            var pooled = pass.Pooled(output);
            var off = Share(pooled) - (text.Text.Strength(kind) is not null ? 1 : 0);
            for (var clause = 0; clause < pass.Clauses; clause++)
            {
                var at = (clause * Net.Outs) + output;
                pulls[at] = (float)(off * Math.Exp(Outputs.Sharpness * (pass.Scores[at] - pooled)));
                if (text.Says(kind, clause) is { } says)
                {
                    pulls[at] += ClauseShare * (float)(Share(pass.Scores[at]) - (says ? 1 : 0));
                }
            }
        }

        return pulls;
    }

    private static double Share(double score) => 1 / (1 + Math.Exp(-score));

    /// <summary>Notes how the weights should change. Returns how the sums of the clauses should.</summary>
    /// <param name="beside">How the mean of what is hidden should change for the lessons beside.</param>
    private float[] Backward(Pass pass, float[] pulls, float[] beside)
    {
        var back = new float[pass.Sums.Length];
        var mean = new float[Width];
        var hidden = new float[Width];
        for (var clause = 0; clause < pass.Clauses; clause++)
        {
            Array.Clear(hidden);
            for (var output = 0; output < Net.Outs; output++)
            {
                var pull = pulls[(clause * Net.Outs) + output];
                outShift.Pulls[output] += pull;
                for (var k = 0; k < Width; k++)
                {
                    outs.Pulls[(output * Width) + k] += pull * pass.Hidden[(clause * Width) + k];
                    hidden[k] += pass.Hidden[(clause * Width) + k] > 0 ? pull * outs.Values[(output * Width) + k] : 0;
                }
            }

            for (var k = 0; k < Width; k++)
            {
                hidden[k] += pass.Hidden[(clause * Width) + k] > 0 ? beside[k] / pass.Clauses : 0;
                shift.Pulls[k] += hidden[k];
            }

            for (var part = 0; part < Net.Parts; part++)
            {
                var input = pass.InputOf(clause, part);
                if (input.Length > 0)
                {
                    BackwardPart(part, hidden, input, part == 3 ? mean : back.AsSpan((clause + (part == 1 ? -1 : part == 2 ? 1 : 0)) * Width, Width));
                }
            }
        }

        for (var i = 0; i < back.Length; i++)
        {
            var flat = 1 - Math.Abs(pass.Sums[i]);
            back[i] = (back[i] + (mean[i % Width] / pass.Clauses)) * flat * flat;
        }

        return back;
    }

    private void BackwardPart(int part, float[] hidden, ReadOnlySpan<float> input, Span<float> back)
    {
        for (var k = 0; k < Width; k++)
        {
            var at = ((part * Width) + k) * Width;
            for (var j = 0; j < Width && hidden[k] != 0; j++)
            {
                mix.Pulls[at + j] += hidden[k] * input[j];
                back[j] += hidden[k] * mix.Values[at + j];
            }
        }
    }
}
