using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

internal static class Overlap
{
    /// <summary>Characters in both over characters in either.</summary>
    public static double Of(Evidence one, Evidence other)
    {
        var both = Math.Max(0, Math.Min(one.End, other.End) - Math.Max(one.Start, other.Start));
        return (double)both / (one.Length + other.Length - both);
    }
}
