namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Which of the sets of words that phrases need stand in a sentence, and where. Its owner lends the memory, cleared, once for a whole text.</summary>
/// <param name="places">For each set one bit for every place of the sentence; the last bit is for all that come later.</param>
/// <param name="present">Takes the sets that are there; has room for all.</param>
internal ref struct SentenceWords(Span<ulong> places, Span<int> present)
{
    public const int LastPlace = 63;

    private readonly Span<ulong> places = places;
    private readonly Span<int> present = present;
    private int count;

    public readonly ReadOnlySpan<int> Present => present[..count];

    /// <summary>Forgets the sentence before. Few sets are in a sentence, so only they are cleared.</summary>
    public void Clear()
    {
        foreach (var set in Present)
        {
            places[set] = 0;
        }

        count = 0;
    }

    /// <param name="at">A place, counted from the beginning of the sentence.</param>
    public void Add(int set, int at)
    {
        if (places[set] == 0)
        {
            present[count++] = set;
        }

        places[set] |= BitOf(at);
    }

    /// <summary>Whether each of some sets has a word among the places.</summary>
    public readonly bool HasAll(ReadOnlySpan<int> sets, ulong among)
    {
        foreach (var set in sets)
        {
            if ((places[set] & among) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ulong BitOf(int at) => 1UL << Math.Min(at, LastPlace);
}
