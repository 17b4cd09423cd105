using System.Text;

namespace FeedbackFlow.App;

/// <summary>What other people typed, for places that have no mark-up to hold it: subjects and plain text.</summary>
public static class Plain
{
    private const int LongestName = 80;

    /// <summary>
    /// One line without control characters, line separators and direction overrides: a name cannot start a header, a new line, or turn the
    /// words around it.
    /// </summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (TurnsDirection(c)) continue;
            var isSpace = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isSpace) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A name on one line, at most 80 characters.</summary>
    public static string Name(string text) => Shorten(Line(text), LongestName);

    /// <summary>The first characters, never half of a surrogate pair, with an ellipsis where something was left out.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var cut = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..cut].TrimEnd() + "…";
    }

    /// <summary>Somebody's words inside of ours, with a direction of their own (first strong isolate and its end, UAX 9, 2.4).</summary>
    public static string Isolated(string text) => $"\u2068{Line(text)}\u2069";

    /// <summary>Several lines, each marked as quoted, so that nothing that was typed can pass for a line of ours.</summary>
    public static string Quote(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => ("> " + Line(line)).TrimEnd()));

    /// <summary>Embeddings, overrides and isolates (Unicode Bidirectional Algorithm, UAX 9, 2.1 to 2.5).</summary>
    private static bool TurnsDirection(char c) => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
