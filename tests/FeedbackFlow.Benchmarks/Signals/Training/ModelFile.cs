using System.Runtime.InteropServices;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Writes what <c>SignalModel</c> of the detector reads. Features without any weight are left out.</summary>
internal static class ModelFile
{
    private sealed record Row(uint Feature, double[] Weights, float[][] Vectors, bool IsKnownToNets);

    public static void Write(Stream stream, FirstStage learned, Dictionary<uint, (int Texts, FeatureGroup Group)> met, Trees leave, Trees publish)
    {
        var known = learned.Nets[0].Features.ToHashSet();
        var rows = learned.Linear.Places.Keys.Union(known).Order().Select(feature => new Row(
            feature,
            [.. learned.Linear.All.Select(output => output.Of(feature, met[feature].Group))],
            [.. learned.Nets.Select(net => net.VectorOf(feature, met[feature].Group))],
            known.Contains(feature))).ToArray();
        var scales = Enumerable.Range(0, Outputs.Count).Select(k => ScaleOf(rows.Select(row => row.Weights[k]))).ToArray();
        var netScales = learned.Nets.Select((_, n) => ScaleOf(rows.SelectMany(row => row.Vectors[n]).Select(number => (double)number))).ToArray();
        var kept = rows.Select(row => (row.Feature, Bytes: BytesOf(row, scales, netScales))).Where(row => Array.Exists(row.Bytes, one => one != 0)).ToArray();

        using var writer = new BinaryWriter(stream);
        writer.Write(kept.Length);
        writer.Write(netScales.Length);
        Array.ForEach(scales, writer.Write);
        Array.ForEach(netScales, writer.Write);
        Array.ForEach(kept, row => writer.Write(row.Feature));
        Array.ForEach(kept, row => writer.Write(MemoryMarshal.AsBytes<sbyte>(row.Bytes)));
        foreach (var number in learned.Nets.SelectMany(net => net.Net.Numbers))
        {
            writer.Write(number);
        }

        Write(writer, leave);
        Write(writer, publish);
    }

    private static void Write(BinaryWriter writer, Trees trees)
    {
        writer.Write(trees.Start);
        writer.Write(trees.Roots.Count);
        foreach (var root in trees.Roots)
        {
            writer.Write(root);
        }

        writer.Write(trees.Nodes.Count);
        foreach (var node in trees.Nodes)
        {
            writer.Write(node.Place);
            writer.Write(node.Limit);
            writer.Write(node.Low);
        }
    }

    private static float ScaleOf(IEnumerable<double> numbers) => (float)Math.Max(1e-6, numbers.Max(Math.Abs) / 127);

    private static sbyte[] BytesOf(Row row, float[] scales, float[] netScales)
    {
        var bytes = new sbyte[WeightTable.Block + (netScales.Length * Net.Width)];
        for (var k = 0; k < scales.Length; k++)
        {
            bytes[k] = (sbyte)Math.Round(row.Weights[k] / scales[k]);
        }

        bytes[Outputs.IsKnownToNets] = (sbyte)(row.IsKnownToNets ? 1 : 0);
        for (var n = 0; n < netScales.Length; n++)
        {
            for (var k = 0; k < Net.Width; k++)
            {
                bytes[WeightTable.Block + (n * Net.Width) + k] = (sbyte)Math.Round(row.Vectors[n][k] / netScales[n]);
            }
        }

        return bytes;
    }
}
