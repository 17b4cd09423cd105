namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A text as the matcher sees it: word numbers, gaps, and where clauses begin.</summary>
internal sealed class NumberedText
{
    private readonly int[] ids;
    private readonly int[] offsets;
    private readonly bool[] stops;
    private readonly bool[] links;
    private readonly int[] sentenceFrom;
    private readonly int[] sentenceTo;

    public NumberedText(TokenText text, Vocabulary vocabulary, ulong[] stopWords, ulong[] linkWords)
    {
        Text = text;
        (ids, offsets) = vocabulary.Number(text.Tokens);
        stops = new bool[text.Count];
        links = new bool[text.Count];
        sentenceFrom = new int[text.Count];
        sentenceTo = new int[text.Count];
        for (var i = 0; i < text.Count; i++)
        {
            stops[i] = Is(i, stopWords);
            links[i] = Is(i, linkWords);
            sentenceFrom[i] = SentenceStarts(i) ? i : sentenceFrom[i - 1];
        }

        for (var i = text.Count - 1; i >= 0; i--)
        {
            sentenceTo[i] = SentenceStarts(i + 1) ? i + 1 : sentenceTo[i + 1];
        }
    }

    public TokenText Text { get; }

    public int Count => Text.Count;

    public ReadOnlySpan<int> IdsOf(int token) => ids.AsSpan(offsets[token], offsets[token + 1] - offsets[token]);

    public bool Is(int token, ulong[] words)
    {
        foreach (var id in IdsOf(token))
        {
            if ((words[id >> 6] & (1UL << (id & 63))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which words of the vocabulary the text has.</summary>
    public bool[] WordsPresent(int vocabulary)
    {
        var present = new bool[vocabulary];
        foreach (var id in ids)
        {
            present[id] = true;
        }

        return present;
    }

    /// <summary>A negation or a "but", over which a careful gap does not step.</summary>
    public bool Stops(int token) => stops[token];

    /// <summary>A word that joins clauses: "and", "because", "so".</summary>
    public bool Links(int token) => links[token];

    public bool SentenceStarts(int token) => token == 0 || token >= Count || Text.Tokens[token].Before == Gap.Hard;

    /// <summary>The first token of the sentence that a token stands in.</summary>
    public int SentenceFrom(int token) => sentenceFrom[token];

    /// <summary>The token after that sentence.</summary>
    public int SentenceTo(int token) => sentenceTo[token];

    public bool ClauseStarts(int token) => token == 0 || token >= Count || Text.Tokens[token].Before != Gap.None;
}
