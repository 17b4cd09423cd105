using System.Numerics;
using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Which phrases are worth trying, and where: only in sentences that have the words a phrase cannot do without, and there only where a word stands
/// that it can begin with.
/// </summary>
internal sealed class PhraseIndex
{
    /// <summary>A word that begins more phrases than this keeps them as a set of bits.</summary>
    private const int Many = 16;

    private readonly IntLists beginningWith;
    private readonly ulong[]?[] manyBeginningWith;
    private readonly IntLists setsWith;
    private readonly IntLists decidedBy;
    private readonly IntLists needs;

    /// <summary>For each phrase as many low bits as it has words at most.</summary>
    private readonly ulong[] reach;

    public PhraseIndex(List<PhraseNode> phrases, int words)
    {
        Count = phrases.Count;
        manyBeginningWith = new ulong[]?[words];
        reach = new ulong[Count];
        var sets = new WordSets(words);
        var numbers = phrases.ConvertAll(phrase => phrase.Needed.ConvertAll(sets.NumberOf));
        var (beginning, decided) = (new List<int>?[words], new List<int>?[sets.Count]);
        for (var phrase = 0; phrase < Count; phrase++)
        {
            foreach (var word in (phrases[phrase].Beginnings ?? throw new FormatException("A phrase must begin with a word.")).Ids)
            {
                AddOnce(ref beginning[word], phrase);
            }

            AddOnce(ref decided[sets.RarestOf(numbers[phrase])], phrase);
            reach[phrase] = phrases[phrase].Longest > SentenceWords.LastPlace ? ulong.MaxValue : (1UL << phrases[phrase].Longest) - 1;
        }

        SetCount = sets.Count;
        setsWith = sets.ByWord();
        needs = new IntLists(CollectionsMarshal.AsSpan(numbers));
        decidedBy = new IntLists(decided);
        beginningWith = new IntLists(beginning);
        for (var word = 0; word < words; word++)
        {
            manyBeginningWith[word] = beginningWith[word].Length > Many ? BitsOf(beginningWith[word]) : null;
        }
    }

    /// <summary>How many phrases there are; they are numbered from 0.</summary>
    public int Count { get; }

    /// <summary>How many sets of words the phrases need.</summary>
    public int SetCount { get; }

    /// <summary>Moves the phrases that can begin with a word out of a set, in their order.</summary>
    /// <param name="found">Takes them; has room for all phrases.</param>
    /// <returns>How many they are.</returns>
    public int TakeBeginningWith(int word, BitSet untried, Span<int> found)
    {
        var count = 0;
        if (manyBeginningWith[word] is not { } bits)
        {
            foreach (var phrase in beginningWith[word])
            {
                found[count] = phrase;
                count += untried.Remove(phrase) ? 1 : 0;
            }

            return count;
        }

        for (var part = 0; part < bits.Length; part++)
        {
            for (var taken = untried.Take(part, bits[part]); taken != 0; taken &= taken - 1)
            {
                found[count++] = (part * 64) + BitOperations.TrailingZeroCount(taken);
            }
        }

        return count;
    }

    /// <summary>The phrases of which a sentence has the needed words.</summary>
    /// <param name="from">The first token of the sentence.</param>
    /// <param name="sentence">Takes the needed words of the sentence.</param>
    /// <param name="candidates">Takes the phrases; what was in it goes.</param>
    public void FindCandidates(NumberedText text, int from, ref SentenceWords sentence, BitSet candidates)
    {
        sentence.Clear();
        candidates.Clear();
        for (var token = from; token < text.SentenceTo(from); token++)
        {
            foreach (var word in text.IdsOf(token))
            {
                foreach (var set in setsWith[word])
                {
                    sentence.Add(set, token - from);
                }
            }
        }

        foreach (var set in sentence.Present)
        {
            foreach (var phrase in decidedBy[set])
            {
                if (sentence.HasAll(needs[phrase], ulong.MaxValue))
                {
                    candidates.Add(phrase);
                }
            }
        }
    }

    /// <summary>Whether the needed words stand as near behind the beginning as the longest way to say the phrase reaches.</summary>
    /// <param name="at">Where it would begin, counted from the beginning of its sentence.</param>
    public bool MayStand(int phrase, int at, in SentenceWords sentence) => sentence.HasAll(needs[phrase], reach[phrase] << Math.Min(at, SentenceWords.LastPlace));

    private ulong[] BitsOf(ReadOnlySpan<int> list)
    {
        var bits = new ulong[BitSet.SizeFor(Count)];
        var set = new BitSet(bits);
        foreach (var phrase in list)
        {
            set.Add(phrase);
        }

        return bits;
    }

    private static void AddOnce(ref List<int>? list, int phrase)
    {
        list ??= [];
        if (list.Count == 0 || list[^1] != phrase)
        {
            list.Add(phrase);
        }
    }
}
