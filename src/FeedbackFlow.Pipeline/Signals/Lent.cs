namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// A few arrays and lists per thread, lent from text to text. Small and our own, because the pool of the runtime would have to be compiled for each type when the detector
/// starts, and that takes longer than a hundred readings. Whoever does not give them back only makes the next text ask for new ones.
/// </summary>
internal static class Lent<T>
{
    /// <summary>What a text of rare length needed is not kept.</summary>
    private const int MostKept = 1 << 14;

    /// <summary>As many as one reading holds at the same time.</summary>
    private const int Most = 4;

    [ThreadStatic]
    private static Shelf? shelf;

    /// <summary>At least so many; what stands in them is left from another text.</summary>
    public static T[] Take(int count)
    {
        var idle = shelf ??= new Shelf();
        return idle.ArrayCount > 0 && idle.Arrays[--idle.ArrayCount] is var taken && taken.Length >= count ? taken : new T[Math.Max(count, 128)];
    }

    public static void Return(T[] taken)
    {
        var idle = shelf ??= new Shelf();
        if (taken.Length <= MostKept && idle.ArrayCount < Most)
        {
            idle.Arrays[idle.ArrayCount++] = taken;
        }
    }

    /// <summary>An empty one.</summary>
    public static List<T> TakeList()
    {
        var idle = shelf ??= new Shelf();
        return idle.ListCount > 0 ? idle.Lists[--idle.ListCount] : new List<T>(128);
    }

    public static void Return(List<T> taken)
    {
        var idle = shelf ??= new Shelf();
        if (taken.Capacity <= MostKept && idle.ListCount < Most)
        {
            taken.Clear();
            idle.Lists[idle.ListCount++] = taken;
        }
    }

    private sealed class Shelf
    {
        public T[][] Arrays { get; } = new T[Most][];

        public int ArrayCount { get; set; }

        public List<T>[] Lists { get; } = new List<T>[Most];

        public int ListCount { get; set; }
    }
}
