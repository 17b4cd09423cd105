namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Some tokens of a text, one bit each.</summary>
internal readonly struct TokenMarks(int tokens)
{
    private readonly ulong[] marks = new ulong[BitSet.SizeFor(tokens)];

    public bool Has(int token) => (marks[token >> 6] & (1UL << token)) != 0;

    /// <summary>Marks the tokens from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public void Mark(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            marks[i >> 6] |= 1UL << i;
        }
    }

    public bool HasOneOf(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Has(i))
            {
                return true;
            }
        }

        return false;
    }
}
