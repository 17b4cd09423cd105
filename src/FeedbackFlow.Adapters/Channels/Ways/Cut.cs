using System.Globalization;
using System.Text;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>Texts to the length of a format, with an ellipsis where something was left out, and never through the middle of what is seen as one character.</summary>
internal static class Cut
{
    private const char FirstIsolate = '\u2066';
    private const char LastIsolate = '\u2069';
    private const char Close = '\u2069';

    /// <param name="measure">How long a text is in the format's own unit.</param>
    public static string To(string text, int longest, Func<string, int> measure, string ellipsis = "…")
    {
        if (measure(text) <= longest) return text;
        var starts = StringInfo.ParseCombiningCharacters(text);
        var (low, high) = (0, starts.Length - 1);
        // The longest beginning that fits: longer ones never measure less.
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (measure(Ended(text[..starts[middle]], ellipsis)) <= longest) low = middle;
            else high = middle - 1;
        }

        var cut = Ended(text[..starts[low]], ellipsis);
        return measure(cut) <= longest ? cut : "";
    }

    public static string ToCharacters(string text, int longest) => To(text, longest, cut => cut.Length);

    public static string ToBytes(string text, int longest) => To(text, longest, Encoding.UTF8.GetByteCount);

    /// <summary>Marks that SMS has no use for: they cost a character each and phones may show them as boxes.</summary>
    public static string WithoutIsolates(string text) => string.Concat(text.Where(c => c is < FirstIsolate or > LastIsolate));

    /// <summary>An isolate that was opened is closed, so that what follows keeps its own direction.</summary>
    private static string Ended(string text, string ellipsis)
    {
        var open = text.Count(c => c is >= FirstIsolate and < Close) - text.Count(c => c == Close);
        return text.TrimEnd() + ellipsis + new string(Close, Math.Max(0, open));
    }
}
