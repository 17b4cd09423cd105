using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// The weights of a learned model, found by feature. File, little-endian: number of outputs (int32), number of features (int32), one scale per output
/// (float32), the features in rising order (uint32), and for each feature one weight per output (int8, times the scale of the output).
/// </summary>
internal sealed class WeightTable
{
    /// <summary>Marks an empty place; a feature with this hash would be taken for one that was never learned.</summary>
    private const uint NoFeature = 0;

    private readonly uint[] keys;
    private readonly int[] rows;
    private readonly sbyte[] weights;
    private readonly float[] scales;
    private readonly int mask;

    private WeightTable(uint[] features, sbyte[] weights, float[] scales)
    {
        this.weights = weights;
        this.scales = scales;
        keys = new uint[BitOperations.RoundUpToPowerOf2((uint)features.Length * 2)];
        rows = new int[keys.Length];
        mask = keys.Length - 1;
        for (var i = 0; i < features.Length; i++)
        {
            var at = PlaceOf(features[i]);
            (keys[at], rows[at]) = (features[i], i);
        }
    }

    public int Outputs => scales.Length;

    public static WeightTable Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        var (outputs, count) = (reader.ReadInt32(), reader.ReadInt32());
        var scales = new float[outputs];
        for (var i = 0; i < outputs; i++)
        {
            scales[i] = reader.ReadSingle();
        }

        var features = new uint[count];
        var bytes = reader.ReadBytes(count * sizeof(uint));
        for (var i = 0; i < count; i++)
        {
            features[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)));
        }

        return new WeightTable(features, MemoryMarshal.Cast<byte, sbyte>(reader.ReadBytes(count * outputs)).ToArray(), scales);
    }

    public int Features => weights.Length / scales.Length;

    /// <summary>The row of a feature, or -1 where it was never learned.</summary>
    public int RowOf(uint feature)
    {
        var at = PlaceOf(feature);
        return keys[at] == NoFeature ? -1 : rows[at];
    }

    /// <summary>Where a feature stands, or the empty place where it would.</summary>
    private int PlaceOf(uint feature)
    {
        var at = (int)feature & mask;
        while (keys[at] != feature && keys[at] != NoFeature)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    /// <summary>Adds the weights of a row, not yet scaled, from one output up to another.</summary>
    public void AddTo(Span<int> sums, int row, int from, int to)
    {
        var weight = weights.AsSpan(row * scales.Length, scales.Length);
        for (var k = from; k < to; k++)
        {
            sums[k] += weight[k];
        }
    }

    public double Scaled(ReadOnlySpan<int> sums, int output) => sums[output] * (double)scales[output];
}
