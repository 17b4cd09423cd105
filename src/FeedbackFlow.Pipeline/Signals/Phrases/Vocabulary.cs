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

    private const int MostShapes = 32;
    private const int LettersOfAllPhrases = 1 << 15;

    private readonly WordTree tree = new(LettersOfAllPhrases);
    private Numbers[] numbers = new Numbers[LettersOfAllPhrases];

    /// <summary>Numbers are at least 1 and less than this.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>The number of a phrase word: <c>word</c>, <c>~word</c>, <c>stem*</c> or one of <c>#num</c>, <c>#name</c>, <c>#handle</c>.</summary>
    public int Learn(ReadOnlySpan<char> written)
    {
        switch (written)
        {
            case ['#', ..]:
                return Learn(ref NumbersAt(tree.Add(written)).Exact);
            case ['~', .. var word]:
                return Learn(ref NumbersOf(word).Loose);
            case [.. var stem, '*']:
                return Learn(ref NumbersOf(stem).Stem);
            default:
                return Learn(ref NumbersOf(written).Exact);
        }
    }

    /// <summary>Adds the numbers of a token to the list.</summary>
    public void Number(in Token token, List<int> ids)
    {
        if (token.Kind == TokenKind.Handle)
        {
            AddExact(AnyHandle, ids);
        }

        if (token.IsName)
        {
            AddExact(AnyName, ids);
        }

        if (token.Kind == TokenKind.Number)
        {
            AddExact(AnyNumber, ids);
        }

        var word = token.Word;
        if (token.IsHebrew)
        {
            AddExact(word, ids);
            NumberHebrew(word, ids);
            return;
        }

        var at = ids.Count;
        if (numbers[AddStems(word, ids)].Exact is var exact and not 0)
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
            AddExact(word[starts[i]..], ids);
        }

        var all = joined;
        for (var i = 0; i < joined; i++)
        {
            Add(numbers[AddStems(word[starts[i]..], ids)].Loose, ids);
            all += HebrewForms.WithoutPrepositions(word, starts[i], starts[all..]);
        }

        for (var i = joined; i < all; i++)
        {
            AddLoose(word[starts[i]..], ids);
        }
    }

    private void AddExact(ReadOnlySpan<char> word, List<int> ids) => Add(numbers[tree.Find(word)].Exact, ids);

    private void AddLoose(ReadOnlySpan<char> word, List<int> ids) => Add(numbers[tree.Find(word)].Loose, ids);

    /// <summary>Adds the numbers of all beginnings of a word. Returns where the tree has the whole word.</summary>
    private int AddStems(ReadOnlySpan<char> word, List<int> ids)
    {
        var node = WordTree.Root;
        foreach (var letter in word)
        {
            node = tree.Next(node, letter);
            if (node == WordTree.Nowhere)
            {
                break;
            }

            Add(numbers[node].Stem, ids);
        }

        return node;
    }

    private static void Add(int number, List<int> ids)
    {
        if (number != 0)
        {
            ids.Add(number);
        }
    }

    private ref Numbers NumbersOf(ReadOnlySpan<char> written)
    {
        Span<char> word = stackalloc char[written.Length];
        return ref NumbersAt(tree.Add(word[..WordShape.Of(written, word)]));
    }

    private ref Numbers NumbersAt(int node)
    {
        if (node >= numbers.Length)
        {
            Array.Resize(ref numbers, Math.Max(node + 1, numbers.Length * 2));
        }

        return ref numbers[node];
    }

    private int Learn(ref int number) => number != 0 ? number : number = Count++;

    /// <summary>What a word of the tree is called as it stands, behind glued prepositions, and as the beginning of a word; 0 where no phrase asks.</summary>
    private struct Numbers
    {
        public int Exact;
        public int Loose;
        public int Stem;
    }
}
