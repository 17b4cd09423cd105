namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Feature names as numbers. Stable between processes and versions of the runtime: the models were trained with it.</summary>
internal static class FeatureHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return Settle(hash);
    }

    /// <summary>The hash of a word read from its end. Never 0.</summary>
    public static uint Backward(ReadOnlySpan<char> text)
    {
        Span<uint> hashes = stackalloc uint[text.Length + 1];
        Backward(text, hashes);
        return hashes[0];
    }

    /// <summary>The same for the word and for all its endings: place 3 holds that of the word without its first three letters.</summary>
    public static void Backward(ReadOnlySpan<char> text, Span<uint> hashes)
    {
        var hash = Offset;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            hash = (hash ^ text[i]) * Prime;
            hashes[i] = Math.Max(1, Settle(hash));
        }
    }

    public static uint Join(uint first, uint second) => Settle(((first * 0x9E3779B1) ^ second) + 0x85EBCA6B);

    /// <summary>Every bit of the input reaches every bit of the result.</summary>
    private static uint Settle(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x7FEB352D;
        hash ^= hash >> 15;
        hash *= 0x846CA68B;
        return hash ^ (hash >> 16);
    }
}
