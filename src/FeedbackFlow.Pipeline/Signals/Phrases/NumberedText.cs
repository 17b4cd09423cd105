namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A text as the matcher sees it: word numbers, gaps, and where clauses begin.</summary>
internal sealed class NumberedText
{
    private readonly int[] ids;
    private readonly int[] offsets;
    private readonly Place[] places;
    private readonly int[] sentenceFrom;
    private readonly int[] sentenceTo;

    public NumberedText(TokenText text, Vocabulary vocabulary, WordSet stopWords, WordSet linkWords)
    {
        Text = text;
        var tokens = text.Tokens;
        var numbers = new List<int>(tokens.Length * 2);
        offsets = new int[tokens.Length + 1];
        places = new Place[tokens.Length + 1];
        sentenceFrom = new int[tokens.Length];
        sentenceTo = new int[tokens.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            vocabulary.Number(tokens[i], numbers);
            offsets[i + 1] = numbers.Count;
        }

        ids = numbers.ToArray();
        for (var i = 0; i < tokens.Length; i++)
        {
            places[i] = PlaceOf(tokens[i].Before, IdsOf(i), stopWords, linkWords);
        }

        places[0] |= Place.ClauseStart | Place.SentenceStart;
        places[^1] |= Place.ClauseStart | Place.SentenceStart;
        MarkSentences();
    }

    [Flags]
    private enum Place : byte
    {
        None = 0,
        ClauseStart = 1,
        SentenceStart = 2,
        Stop = 4,
        Link = 8,
    }

    public TokenText Text { get; }

    public int Count => offsets.Length - 1;

    public ReadOnlySpan<int> IdsOf(int token) => IdsBetween(token, token + 1);

    /// <summary>The numbers of the tokens from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public ReadOnlySpan<int> IdsBetween(int from, int to) => ids.AsSpan(offsets[from], offsets[to] - offsets[from]);

    public bool Is(int token, WordSet words) => words.HasOneOf(IdsOf(token));

    /// <summary>A negation or a "but", over which a careful gap does not step.</summary>
    public bool Stops(int token) => (places[token] & Place.Stop) != 0;

    /// <summary>A word that joins clauses: "and", "because", "so".</summary>
    public bool Links(int token) => (places[token] & Place.Link) != 0;

    /// <summary>Asked of the place behind the last token, this is true.</summary>
    public bool SentenceStarts(int token) => (places[token] & Place.SentenceStart) != 0;

    /// <summary>Asked of the place behind the last token, this is true.</summary>
    public bool ClauseStarts(int token) => (places[token] & Place.ClauseStart) != 0;

    /// <summary>The first token of the sentence that a token stands in.</summary>
    public int SentenceFrom(int token) => sentenceFrom[token];

    /// <summary>The token after that sentence.</summary>
    public int SentenceTo(int token) => sentenceTo[token];

    private static Place PlaceOf(Gap before, ReadOnlySpan<int> ids, WordSet stopWords, WordSet linkWords) =>
        (before == Gap.None ? Place.None : Place.ClauseStart)
        | (before == Gap.Hard ? Place.SentenceStart : Place.None)
        | (stopWords.HasOneOf(ids) ? Place.Stop : Place.None)
        | (linkWords.HasOneOf(ids) ? Place.Link : Place.None);

    private void MarkSentences()
    {
        for (var i = 0; i < Count; i++)
        {
            sentenceFrom[i] = SentenceStarts(i) ? i : sentenceFrom[i - 1];
        }

        for (var i = Count - 1; i >= 0; i--)
        {
            sentenceTo[i] = SentenceStarts(i + 1) ? i + 1 : sentenceTo[i + 1];
        }
    }
}
