using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A set of small numbers in memory that its owner lends.</summary>
internal readonly ref struct BitSet(Span<ulong> bits)
{
    private readonly Span<ulong> bits = bits;

    /// <summary>How much memory a set of the numbers below <paramref name="count"/> takes.</summary>
    public static int SizeFor(int count) => (count + 63) / 64;

    public bool Has(int number) => (bits[number >> 6] & (1UL << number)) != 0;

    /// <summary>False where it was there before.</summary>
    public bool Add(int number)
    {
        ref var part = ref bits[number >> 6];
        var before = part;
        part |= 1UL << number;
        return part != before;
    }

    /// <summary>False where it was not there.</summary>
    public bool Remove(int number)
    {
        ref var part = ref bits[number >> 6];
        var before = part;
        part &= ~(1UL << number);
        return part != before;
    }

    /// <summary>Removes the numbers of one part of 64 that are also in the mask. Returns those that were there.</summary>
    public ulong Take(int part, ulong mask)
    {
        var taken = bits[part] & mask;
        bits[part] ^= taken;
        return taken;
    }

    public bool HasAll(ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            if (!Has(number))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first number from <paramref name="from"/> on, or -1.</summary>
    public int Next(int from)
    {
        for (var part = from >> 6; part < bits.Length; part++)
        {
            var left = part == from >> 6 ? bits[part] & (ulong.MaxValue << from) : bits[part];
            if (left != 0)
            {
                return (part << 6) + BitOperations.TrailingZeroCount(left);
            }
        }

        return -1;
    }

    public void Clear() => bits.Clear();

    public void CopyTo(BitSet other) => bits.CopyTo(other.bits);
}
