using System.Runtime.InteropServices;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Writes what <c>WeightTable</c> of the detector reads. Features without any weight are left out.</summary>
internal static class WeightFile
{
    public static void Write(Stream stream, int outputs, IEnumerable<(uint Feature, double[] Weights)> features)
    {
        var kept = features.OrderBy(feature => feature.Feature).ToArray();
        var scales = Enumerable.Range(0, outputs).Select(k => Math.Max(1e-6, kept.Max(feature => Math.Abs(feature.Weights[k])) / 127)).ToArray();
        var rounded = kept
            .Select(feature => (feature.Feature, Weights: feature.Weights.Select((weight, k) => (sbyte)Math.Round(weight / scales[k])).ToArray()))
            .Where(feature => feature.Weights.Any(weight => weight != 0))
            .ToArray();
        using var writer = new BinaryWriter(stream);
        writer.Write(outputs);
        writer.Write(rounded.Length);
        Array.ForEach(scales, scale => writer.Write((float)scale));
        Array.ForEach(rounded, feature => writer.Write(feature.Feature));
        Array.ForEach(rounded, feature => writer.Write(MemoryMarshal.AsBytes<sbyte>(feature.Weights)));
    }
}
