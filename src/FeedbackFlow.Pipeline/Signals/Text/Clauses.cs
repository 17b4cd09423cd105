namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Where a clause begins and ends, and what of it a reader would mark.</summary>
internal static class Clauses
{
    /// <summary>Feedback is often written without a comma; past this the marked clause would swallow the next thought.</summary>
    private const int WordsBefore = 3;
    private const int WordsAfter = 6;

    /// <summary>The smallest clause around the words that were found, as characters of the original text.</summary>
    public static Evidence Around(NumberedText text, int from, int to)
    {
        var first = from;
        while (from - first < WordsBefore && !text.ClauseStarts(first) && !text.Links(first) && !text.Links(first - 1))
        {
            first--;
        }

        var last = to;
        while (last - to < WordsAfter && !text.ClauseStarts(last) && !text.Links(last))
        {
            last++;
        }

        var start = text.Text.Tokens[first].Start;
        return new Evidence(start, EndOf(text, first, last) - start);
    }

    private static int EndOf(NumberedText text, int first, int last)
    {
        var end = 0;
        for (var i = first; i < last; i++)
        {
            end = Math.Max(end, text.Text.Tokens[i].End);
        }

        return end;
    }
}
