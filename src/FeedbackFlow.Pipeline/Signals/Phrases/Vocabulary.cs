using System.Collections.Frozen;

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

    private readonly FrozenDictionary<string, int[]> exact;
    private readonly FrozenDictionary<string, int[]> loose;
    private readonly FrozenDictionary<string, int> stems;
    private readonly int[] stemLengths;

    private Vocabulary(Dictionary<string, List<int>> exact, Dictionary<string, List<int>> loose, Dictionary<string, int> stems, int count)
    {
        this.exact = exact.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        this.loose = loose.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        this.stems = stems.ToFrozenDictionary(StringComparer.Ordinal);
        stemLengths = stems.Keys.Select(stem => stem.Length).Distinct().Order().ToArray();
        Count = count;
    }

    public int Count { get; }

    /// <summary>The numbers of every token, flattened: those of token <c>i</c> stand between <c>offsets[i]</c> and <c>offsets[i + 1]</c>.</summary>
    public (int[] Ids, int[] Offsets) Number(IReadOnlyList<Token> tokens)
    {
        var ids = new List<int>(tokens.Count * 2);
        var offsets = new int[tokens.Count + 1];
        var shapes = new List<string>(8);
        for (var i = 0; i < tokens.Count; i++)
        {
            NumberOne(tokens[i], shapes, ids);
            offsets[i + 1] = ids.Count;
        }

        return (ids.ToArray(), offsets);
    }

    private void NumberOne(Token token, List<string> shapes, List<int> ids)
    {
        if (token.Kind == TokenKind.Handle)
        {
            Add(exact, AnyHandle, ids);
        }

        if (token.IsName)
        {
            Add(exact, AnyName, ids);
        }

        if (token.Kind == TokenKind.Number)
        {
            Add(exact, AnyNumber, ids);
        }

        Add(exact, token.Word, ids);
        if (!token.IsHebrew)
        {
            AddStems(token.Word, ids);
            return;
        }

        shapes.Clear();
        shapes.Add(token.Word);
        HebrewForms.WithoutJoiners(token.Word, shapes);
        var joined = shapes.Count;
        for (var i = 1; i < joined; i++)
        {
            Add(exact, shapes[i], ids);
        }

        for (var i = 0; i < joined; i++)
        {
            AddStems(shapes[i], ids);
            Add(loose, shapes[i], ids);
            HebrewForms.WithoutPrepositions(shapes[i], shapes);
        }

        for (var i = joined; i < shapes.Count; i++)
        {
            Add(loose, shapes[i], ids);
        }
    }

    private void AddStems(string word, List<int> ids)
    {
        foreach (var length in stemLengths)
        {
            if (length > word.Length)
            {
                return;
            }

            if (stems.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word.AsSpan(0, length), out var id))
            {
                ids.Add(id);
            }
        }
    }

    private static void Add(FrozenDictionary<string, int[]> table, string word, List<int> ids)
    {
        if (table.TryGetValue(word, out var found))
        {
            ids.AddRange(found);
        }
    }

    /// <summary>Collects the words while phrases are parsed.</summary>
    internal sealed class Builder
    {
        private readonly Dictionary<string, List<int>> exact = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<int>> loose = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> stems = new(StringComparer.Ordinal);
        private int count;

        /// <summary>The number of a phrase word: <c>word</c>, <c>~word</c> or <c>stem*</c>.</summary>
        public int IdOf(string written)
        {
            if (written[0] is '#')
            {
                return IdIn(exact, written);
            }

            if (written.EndsWith('*'))
            {
                var stem = WordShape.Of(written[..^1]);
                if (!stems.TryGetValue(stem, out var id))
                {
                    stems[stem] = id = count++;
                }

                return id;
            }

            return written[0] is '~' ? IdIn(loose, WordShape.Of(written[1..])) : IdIn(exact, WordShape.Of(written));
        }

        private int IdIn(Dictionary<string, List<int>> table, string word)
        {
            if (!table.TryGetValue(word, out var ids))
            {
                table[word] = ids = [count++];
            }

            return ids[0];
        }

        public Vocabulary Build() => new(exact, loose, stems, count);
    }
}
