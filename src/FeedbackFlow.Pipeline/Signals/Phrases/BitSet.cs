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

    public void Clear() => bits.Clear();

    public void CopyTo(BitSet other) => bits.CopyTo(other.bits);
}
