using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Which phrases are worth trying, and where: only in sentences that have the words a phrase cannot do without, and there only where a word stands
/// that it can begin with.
/// </summary>
internal sealed class PhraseIndex
{
    private readonly List<int>?[] beginningWith;
    private readonly List<int>?[] decidedBy;
    private readonly List<PhraseNode> phrases;
    private readonly WordSet[] rarest;
    private readonly int words;

    public PhraseIndex(List<PhraseNode> phrases, int words)
    {
        this.phrases = phrases;
        this.words = words;
        beginningWith = new List<int>?[words];
        decidedBy = new List<int>?[words];
        var mentions = CountMentions();
        rarest = phrases.ConvertAll(phrase => Rarest(phrase.Needed, mentions)).ToArray();
        for (var phrase = 0; phrase < phrases.Count; phrase++)
        {
            Add(phrase, phrases[phrase].Beginnings ?? throw new FormatException("A phrase must begin with a word."), beginningWith);
            Add(phrase, rarest[phrase], decidedBy);
        }
    }

    /// <summary>How many phrases there are; they are numbered from 0.</summary>
    public int Count => phrases.Count;

    /// <summary>The phrases that can begin with a word, in their order.</summary>
    public ReadOnlySpan<int> BeginningWith(int word) => CollectionsMarshal.AsSpan(beginningWith[word]);

    /// <summary>The phrases of which a sentence has the needed words.</summary>
    /// <param name="sentence">The numbers of its words.</param>
    /// <param name="candidates">An empty set that takes them.</param>
    public void FindCandidates(ReadOnlySpan<int> sentence, BitSet candidates)
    {
        var present = new BitSet(stackalloc ulong[BitSet.SizeFor(words)]);
        foreach (var word in sentence)
        {
            present.Add(word);
        }

        var seen = new BitSet(stackalloc ulong[BitSet.SizeFor(Count)]);
        foreach (var word in sentence)
        {
            foreach (var phrase in CollectionsMarshal.AsSpan(decidedBy[word]))
            {
                if (seen.Add(phrase) && HasOthers(phrase, present))
                {
                    candidates.Add(phrase);
                }
            }
        }
    }

    private bool HasOthers(int phrase, BitSet present)
    {
        foreach (var set in phrases[phrase].Needed)
        {
            if (set != rarest[phrase] && !set.HasOneOf(present))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A word that many phrases mention is a common word.</summary>
    private int[] CountMentions()
    {
        var mentions = new int[words];
        foreach (var phrase in phrases)
        {
            foreach (var set in phrase.Needed)
            {
                foreach (var word in set.Ids)
                {
                    mentions[word]++;
                }
            }
        }

        return mentions;
    }

    private static WordSet Rarest(List<WordSet> sets, int[] mentions)
    {
        var (rarest, fewest) = (sets[0], int.MaxValue);
        foreach (var set in sets)
        {
            var sum = 0;
            foreach (var word in set.Ids)
            {
                sum += mentions[word];
            }

            (rarest, fewest) = sum < fewest ? (set, sum) : (rarest, fewest);
        }

        return rarest;
    }

    private static void Add(int phrase, WordSet words, List<int>?[] lists)
    {
        foreach (var word in words.Ids)
        {
            var list = lists[word] ??= [];
            if (list.Count == 0 || list[^1] != phrase)
            {
                list.Add(phrase);
            }
        }
    }
}
