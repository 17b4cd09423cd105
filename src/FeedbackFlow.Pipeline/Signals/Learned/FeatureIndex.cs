using System.Numerics;
using System.Runtime.Intrinsics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Finds the row of a feature. Features are hashes, so their highest bits spread them evenly over small neighbourhoods, and a whole neighbourhood is compared at once: one
/// way through the memory to where it begins, one to the features themselves.
/// </summary>
internal sealed class FeatureIndex
{
    /// <summary>Three features in a neighbourhood, on average, where a hundred thousand were learned.</summary>
    private const int NeighbourhoodBits = 15;

    /// <summary>One bit for each can be told apart.</summary>
    private const int MostNeighbours = 56;

    private const int Lanes = 8;

    private readonly int[] starts = new int[(1 << NeighbourhoodBits) + 1];

    /// <summary>In ascending order, and behind them the last one again, so that there is always enough to compare with.</summary>
    private readonly uint[] features;

    /// <param name="ascending">Each once.</param>
    public FeatureIndex(ReadOnlySpan<uint> ascending)
    {
        Count = ascending.Length;
        features = new uint[Count + Lanes];
        ascending.CopyTo(features);
        for (var behind = Count; behind < features.Length; behind++)
        {
            features[behind] = ascending[^1];
        }

        var next = 0;
        for (var row = 0; row < Count; row++)
        {
            if (row > 0 && features[row] <= features[row - 1])
            {
                throw new InvalidDataException("The features of the model are not in ascending order.");
            }

            for (var neighbourhood = NeighbourhoodOf(features[row]); next <= neighbourhood; next++)
            {
                starts[next] = row;
            }
        }

        for (; next < starts.Length; next++)
        {
            starts[next] = Count;
        }

        for (var neighbourhood = 1; neighbourhood < starts.Length; neighbourhood++)
        {
            if (starts[neighbourhood] - starts[neighbourhood - 1] > MostNeighbours)
            {
                throw new InvalidDataException("The features of the model are not spread evenly.");
            }
        }
    }

    public int Count { get; }

    /// <summary>Its row, or -1 where it was never learned.</summary>
    /// <remarks>Nothing branches on the answer: the processor would guess it wrong one time in six, and see that only when the features have come from far.</remarks>
    public int RowOf(uint feature)
    {
        var neighbourhood = NeighbourhoodOf(feature);
        var (start, end) = (starts[neighbourhood], starts[neighbourhood + 1]);
        var same = SameAs(feature, start);
        for (var next = start + Lanes; next < end; next += Lanes)
        {
            same |= (ulong)SameAs(feature, next) << (next - start);
        }

        return same == 0 ? -1 : start + BitOperations.TrailingZeroCount(same);
    }

    /// <summary>One bit for each of the next features that is this one.</summary>
    private ulong SameAs(uint feature, int row) => Vector256.Equals(Vector256.Create(features, row), Vector256.Create(feature)).ExtractMostSignificantBits();

    private static int NeighbourhoodOf(uint feature) => (int)(feature >> (32 - NeighbourhoodBits));
}
