using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Numbers every word that a phrase asks for. A word of a text gets the numbers of all shapes in which it may be meant: as it stands, without
/// glued conjunctions, and (for phrase words marked <c>~</c>) without article and prepositions.
/// </summary>
internal sealed class Vocabulary
{
    public const string AnyNumber = "#num";
    public const string AnyName = "#name";
    public const string AnyHandle = "#handle";
    public const string OtherHandle = "#other";

    private const int MostShapes = 32;
    private const int WordsOfAllPhrases = 1 << 13;
    private const int StemsOfAllPhrases = 1 << 11;

    private static readonly ulong HandleHash = WordHash.Of(AnyHandle), NameHash = WordHash.Of(AnyName), NumberHash = WordHash.Of(AnyNumber);
    private static readonly ulong OtherHandleHash = WordHash.Of(OtherHandle);

    private readonly WordMap words = new(WordsOfAllPhrases);
    private readonly WordHint stems = new(StemsOfAllPhrases);
    private int[] uses = new int[WordsOfAllPhrases];
    private Numbers[] numbers = new Numbers[WordsOfAllPhrases];

    /// <summary>Numbers are at least 1 and less than this.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>For each number how often phrases ask for it.</summary>
    public ReadOnlySpan<int> Uses => uses.AsSpan(0, Count);

    /// <summary>The number of a phrase word: <c>word</c>, <c>~word</c>, <c>stem*</c> or one of <c>#num</c>, <c>#name</c>, <c>#handle</c>, <c>#other</c>.</summary>
    public int Learn(ReadOnlySpan<char> written)
    {
        switch (written)
        {
            case ['#', ..]:
                return Learn(ref NumbersAt(words.Add(written)).Exact);
            case ['~', .. var word]:
                return Learn(ref NumbersOf(word).Loose);
            case [.. var stem, '*']:
                return LearnStem(stem);
            default:
                return Learn(ref NumbersOf(written).Exact);
        }
    }

    /// <summary>Adds the numbers of a token to the list.</summary>
    public void Number(in Token token, List<int> ids)
    {
        if (token.Kind is TokenKind.Handle or TokenKind.OtherHandle)
        {
            AddExact(HandleHash, ids);
        }

        if (token.Kind == TokenKind.OtherHandle)
        {
            AddExact(OtherHandleHash, ids);
        }

        if (token.IsName)
        {
            AddExact(NameHash, ids);
        }

        if (token.Kind == TokenKind.Number)
        {
            AddExact(NumberHash, ids);
        }

        var word = token.Word;
        if (token.IsHebrew)
        {
            AddExact(WordHash.Of(word), ids);
            NumberHebrew(word, ids);
            return;
        }

        var at = ids.Count;
        if (numbers[words.Find(AddStems(word, ids))].Exact is var exact and not 0)
        {
            ids.Insert(at, exact);
        }
    }

    private void NumberHebrew(ReadOnlySpan<char> word, List<int> ids)
    {
        Span<int> starts = stackalloc int[MostShapes];
        var joined = 1 + HebrewForms.WithoutJoiners(word, starts[1..]);
        for (var i = 1; i < joined; i++)
        {
            AddExact(WordHash.Of(word[starts[i]..]), ids);
        }

        var all = joined;
        for (var i = 0; i < joined; i++)
        {
            AddLoose(AddStems(word[starts[i]..], ids), ids);
            all += HebrewForms.WithoutPrepositions(word, starts[i], starts[all..]);
        }

        for (var i = joined; i < all; i++)
        {
            AddLoose(WordHash.Of(word[starts[i]..]), ids);
        }
    }

    private void AddExact(ulong word, List<int> ids) => Add(numbers[words.Find(word)].Exact, ids);

    private void AddLoose(ulong word, List<int> ids) => Add(numbers[words.Find(word)].Loose, ids);

    /// <summary>Adds the numbers of all beginnings of a word. Returns the hash of the whole word.</summary>
    private ulong AddStems(ReadOnlySpan<char> word, List<int> ids)
    {
        var hash = WordHash.OfNothing;
        foreach (var letter in word)
        {
            hash = WordHash.With(hash, letter);
            if (stems.MayHave(hash))
            {
                Add(numbers[words.Find(hash)].Stem, ids);
            }
        }

        return hash;
    }

    private static void Add(int number, List<int> ids)
    {
        if (number != 0)
        {
            ids.Add(number);
        }
    }

    private int LearnStem(ReadOnlySpan<char> written)
    {
        Span<char> stem = stackalloc char[written.Length];
        stem = stem[..WordShape.Of(written, stem)];
        stems.Add(WordHash.Of(stem));
        return Learn(ref NumbersAt(words.Add(stem)).Stem);
    }

    private ref Numbers NumbersOf(ReadOnlySpan<char> written)
    {
        Span<char> word = stackalloc char[written.Length];
        return ref NumbersAt(words.Add(word[..WordShape.Of(written, word)]));
    }

    private ref Numbers NumbersAt(int word)
    {
        if (word >= numbers.Length)
        {
            Array.Resize(ref numbers, Math.Max(word + 1, numbers.Length * 2));
        }

        return ref numbers[word];
    }

    private int Learn(ref int number)
    {
        if (number == 0)
        {
            number = Count++;
            Array.Resize(ref uses, Math.Max(uses.Length, (int)BitOperations.RoundUpToPowerOf2((uint)Count)));
        }

        uses[number]++;
        return number;
    }

    /// <summary>What a word is called as it stands, behind glued prepositions, and as the beginning of a word; 0 where no phrase asks.</summary>
    private struct Numbers
    {
        public int Exact;
        public int Loose;
        public int Stem;
    }
}
