using System.Text;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>Makes strings from outside safe to store, without changing what a person would read.</summary>
public static class PlainText
{
    /// <summary>Half a surrogate pair cannot be stored as UTF-8; it becomes U+FFFD, so that all offsets stay as they are.</summary>
    public static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return Repaired(text);
        }

        return text;
    }

    /// <summary>One line without control or direction override characters: for names, labels and whatever may reach a mail header.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in WellFormed(text))
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029') line.Append(' ');
            else if (c is not ((>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))) line.Append(c);
        }

        return string.Join(' ', line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Marks of direction and order that come along when a number or an address is copied: from the contacts of a phone, from a chat, from a Hebrew text.</summary>
    public static bool IsInvisibleMark(char c) => c is '\u200e' or '\u200f' or '\ufeff' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string Repaired(string text)
    {
        var repaired = new StringBuilder(text);
        for (var i = 0; i < repaired.Length; i++)
        {
            if (char.IsHighSurrogate(repaired[i]) && i + 1 < repaired.Length && char.IsLowSurrogate(repaired[i + 1])) i++;
            else if (char.IsSurrogate(repaired[i])) repaired[i] = '\ufffd';
        }

        return repaired.ToString();
    }
}
