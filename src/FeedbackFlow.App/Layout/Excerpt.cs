using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Layout;

/// <summary>A part of a text around its evidence, with the evidence moved along.</summary>
public sealed record Excerpt(string Text, IReadOnlyList<Evidence> Evidence, bool CutBefore, bool CutAfter)
{
    private const int Near = 20;

    public bool IsCut => CutBefore || CutAfter;

    /// <summary>
    /// At most <paramref name="longest"/> characters that begin a little before the first evidence that is given, which should be the strongest;
    /// without evidence at the beginning. Words are kept whole where they are not very long.
    /// </summary>
    public static Excerpt Around(string text, IReadOnlyList<Evidence> evidence, int longest)
    {
        var ranges = Marks.Within(text, evidence);
        if (text.Length <= longest) return new(text, [.. ranges.Select(range => new Evidence(range.Start, range.End - range.Start))], false, false);

        var centre = evidence.SelectMany(one => Marks.Within(text, [one])).Select(range => range.Start).FirstOrDefault();
        var start = WordStart(text, Math.Clamp(centre - (longest / 4), 0, text.Length - longest));
        var end = WordEnd(text, start, Math.Min(text.Length, start + longest));
        return new(
            text[start..end],
            [.. ranges
                .Where(range => range.End > start && range.Start < end)
                .Select(range => (Start: Math.Max(range.Start, start), End: Math.Min(range.End, end)))
                .Select(range => new Evidence(range.Start - start, range.End - range.Start))],
            start > 0,
            end < text.Length);
    }

    /// <summary>The next beginning of a word, if one is near.</summary>
    private static int WordStart(string text, int at)
    {
        if (at == 0) return 0;
        for (var next = at; next < text.Length && next < at + Near; next++)
        {
            if (char.IsWhiteSpace(text[next])) return next + 1;
        }

        return Marks.SplitsPair(text, at) ? at - 1 : at;
    }

    /// <summary>The last end of a word, if one is near.</summary>
    private static int WordEnd(string text, int start, int at)
    {
        if (at == text.Length) return at;
        for (var last = at; last > start && last > at - Near; last--)
        {
            if (char.IsWhiteSpace(text[last])) return last;
        }

        return Marks.SplitsPair(text, at) ? at - 1 : at;
    }
}
