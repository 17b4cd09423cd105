using System.Numerics;
using System.Runtime.Intrinsics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// A small net over the clauses of a text. A clause is the sum of the vectors of its features; it is seen together with the clause before it, the clause after it
/// and the mean of all, and says how much it leaves and publishes. What one clause threatens and the next takes back is learned here.
/// </summary>
internal sealed class Net(float[] mix, float[] shift, float[] outs, float[] outShift)
{
    /// <summary>The mixing weights turned: of every part and number the weights for all hidden numbers, which then are reckoned side by side.</summary>
    private readonly float[] turned = Turn(mix);

    public const int Width = 16;

    /// <summary>The clause, the one before it, the one after it, the mean of all.</summary>
    public const int Parts = 4;

    /// <summary>Leaves and publishes.</summary>
    public const int Outs = 2;

    /// <summary>Small texts are not to look sure only because little was added up.</summary>
    public static float NormOf(int features) => 2 * MathF.Sqrt((features + 1) / 60f);

    /// <summary>Keeps a number between -1 and 1: a clause of many words is not to say more than one of few.</summary>
    public static void Bend(Span<float> sum)
    {
        for (var k = 0; k < sum.Length; k += Vector256<float>.Count)
        {
            var numbers = Vector256.Create<float>(sum[k..]);
            (numbers / (Vector256<float>.One + Vector256.Abs(numbers))).CopyTo(sum[k..]);
        }
    }

    /// <summary>Adds what every clause says.</summary>
    /// <param name="scores">For each clause, how much it leaves and how much it publishes.</param>
    /// <param name="clauses">The sums of all clauses, one behind the other, each bent.</param>
    public void AddTo(Span<float> scores, ReadOnlySpan<float> clauses)
    {
        var count = clauses.Length / Width;
        Span<float> mean = stackalloc float[Width];
        mean.Clear();
        for (var i = 0; i < clauses.Length; i++)
        {
            mean[i % Width] += clauses[i] / count;
        }

        Span<float> shared = stackalloc float[Width];
        shift.CopyTo(shared);
        Mix(3, mean, shared);
        Span<float> hidden = stackalloc float[Width];
        for (var clause = 0; clause < count; clause++)
        {
            shared.CopyTo(hidden);
            Mix(0, clauses.Slice(clause * Width, Width), hidden);
            if (clause > 0)
            {
                Mix(1, clauses.Slice((clause - 1) * Width, Width), hidden);
            }

            if (clause + 1 < count)
            {
                Mix(2, clauses.Slice((clause + 1) * Width, Width), hidden);
            }

            scores[clause * Outs] += OutOf(0, hidden);
            scores[(clause * Outs) + 1] += OutOf(1, hidden);
        }
    }

    public static Net Read(BinaryReader reader) =>
        new(WeightTable.Numbers<float>(reader, Parts * Width * Width), WeightTable.Numbers<float>(reader, Width), WeightTable.Numbers<float>(reader, Outs * Width), WeightTable.Numbers<float>(reader, Outs));

    /// <summary>All its numbers, in the order in which they are read.</summary>
    public IEnumerable<float> Numbers => [.. mix, .. shift, .. outs, .. outShift];

    private static float[] Turn(float[] mix)
    {
        var turned = new float[mix.Length];
        for (var at = 0; at < mix.Length; at++)
        {
            var (part, hidden, number) = (at / (Width * Width), at / Width % Width, at % Width);
            turned[(((part * Width) + number) * Width) + hidden] = mix[at];
        }

        return turned;
    }

    private void Mix(int part, ReadOnlySpan<float> from, Span<float> to)
    {
        var weights = turned.AsSpan(part * Width * Width, Width * Width);
        for (var k = 0; k < Width; k += Vector256<float>.Count)
        {
            (Vector256.Create<float>(to[k..]) + (Four(0, weights[k..], from) + Four(4, weights[k..], from))).CopyTo(to[k..]);
        }
    }

    private static Vector256<float> Four(int at, ReadOnlySpan<float> weights, ReadOnlySpan<float> from) =>
        (Two(at, weights, from) + Two(at + 1, weights, from)) + (Two(at + 2, weights, from) + Two(at + 3, weights, from));

    private static Vector256<float> Two(int at, ReadOnlySpan<float> weights, ReadOnlySpan<float> from) =>
        (Vector256.Create<float>(weights[(at * Width)..]) * from[at]) + (Vector256.Create<float>(weights[((at + 8) * Width)..]) * from[at + 8]);

    private float OutOf(int output, ReadOnlySpan<float> hidden)
    {
        var sum = outShift[output];
        for (var k = 0; k < Width; k++)
        {
            sum += outs[(output * Width) + k] * Math.Max(0, hidden[k]);
        }

        return sum;
    }

    public static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = Vector<float>.Zero;
        for (var k = 0; k < Width; k += Vector<float>.Count)
        {
            sum += new Vector<float>(one[k..]) * new Vector<float>(other[k..]);
        }

        return Vector.Sum(sum);
    }
}
