using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A text as the matcher sees it: word numbers, gaps, and where clauses begin.</summary>
internal sealed class NumberedText
{
    private readonly List<int> ids;
    private readonly TokenPlace[] places;

    public NumberedText(TokenText text, Vocabulary vocabulary, WordSet stopWords, WordSet linkWords)
    {
        Text = text;
        var tokens = text.Tokens;
        Count = tokens.Length;
        ids = Lent<int>.TakeList();
        places = Lent<TokenPlace>.Take(Count + 1);
        for (var i = 0; i < Count; i++)
        {
            places[i].FirstId = ids.Count;
            vocabulary.Number(tokens[i], ids);
        }

        places[Count] = new TokenPlace { FirstId = ids.Count };
        for (var i = 0; i < Count; i++)
        {
            places[i].Sign = WordSet.SignOf(IdsOf(i));
            places[i].Place = PlaceOf(tokens[i].Before, IdsOf(i), stopWords, linkWords);
        }

        places[0].Place |= Place.ClauseStart | Place.SentenceStart;
        places[Count].Place |= Place.ClauseStart | Place.SentenceStart;
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

    /// <summary>What is known of a token; all of it together, because it is asked together.</summary>
    private struct TokenPlace
    {
        public ulong Sign;
        public int FirstId;
        public int SentenceFrom;
        public int SentenceTo;
        public Place Place;
    }

    public TokenText Text { get; }

    public int Count { get; }

    public ReadOnlySpan<int> IdsOf(int token) => CollectionsMarshal.AsSpan(ids)[places[token].FirstId..places[token + 1].FirstId];

    /// <summary>The words of the steps of phrases are asked for so often that most of them are refused by their sign.</summary>
    public bool Is(int token, in Step step) => MayBe(token, in step) && step.Has(IdsOf(token));

    /// <summary>False where none of a token's words is asked for, and seldom true then.</summary>
    public bool MayBe(int token, in Step step) => (places[token].Sign & step.Sign) != 0;

    /// <summary>A negation or a "but", over which a careful gap does not step.</summary>
    public bool Stops(int token) => (places[token].Place & Place.Stop) != 0;

    /// <summary>A word that joins clauses: "and", "because", "so".</summary>
    public bool Links(int token) => (places[token].Place & Place.Link) != 0;

    /// <summary>Asked of the place behind the last token, this is true.</summary>
    public bool SentenceStarts(int token) => (places[token].Place & Place.SentenceStart) != 0;

    /// <summary>Asked of the place behind the last token, this is true.</summary>
    public bool ClauseStarts(int token) => (places[token].Place & Place.ClauseStart) != 0;

    /// <summary>The first token of the sentence that a token stands in.</summary>
    public int SentenceFrom(int token) => places[token].SentenceFrom;

    /// <summary>The token after that sentence.</summary>
    public int SentenceTo(int token) => places[token].SentenceTo;

    /// <summary>Lends its memory to the next text. Nothing may ask it afterwards.</summary>
    public void Return()
    {
        Lent<int>.Return(ids);
        Lent<TokenPlace>.Return(places);
        Text.Return();
    }

    private static Place PlaceOf(Gap before, ReadOnlySpan<int> ids, WordSet stopWords, WordSet linkWords) =>
        (before == Gap.None ? Place.None : Place.ClauseStart)
        | (before == Gap.Hard ? Place.SentenceStart : Place.None)
        | (stopWords.HasOneOf(ids) ? Place.Stop : Place.None)
        | (linkWords.HasOneOf(ids) ? Place.Link : Place.None);

    private void MarkSentences()
    {
        for (var i = 0; i < Count; i++)
        {
            places[i].SentenceFrom = SentenceStarts(i) ? i : places[i - 1].SentenceFrom;
        }

        for (var i = Count - 1; i >= 0; i--)
        {
            places[i].SentenceTo = SentenceStarts(i + 1) ? i + 1 : places[i + 1].SentenceTo;
        }
    }
}
