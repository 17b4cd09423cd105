namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Opens contractions and chat spellings ("I'll", "wont", "gonna") into the words that phrases are written in.</summary>
internal static class Spelling
{
    private static readonly WordMap Written = new(1 << 10);
    private static readonly List<string[]?> Meant = Load();

    /// <summary>The words that a listed spelling stands for.</summary>
    public static string[]? Listed(ReadOnlySpan<char> word) => Meant[Written.Find(WordHash.Of(word))];

    /// <summary>How much of the word stays, and the word that the rest of it stands for. Other apostrophes are taken out.</summary>
    public static (int Length, string? Second) Open(Span<char> word)
    {
        var at = word.LastIndexOf('\'');
        if (at < 0)
        {
            return (word.Length, null);
        }

        return at == 0 ? (WithoutApostrophes(word), null) : word[(at + 1)..] switch
        {
            "t" when word[at - 1] == 'n' => (at - 1, "not"),
            "ll" => (at, "will"),
            "re" => (at, "are"),
            "ve" => (at, "have"),
            "m" => (at, "am"),
            "d" => (at, "would"),
            "s" => (at, null),
            _ => (WithoutApostrophes(word), null),
        };
    }

    private static int WithoutApostrophes(Span<char> word)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (c != '\'')
            {
                word[length++] = c;
            }
        }

        return length;
    }

    /// <summary>By the number of the spelling.</summary>
    private static List<string[]?> Load()
    {
        var table = new List<string[]?> { null };
        foreach (var line in SignalResources.Lines("spelling.txt"))
        {
            var halves = line.Split('=', 2, StringSplitOptions.TrimEntries);
            var parts = Array.ConvertAll(halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), WordShape.Of);
            foreach (var spelling in halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var number = Written.Add(WordShape.Of(spelling));
                if (number == table.Count)
                {
                    table.Add(parts);
                }

                table[number] = parts;
            }
        }

        return table;
    }
}
