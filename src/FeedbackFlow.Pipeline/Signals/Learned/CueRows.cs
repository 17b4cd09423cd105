using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Adds the weights of the cues around a clause (<see cref="FeatureGroup.Story"/> and <see cref="FeatureGroup.Surroundings"/>). They are a quarter of all features, and nearly the
/// same from clause to clause: their rows are looked up once for all texts, and only what changes is added.
/// </summary>
/// <param name="names">The hashed names of the cues, by number.</param>
internal sealed class CueRows(WeightTable table, ReadOnlySpan<uint> names)
{
    private readonly int[] storyBefore = RowsOf(Named.StoryBefore, names, table);
    private readonly int[] storyAfter = RowsOf(Named.StoryAfter, names, table);
    private readonly int[] cueBefore = RowsOf(Named.CueBefore, names, table);
    private readonly int[] cueAfter = RowsOf(Named.CueAfter, names, table);

    /// <summary>From the cues before and after one clause to those before and after the next.</summary>
    /// <param name="story">Their sums; zeros before the first clause.</param>
    /// <param name="room">Room for <see cref="WeightTable.MostRows"/>.</param>
    public void Move(Span<int> story, ClauseCues cues, int clause, Span<uint> room)
    {
        if (clause == 0)
        {
            table.AddTo(story, Take(cues.After(0), storyAfter, room));
            return;
        }

        table.AddTo(story, Take(cues.Before(clause).Without(cues.Before(clause - 1)), storyBefore, room));
        table.TakeFrom(story, Take(cues.After(clause - 1).Without(cues.After(clause)), storyAfter, room));
    }

    /// <summary>The cues of the clause before and of the clause after, as often as they are there.</summary>
    public void AddNeighbours(Span<int> sums, ReadOnlySpan<int> before, ReadOnlySpan<int> after, Span<uint> room)
    {
        var count = Add(sums, before, cueBefore, room, 0);
        count = Add(sums, after, cueAfter, room, count);
        table.AddTo(sums, room[..count]);
    }

    private int Add(Span<int> sums, ReadOnlySpan<int> cues, int[] rows, Span<uint> room, int count)
    {
        foreach (var cue in cues)
        {
            if (count == WeightTable.MostRows)
            {
                table.AddTo(sums, room);
                count = 0;
            }

            count = Put(rows[cue], room, count);
        }

        return count;
    }

    private static Span<uint> Take(CueSet cues, int[] rows, Span<uint> room)
    {
        var count = 0;
        for (var low = cues.Low; low != 0; low &= low - 1)
        {
            count = Put(rows[BitOperations.TrailingZeroCount(low)], room, count);
        }

        for (var high = cues.High; high != 0; high &= high - 1)
        {
            count = Put(rows[64 + BitOperations.TrailingZeroCount(high)], room, count);
        }

        return room[..count];
    }

    /// <summary>Keeps a row that is there.</summary>
    private static int Put(int row, Span<uint> room, int count)
    {
        room[count] = (uint)row;
        return count + (row < 0 ? 0 : 1);
    }

    private static int[] RowsOf(uint kind, ReadOnlySpan<uint> names, WeightTable table)
    {
        var rows = new int[names.Length];
        for (var cue = 0; cue < rows.Length; cue++)
        {
            rows[cue] = table.RowOf(FeatureHash.Join(kind, names[cue]));
        }

        return rows;
    }
}
