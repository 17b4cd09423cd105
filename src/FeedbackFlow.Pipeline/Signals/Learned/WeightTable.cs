using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// The weights of a learned model, found by feature. File, little-endian: number of features and of nets (int32), one scale per output and per net (float32), the
/// features (uint32), and for each feature a row of single bytes: one weight per output (times the scale of the output), 1 where the nets know it, zeros up to
/// <see cref="Block"/>, and its vector for each net (times the scale of the net).
/// </summary>
internal sealed class WeightTable
{
    public const int Block = 16;

    /// <summary>The sums of so many rows of single bytes fit into sixteen bits.</summary>
    public const int MostRows = 256;

    /// <summary>Marks an empty place; a feature with this hash would be taken for one that was never learned.</summary>
    private const uint NoFeature = 0;

    /// <summary>One bit of so many numbers; it says "no" for nine of ten features that were never learned, and is small enough to stay near the processor.</summary>
    private const int HintBits = 20;

    private readonly ulong[] hint = new ulong[(1 << HintBits) / 64];
    private readonly (uint Feature, int Row)[] places;
    private readonly sbyte[] weights;
    private readonly float[] scales;
    private readonly float[] netScales;
    private readonly int mask;
    private readonly int stride;

    private WeightTable(uint[] features, sbyte[] weights, float[] scales, float[] netScales)
    {
        this.weights = weights;
        this.scales = scales;
        this.netScales = netScales;
        Features = features.Length;
        stride = Block + (netScales.Length * Net.Width);
        places = new (uint, int)[BitOperations.RoundUpToPowerOf2((uint)features.Length * 2)];
        mask = places.Length - 1;
        for (var i = 0; i < features.Length; i++)
        {
            var at = PlaceOf(features[i]);
            places[at] = (features[i], i);
            hint[HintOf(features[i])] |= 1UL << (int)(features[i] >> (32 - HintBits));
        }
    }

    public int Nets => netScales.Length;

    public int Features { get; }

    /// <summary>The numbers of a row: the outputs and the vectors for the nets.</summary>
    public int Width => stride;

    public static WeightTable Read(BinaryReader reader)
    {
        var (count, nets) = (reader.ReadInt32(), reader.ReadInt32());
        var scales = Numbers<float>(reader, Outputs.Count);
        var netScales = Numbers<float>(reader, nets);
        var features = Numbers<uint>(reader, count);
        return new WeightTable(features, Numbers<sbyte>(reader, count * (Block + (nets * Net.Width))), scales, netScales);
    }

    public static T[] Numbers<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var numbers = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    /// <summary>False where a feature was never learned; most of the others were.</summary>
    public bool MayHave(uint feature) => (hint[HintOf(feature)] & (1UL << (int)(feature >> (32 - HintBits)))) != 0;

    /// <summary>The row of a feature, or -1 where it was never learned.</summary>
    public int RowOf(uint feature)
    {
        var (found, row) = places[PlaceOf(feature)];
        return found == NoFeature ? -1 : row;
    }

    private static int HintOf(uint feature) => (int)(feature >> (32 - HintBits + 6));

    /// <summary>Where a feature stands, or the empty place where it would.</summary>
    private int PlaceOf(uint feature)
    {
        var at = (int)feature & mask;
        while (places[at].Feature is var taken && taken != feature && taken != NoFeature)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    /// <summary>Adds the weights of some rows, not yet scaled.</summary>
    /// <param name="sums">Some blocks of them: the outputs, or also the vectors for the nets behind them.</param>
    /// <param name="rows">At most <see cref="MostRows"/>.</param>
    public void AddTo(Span<int> sums, ReadOnlySpan<uint> rows)
    {
        for (var at = 0; at < sums.Length; at += Block)
        {
            var sum = Vector256<short>.Zero;
            foreach (var row in rows)
            {
                sum += Vector256.WidenLower(Vector128.Create<sbyte>(weights.AsSpan(((int)row * stride) + at, Block)).ToVector256Unsafe());
            }

            var (low, high) = Vector256.Widen(sum);
            (Vector256.Create<int>(sums[at..]) + low).CopyTo(sums[at..]);
            (Vector256.Create<int>(sums[(at + Vector256<int>.Count)..]) + high).CopyTo(sums[(at + Vector256<int>.Count)..]);
        }
    }

    public double Scaled(ReadOnlySpan<int> sums, int output) => sums[output] * (double)scales[output];

    /// <summary>The vector of a clause for one of the nets.</summary>
    /// <param name="known">How many features were added that the nets know.</param>
    public void Scale(ReadOnlySpan<int> vectors, int net, int known, Span<float> vector)
    {
        var scale = netScales[net] / Net.NormOf(known);
        var sums = vectors.Slice(net * Net.Width, Net.Width);
        for (var k = 0; k < Net.Width; k += Vector256<int>.Count)
        {
            (Vector256.ConvertToSingle(Vector256.Create(sums[k..])) * scale).CopyTo(vector[k..]);
        }
    }
}
