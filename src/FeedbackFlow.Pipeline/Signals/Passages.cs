namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A text in pieces that a person can point at: what stands between two marks of punctuation, or a handful of words where there are none.</summary>
public static class Passages
{
    private const int FewestWords = 3;
    private const int MostWords = 12;

    /// <summary>Ranges of the original text, in order, not overlapping, each with at least one word; none for a text without words.</summary>
    public static IReadOnlyList<Evidence> Of(string? text)
    {
        var passages = new List<Evidence>();
        if (string.IsNullOrEmpty(text)) return passages;
        var (start, end, count) = (-1, 0, 0);
        foreach (var word in Tokenizer.Cut(text).Tokens)
        {
            // Parts of one contraction share their place and stay together.
            var apart = word.Start >= end;
            if (start >= 0 && apart && (word.Before == Gap.Hard || (word.Before == Gap.Soft && count >= FewestWords) || count >= MostWords))
            {
                passages.Add(new(start, end - start));
                start = -1;
            }

            if (start < 0) (start, count) = (word.Start, 0);
            end = Math.Max(end, word.End);
            count++;
        }

        if (start >= 0) passages.Add(new(start, end - start));
        return passages;
    }
}
