using System.Collections.Frozen;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Opens contractions and chat spellings ("I'll", "wont", "gonna") into the words that phrases are written in.</summary>
internal static class Spelling
{
    private static readonly FrozenDictionary<string, string[]> Known = Load();

    public static IReadOnlyList<string> Parts(string word)
    {
        if (Known.TryGetValue(word, out var parts))
        {
            return parts;
        }

        var at = word.LastIndexOf('\'');
        if (at <= 0 || at == word.Length - 1)
        {
            return [at < 0 ? word : word.Trim('\'')];
        }

        var stem = word[..at];
        return word[(at + 1)..] switch
        {
            "t" when stem.EndsWith('n') => [stem[..^1], "not"],
            "ll" => [stem, "will"],
            "re" => [stem, "are"],
            "ve" => [stem, "have"],
            "m" => [stem, "am"],
            "d" => [stem, "would"],
            "s" => [stem],
            _ => [word.Replace("'", "", StringComparison.Ordinal)],
        };
    }

    private static FrozenDictionary<string, string[]> Load()
    {
        var table = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in SignalResources.Lines("spelling.txt"))
        {
            var halves = line.Split('=', 2, StringSplitOptions.TrimEntries);
            var parts = halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WordShape.Of).ToArray();
            foreach (var spelling in halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                table[WordShape.Of(spelling)] = parts;
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
