namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Some tokens of a text.</summary>
internal sealed class TokenMarks(int tokens)
{
    private readonly bool[] marks = new bool[tokens];

    public bool Has(int token) => marks[token];

    /// <summary>Marks the tokens from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public void Mark(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            marks[i] = true;
        }
    }

    public bool HasOneOf(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (marks[i])
            {
                return true;
            }
        }

        return false;
    }
}
