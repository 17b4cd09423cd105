namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Some words of the vocabulary, by number.</summary>
internal sealed class WordSet
{
    private readonly int[] ids;
    private WordTable table;

    public WordSet(params ReadOnlySpan<int> ids)
    {
        this.ids = ids.ToArray();
    }

    public ReadOnlySpan<int> Ids => ids;

    /// <summary>The same words, to be asked for; made when first needed, because most sets never are.</summary>
    public WordTable Table => table.IsNone ? table = new WordTable(ids) : table;

    /// <summary>Where this shares no bit with the <see cref="SignOf(ReadOnlySpan{int})"/> of some words, none of them is in the set.</summary>
    public ulong Sign => SignOf(ids);

    public static ulong SignOf(ReadOnlySpan<int> words)
    {
        var sign = 0UL;
        foreach (var id in words)
        {
            sign |= SignOf(id);
        }

        return sign;
    }

    public static ulong SignOf(int word) => 1UL << (int)(WordTable.Mixed(word) >> 26);

    /// <summary>How often phrases ask for its words, all together.</summary>
    public int UsesOf(ReadOnlySpan<int> uses)
    {
        var sum = 0;
        foreach (var id in ids)
        {
            sum += uses[id];
        }

        return sum;
    }

    public bool HasOneOf(ReadOnlySpan<int> words) => Table.HasOneOf(words);
}
