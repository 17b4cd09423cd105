using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Numbers the sets of words that phrases need; the same words are one set, in however many phrases they stand.</summary>
internal sealed class WordSets(int words)
{
    private readonly Dictionary<int, List<int>> numbersByHash = [];
    private readonly List<WordSet> sets = [];
    private readonly List<int>?[] with = new List<int>?[words];

    public int Count => sets.Count;

    public WordSet this[int number] => sets[number];

    /// <summary>For each word the sets that it is in.</summary>
    public ShortLists ByWord() => new(with);

    public int NumberOf(WordSet set)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(set.Ids));
        ref var alike = ref CollectionsMarshal.GetValueRefOrAddDefault(numbersByHash, hash.ToHashCode(), out _);
        alike ??= [];
        foreach (var number in alike)
        {
            if (sets[number].Ids.SequenceEqual(set.Ids))
            {
                return number;
            }
        }

        alike.Add(sets.Count);
        foreach (var word in set.Ids)
        {
            (with[word] ??= []).Add(sets.Count);
        }

        sets.Add(set);
        return sets.Count - 1;
    }
}
