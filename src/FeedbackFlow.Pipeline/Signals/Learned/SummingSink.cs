using System.Runtime.CompilerServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Adds up the weights of the features that are walked inside clauses: of every feature for its clause, of each once for the whole text.</summary>
/// <param name="table">The weights.</param>
/// <param name="seen">The rows that this text has used.</param>
/// <param name="clause">Sums of the clause and of its vectors for the nets, one row of the table wide.</param>
/// <param name="whole">Sums of the whole text, <see cref="WeightTable.Step"/> of them twice: first of the features that a longer text has more of, then of the others.</param>
/// <param name="room">Room for <see cref="Kinds"/> times <see cref="WeightTable.MostRows"/>: features wait here, apart by where they count, and are looked up and added together.</param>
internal ref struct SummingSink(WeightTable table, BitSet seen, Span<int> clause, Span<int> whole, Span<uint> room) : IFeatureSink
{
    public const int Kinds = 2;

    /// <summary>In the whole text once, and there the less the longer the text.</summary>
    private const int Growing = 0;

    /// <summary>In the whole text once.</summary>
    private const int Steady = 1;

    private readonly BitSet seen = seen;
    private readonly Span<int> clause = clause;
    private readonly Span<int> whole = whole;
    private readonly Span<uint> room = room;
    private Counts waiting;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(FeatureGroup group, uint feature)
    {
        var kind = Outputs.GrowsWithText(group) ? Growing : Steady;
        room[(kind * WeightTable.MostRows) + waiting[kind]] = feature;
        if (++waiting[kind] == WeightTable.MostRows)
        {
            Settle(kind);
        }
    }

    /// <summary>Adds what waits; before it the sums are not complete.</summary>
    public void Settle()
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            Settle(kind);
        }
    }

    private void Settle(int kind)
    {
        if (waiting[kind] == 0)
        {
            return;
        }

        var features = room.Slice(kind * WeightTable.MostRows, waiting[kind]);
        waiting[kind] = 0;
        // The rows take the place of the features that are done.
        var known = 0;
        foreach (var feature in features)
        {
            var row = table.RowOf(feature);
            features[known] = (uint)row;
            known += row < 0 ? 0 : 1;
        }

        table.AddTo(clause, features[..known]);
        var first = 0;
        foreach (var row in features[..known])
        {
            features[first] = row;
            first += seen.Add((int)row) ? 1 : 0;
        }

        table.AddTo(whole.Slice(kind * WeightTable.Step, WeightTable.Step), features[..first]);
    }

    /// <summary>For each kind, how many wait.</summary>
    [InlineArray(Kinds)]
    private struct Counts
    {
        private int first;
    }
}
