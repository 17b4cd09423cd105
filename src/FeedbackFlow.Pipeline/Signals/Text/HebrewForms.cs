namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A Hebrew word without the small words glued to its front ("וכשהחברה" is "and-when-the-company"): where the rest begins.</summary>
internal static class HebrewForms
{
    private const string Prepositions = "הלבמכ";

    private static readonly string[] Joiners = ["וכש", "לכש", "שכש", "מש", "כש", "וש", "ו", "ש"];

    /// <summary>Where the word begins after each conjunction that may be glued to it. Returns how many were found.</summary>
    public static int WithoutJoiners(ReadOnlySpan<char> word, Span<int> starts)
    {
        var found = 0;
        foreach (var joiner in Joiners)
        {
            if (word.Length - joiner.Length >= 2 && word.StartsWith(joiner, StringComparison.Ordinal))
            {
                starts[found++] = joiner.Length;
            }
        }

        return found;
    }

    /// <summary>Where the word behind <paramref name="from"/> begins after an article or preposition, one or two of them ("מהחברה").</summary>
    public static int WithoutPrepositions(ReadOnlySpan<char> word, int from, Span<int> starts)
    {
        if (word.Length - from < 3 || !Prepositions.Contains(word[from], StringComparison.Ordinal))
        {
            return 0;
        }

        starts[0] = from + 1;
        if (word.Length - from < 4 || word[from + 1] != 'ה')
        {
            return 1;
        }

        starts[1] = from + 2;
        return 2;
    }
}
