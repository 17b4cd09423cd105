namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A Hebrew word without the small words glued to its front ("וכשהחברה" is "and-when-the-company").</summary>
internal static class HebrewForms
{
    private static readonly string[] Joiners = ["וכש", "לכש", "שכש", "מש", "כש", "וש", "ו", "ש"];

    private const string Prepositions = "הלבמכ";

    /// <summary>Adds the word after each conjunction that may be glued to it.</summary>
    public static void WithoutJoiners(string word, List<string> into)
    {
        foreach (var joiner in Joiners)
        {
            if (word.Length - joiner.Length >= 2 && word.StartsWith(joiner, StringComparison.Ordinal))
            {
                into.Add(word[joiner.Length..]);
            }
        }
    }

    /// <summary>Adds the word after an article or preposition, one or two of them ("מהחברה").</summary>
    public static void WithoutPrepositions(string word, List<string> into)
    {
        if (word.Length < 3 || !Prepositions.Contains(word[0], StringComparison.Ordinal))
        {
            return;
        }

        into.Add(word[1..]);
        if (word.Length >= 4 && word[1] == 'ה')
        {
            into.Add(word[2..]);
        }
    }
}
