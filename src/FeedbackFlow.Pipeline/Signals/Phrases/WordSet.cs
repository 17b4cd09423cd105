using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Some words of the vocabulary, by number.</summary>
internal sealed class WordSet
{
    private readonly int[] ids;

    /// <summary>One bit stands for every so many numbers; it answers "no" for most words at once.</summary>
    private readonly ulong[] hint;

    public WordSet(params ReadOnlySpan<int> ids)
    {
        this.ids = ids.ToArray();
        hint = new ulong[BitOperations.RoundUpToPowerOf2((uint)(ids.Length / 8) + 1)];
        foreach (var id in ids)
        {
            hint[(id >> 6) & (hint.Length - 1)] |= 1UL << id;
        }
    }

    public ReadOnlySpan<int> Ids => ids;

    /// <summary>Where this shares no bit with the <see cref="SignOf"/> of some words, none of them is in the set.</summary>
    public ulong Sign => SignOf(ids);

    public static ulong SignOf(ReadOnlySpan<int> words)
    {
        var sign = 0UL;
        foreach (var id in words)
        {
            sign |= 1UL << (int)(((uint)id * 0x9E3779B1) >> 26);
        }

        return sign;
    }

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

    private bool Has(int id) => (hint[(id >> 6) & (hint.Length - 1)] & (1UL << id)) != 0 && ids.AsSpan().Contains(id);
}
