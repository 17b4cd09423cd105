using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// The words without which a phrase cannot be in a text. Most phrases begin with a common word ("I", "not") and are decided by a rare one; a text
/// without it need not be searched for the phrase.
/// </summary>
internal static class NeededWords
{
    /// <summary>Sets of words; a text with the phrase has a word out of each of them.</summary>
    public static List<WordSet> Of(PhraseNode phrase)
    {
        var needed = new List<WordSet>();
        switch (phrase)
        {
            case PhraseNode.OneOf one:
                needed.Add(one.Words);
                break;
            case PhraseNode.Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    needed.AddRange(part.Needed);
                }

                break;
            case PhraseNode.Choice choice when OneOfEach(choice.Options) is { } words:
                needed.Add(words);
                break;
            default:
                break;
        }

        return needed;
    }

    /// <summary>Words of which every option needs one; null where an option needs none.</summary>
    private static WordSet? OneOfEach(List<PhraseNode> options)
    {
        var all = new List<int>();
        foreach (var option in options)
        {
            if (option.Needed.Count == 0)
            {
                return null;
            }

            all.AddRange(Smallest(option.Needed).Ids);
        }

        return new WordSet(CollectionsMarshal.AsSpan(all));
    }

    private static WordSet Smallest(List<WordSet> sets)
    {
        var smallest = sets[0];
        foreach (var set in sets)
        {
            smallest = set.Ids.Length < smallest.Ids.Length ? set : smallest;
        }

        return smallest;
    }
}
