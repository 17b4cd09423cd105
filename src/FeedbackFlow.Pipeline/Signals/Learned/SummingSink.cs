using System.Runtime.CompilerServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Adds up the weights of the features that are walked: of every feature for its clause, of each once for the whole text.</summary>
/// <param name="table">The weights.</param>
/// <param name="seen">The rows that this text has used.</param>
/// <param name="clause">Sums of the clause and of its vectors for the nets, one row of the table wide.</param>
/// <param name="whole">Sums of the whole text, <see cref="WeightTable.Block"/> of them twice: first of the features that a longer text has more of, then of the others.</param>
/// <param name="room">Room for four times <see cref="WeightTable.MostRows"/>: features wait here and are looked up and added together.</param>
internal ref struct SummingSink(WeightTable table, BitSet seen, Span<int> clause, Span<int> whole, Span<uint> room) : IFeatureSink
{
    private readonly BitSet seen = seen;
    private readonly Span<int> clause = clause;
    private readonly Span<int> whole = whole;
    private readonly Span<uint> room = room;
    private int waiting;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(FeatureGroup group, uint feature)
    {
        room[waiting] = feature;
        room[WeightTable.MostRows + waiting] = (uint)group;
        waiting += table.MayHave(feature) ? 1 : 0;
        if (waiting == WeightTable.MostRows)
        {
            Settle();
        }
    }

    /// <summary>Adds what waits; before it the sums are not complete.</summary>
    public void Settle()
    {
        var features = room[..waiting];
        var groups = room.Slice(WeightTable.MostRows, waiting);
        var growing = room.Slice(2 * WeightTable.MostRows, waiting);
        var others = room.Slice(3 * WeightTable.MostRows, waiting);
        var (known, ofGrowing, ofOther) = (0, 0, 0);
        for (var i = 0; i < features.Length; i++)
        {
            var row = table.RowOf(features[i]);
            if (row < 0)
            {
                continue;
            }

            // The row takes the place of a feature that is done.
            features[known++] = (uint)row;
            var group = (FeatureGroup)groups[i];
            if (!Outputs.IsOfWhole(group) || !seen.Add(row))
            {
                continue;
            }

            if (Outputs.GrowsWithText(group))
            {
                growing[ofGrowing++] = (uint)row;
            }
            else
            {
                others[ofOther++] = (uint)row;
            }
        }

        table.AddTo(clause, features[..known]);
        table.AddTo(whole[..WeightTable.Block], growing[..ofGrowing]);
        table.AddTo(whole[WeightTable.Block..], others[..ofOther]);
        waiting = 0;
    }
}
