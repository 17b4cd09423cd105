namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Which of the sets of words that phrases need stand in a stretch of text, and where. One serves many stretches, one after the other.</summary>
/// <param name="sets">How many sets there are.</param>
internal sealed class SentenceWords(int sets)
{
    /// <summary>A stretch has at most so many words.</summary>
    public const int Most = 64;

    /// <summary>For each set one bit for every word of the stretch.</summary>
    private readonly ulong[] places = new ulong[sets];

    /// <summary>The sets that are there, and one place more.</summary>
    private readonly int[] present = new int[sets + 1];
    private int count;

    /// <summary>Forgets the stretch before. Few sets are in a stretch, so only they are cleared.</summary>
    public void Clear()
    {
        foreach (var set in present.AsSpan(0, count))
        {
            places[set] = 0;
        }

        count = 0;
    }

    /// <param name="at">A place, counted from the beginning of the stretch.</param>
    public void Add(int set, int at)
    {
        ref var there = ref places[set];
        present[count] = set;
        count += there == 0 ? 1 : 0;
        there |= 1UL << at;
    }

    /// <summary>The places with a word of a set from <paramref name="from"/> to <paramref name="from"/> + <paramref name="more"/> words behind them.</summary>
    public ulong Before(int set, int from, int more)
    {
        var before = places[set] >> from;
        for (var spread = 1; spread <= more; spread *= 2)
        {
            before |= before >> Math.Min(spread, more + 1 - spread);
        }

        return before;
    }
}
