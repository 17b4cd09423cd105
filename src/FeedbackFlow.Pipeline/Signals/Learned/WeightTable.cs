using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// The weights of a learned model, found by feature. File, little-endian: number of features and of nets (int32), one scale per output and per net (float32), the
/// features in ascending order (uint32), and for each feature a row of single bytes: one weight per output (times the scale of the output), 1 where the nets know it, zeros up to
/// <see cref="Block"/>, and its vector for each net (times the scale of the net).
/// </summary>
internal sealed class WeightTable
{
    public const int Block = 16;

    /// <summary>The sums of so many rows of single bytes fit into sixteen bits.</summary>
    public const int MostRows = 256;

    /// <summary>So many numbers of a row are added at once. In memory every row is as long as a multiple of this.</summary>
    public const int Step = 32;

    private const int RowsAtOnce = 512;

    private readonly FeatureIndex index;
    private readonly sbyte[] weights;
    private readonly float[] scales;
    private readonly float[] netScales;

    private WeightTable(BinaryReader reader)
    {
        var (count, nets) = (reader.ReadInt32(), reader.ReadInt32());
        scales = Numbers<float>(reader, Outputs.Count);
        netScales = Numbers<float>(reader, nets);
        index = new FeatureIndex(Numbers<uint>(reader, count));
        var written = Block + (nets * Net.Width);
        Width = (written + Step - 1) / Step * Step;
        weights = new sbyte[count * Width];
        ReadRows(reader.BaseStream, count, written);
    }

    public int Nets => netScales.Length;

    public int Features => index.Count;

    /// <summary>The numbers of a row: the outputs, the vectors for the nets, and zeros up to a multiple of <see cref="Step"/>.</summary>
    public int Width { get; }

    public static WeightTable Read(BinaryReader reader) => new(reader);

    public static T[] Numbers<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var numbers = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    /// <summary>The row of a feature, or -1 where it was never learned.</summary>
    public int RowOf(uint feature) => index.RowOf(feature);

    /// <summary>Adds the weights of some rows, not yet scaled.</summary>
    /// <param name="sums">As many of them as the first numbers of the rows that are wanted, a multiple of <see cref="Step"/>.</param>
    /// <param name="rows">At most <see cref="MostRows"/>.</param>
    public void AddTo(Span<int> sums, ReadOnlySpan<uint> rows) => Add(sums, rows, sign: 1);

    /// <summary>Takes the weights of some rows away again.</summary>
    public void TakeFrom(Span<int> sums, ReadOnlySpan<uint> rows) => Add(sums, rows, sign: -1);

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

    /// <summary>Many rows at once, to ask the stream seldom, and not all, to need no memory twice.</summary>
    private void ReadRows(Stream stream, int count, int written)
    {
        var some = new byte[RowsAtOnce * written];
        var to = MemoryMarshal.AsBytes(weights.AsSpan());
        for (var row = 0; row < count; row++)
        {
            var at = row % RowsAtOnce;
            if (at == 0)
            {
                stream.ReadExactly(some, 0, Math.Min(RowsAtOnce, count - row) * written);
            }

            some.AsSpan(at * written, written).CopyTo(to[(row * Width)..]);
        }
    }

    private void Add(Span<int> sums, ReadOnlySpan<uint> rows, short sign)
    {
        for (var at = 0; at < sums.Length; at += Step)
        {
            var (low, high) = (Vector256<short>.Zero, Vector256<short>.Zero);
            foreach (var row in rows)
            {
                var (lower, upper) = Vector256.Widen(Vector256.Create<sbyte>(weights.AsSpan(((int)row * Width) + at, Step)));
                low += lower;
                high += upper;
            }

            Add(sums[at..], low * sign);
            Add(sums[(at + Block)..], high * sign);
        }
    }

    private static void Add(Span<int> sums, Vector256<short> more)
    {
        var (low, high) = Vector256.Widen(more);
        (Vector256.Create<int>(sums) + low).CopyTo(sums);
        (Vector256.Create<int>(sums[Vector256<int>.Count..]) + high).CopyTo(sums[Vector256<int>.Count..]);
    }
}
