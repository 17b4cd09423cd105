namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// One array per thread, lent from text to text. Small and our own, because the pool of the runtime would have to be compiled for each type when the detector
/// starts, and that takes longer than a hundred readings.
/// </summary>
internal static class Lent<T>
{
    /// <summary>What a text of rare length needed is not kept.</summary>
    private const int MostKept = 1 << 14;

    [ThreadStatic]
    private static T[]? idle;

    /// <summary>At least so many; what stands in them is left from another text. Whoever does not give them back only makes the next text ask for new ones.</summary>
    public static T[] Take(int count)
    {
        var taken = idle;
        idle = null;
        return taken is not null && taken.Length >= count ? taken : new T[Math.Max(count, 128)];
    }

    public static void Return(T[] taken)
    {
        if (taken.Length <= MostKept)
        {
            idle = taken;
        }
    }
}
