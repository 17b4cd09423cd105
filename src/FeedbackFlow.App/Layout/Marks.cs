using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Layout;

/// <summary>A text cut into marked and unmarked pieces.</summary>
public static class Marks
{
    public readonly record struct Piece(string Text, bool IsMarked);

    /// <summary>
    /// Every character once, in order. Ranges may overlap, be unsorted or lie outside the text (a text that was erased is shorter than its
    /// evidence); half of a surrogate pair is never cut off.
    /// </summary>
    public static IReadOnlyList<Piece> Cut(string text, IEnumerable<Evidence> evidence)
    {
        var pieces = new List<Piece>();
        var at = 0;
        foreach (var (start, end) in Within(text, evidence))
        {
            if (end <= at) continue;
            var from = Math.Max(start, at);
            if (from > at) pieces.Add(new(text[at..from], false));
            pieces.Add(new(text[from..end], true));
            at = end;
        }

        if (at < text.Length) pieces.Add(new(text[at..], false));
        return pieces;
    }

    /// <summary>The evidence worth a mark, that of the weightiest signal first: of every signal at or above a business's alert threshold, praise left out.</summary>
    public static IReadOnlyList<Evidence> Of(Reading? reading, double threshold) =>
        reading is null
            ? []
            : [.. reading.Signals
                .Where(signal => signal.Kind != SignalKind.Praise && signal.Confidence >= threshold)
                .OrderBy(signal => RiskReasons.PriorityOf(new(ReasonKind.Signal, signal.Kind)))
                .SelectMany(signal => signal.Evidence)];

    /// <summary>The ranges that lie in the text, whole characters, in text order.</summary>
    public static IReadOnlyList<(int Start, int End)> Within(string text, IEnumerable<Evidence> evidence) =>
        evidence
            .Select(range => (Start: Math.Clamp(range.Start, 0, text.Length), End: (int)Math.Clamp((long)range.Start + range.Length, 0, text.Length)))
            .Where(range => range.End > range.Start)
            .Select(range => (Start: SplitsPair(text, range.Start) ? range.Start - 1 : range.Start, End: SplitsPair(text, range.End) ? range.End + 1 : range.End))
            .OrderBy(range => range.Start).ThenBy(range => range.End)
            .ToList();

    /// <summary>Whether a cut before this index would part a surrogate pair.</summary>
    public static bool SplitsPair(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
}
