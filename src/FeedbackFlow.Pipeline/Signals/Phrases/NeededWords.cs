namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// The smallest set of words of which a text must have one for a phrase to be in it. Most phrases begin with a common word ("I", "not") and are
/// decided by a rare one; a text without it need not be searched for the phrase.
/// </summary>
internal static class NeededWords
{
    public static int[] Of(PhraseNode phrase) => Smallest(phrase)?.ToArray() ?? [];

    private static IReadOnlySet<int>? Smallest(PhraseNode node) => node switch
    {
        PhraseNode.OneOf one => one.Ids,
        PhraseNode.Sequence sequence => sequence.Parts.Select(Smallest).OfType<IReadOnlySet<int>>().MinBy(set => set.Count),
        PhraseNode.Choice choice => OfAll(choice.Options),
        _ => null,
    };

    private static HashSet<int>? OfAll(IReadOnlyList<PhraseNode> options)
    {
        var all = new HashSet<int>();
        foreach (var option in options)
        {
            if (Smallest(option) is not { } set)
            {
                return null;
            }

            all.UnionWith(set);
        }

        return all;
    }
}
