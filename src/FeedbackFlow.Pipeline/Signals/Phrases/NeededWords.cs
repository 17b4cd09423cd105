using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Words without which a phrase cannot be in a text. Most phrases begin with a common word ("I", "not") and are decided by a rare one; a text
/// without it, or with it elsewhere, need not be searched for the phrase.
/// </summary>
/// <param name="Words">One of them is there.</param>
/// <param name="From">So many words behind the beginning, at least.</param>
/// <param name="To">And at most.</param>
/// <remarks>No struct: lists of structs of our own are never compiled ahead and would have to be when the detector starts.</remarks>
internal sealed record NeededWords(WordSet Words, int From, int To)
{
    /// <param name="uses">How often phrases ask for each word: what many ask for stands in many texts.</param>
    public static List<NeededWords> Of(PhraseNode phrase, ReadOnlySpan<int> uses)
    {
        var needed = new List<NeededWords>();
        switch (phrase)
        {
            case PhraseNode.OneOf one:
                needed.Add(new NeededWords(one.Words, 0, 0));
                break;
            case PhraseNode.Sequence sequence:
                var (from, to) = (0, 0);
                foreach (var part in sequence.Parts)
                {
                    foreach (var words in part.Needed(uses))
                    {
                        needed.Add(new NeededWords(words.Words, from + words.From, to + words.To));
                    }

                    from += part.Shortest;
                    to += part.Longest;
                }

                break;
            case PhraseNode.Choice choice when OneOfEach(choice.Options, uses) is { } words:
                needed.Add(words);
                break;
            default:
                break;
        }

        return needed;
    }

    /// <summary>Words of which every option needs one; null where an option needs none.</summary>
    private static NeededWords? OneOfEach(List<PhraseNode> options, ReadOnlySpan<int> uses)
    {
        var all = new List<int>();
        var (from, to) = (int.MaxValue, 0);
        foreach (var option in options)
        {
            if (option.Needed(uses) is not { Count: > 0 } needed)
            {
                return null;
            }

            var rarest = RarestOf(needed, uses);
            all.AddRange(rarest.Words.Ids);
            from = Math.Min(from, rarest.From);
            to = Math.Max(to, rarest.To);
        }

        return new NeededWords(new WordSet(CollectionsMarshal.AsSpan(all)), from, to);
    }

    private static NeededWords RarestOf(List<NeededWords> needed, ReadOnlySpan<int> uses)
    {
        var (rarest, fewest) = (needed[0], int.MaxValue);
        foreach (var words in needed)
        {
            var sum = words.Words.UsesOf(uses);
            (rarest, fewest) = sum < fewest ? (words, sum) : (rarest, fewest);
        }

        return rarest;
    }
}
