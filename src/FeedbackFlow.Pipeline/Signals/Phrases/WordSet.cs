using System.Runtime.CompilerServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Some words of the vocabulary, by number.</summary>
internal sealed class WordSet
{
    private readonly int[] ids;
    private readonly Hint hint;

    public WordSet(params ReadOnlySpan<int> ids)
    {
        this.ids = ids.ToArray();
        foreach (var id in ids)
        {
            hint[(id >> 6) & 3] |= 1UL << id;
        }
    }

    public ReadOnlySpan<int> Ids => ids;

    public bool HasOneOf(ReadOnlySpan<int> words)
    {
        foreach (var id in words)
        {
            if (Has(id))
            {
                return true;
            }
        }

        return false;
    }

    public bool HasOneOf(BitSet words)
    {
        foreach (var id in ids)
        {
            if (words.Has(id))
            {
                return true;
            }
        }

        return false;
    }

    private bool Has(int id) => (hint[(id >> 6) & 3] & (1UL << id)) != 0 && ids.AsSpan().Contains(id);

    /// <summary>One bit stands for every 256th number; it answers "no" for most words at once.</summary>
    [InlineArray(4)]
    private struct Hint
    {
        private ulong part;
    }
}
