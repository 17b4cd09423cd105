using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Leaves the features that say most. What a feature says is the square of its weights, beside what all features say there, times the texts that have it. A quarter of the features can go
/// for nothing, half of them for two or three tenths of a point; the model is half as large then.
/// </summary>
internal static class Slimming
{
    private const int Most = 85_000;

    private sealed record Weighed(uint Feature, int Texts, double[] Outputs, double[] Nets);

    public static FirstStage Of(FirstStage learned, IEnumerable<ReadText> texts)
    {
        var met = FeatureCounts.Of(texts);
        var all = learned.Linear.Places.Keys.Union(learned.Nets[0].Features).Select(feature => new Weighed(
            feature,
            met[feature].Texts,
            [.. learned.Linear.All.Select(output => Square(output.Of(feature, met[feature].Group)))],
            [.. learned.Nets.Select(net => net.VectorOf(feature, met[feature].Group).Sum(number => Square(number)))])).ToArray();
        var (outputs, nets) = (Means(all, one => one.Outputs), Means(all, one => one.Nets));
        var kept = all.OrderByDescending(one => one.Texts * (Share(one.Outputs, outputs) + Share(one.Nets, nets))).ThenBy(one => one.Feature).Take(Most).Select(one => one.Feature).ToHashSet();
        return new FirstStage(learned.Linear.Only(kept), Array.ConvertAll(learned.Nets, net => net.Only(kept)));
    }

    /// <summary>What all features say in each place.</summary>
    private static double[] Means(Weighed[] all, Func<Weighed, double[]> of) =>
        [.. Enumerable.Range(0, of(all[0]).Length).Select(k => Math.Max(1e-12, all.Average(one => one.Texts * of(one)[k])))];

    private static double Share(double[] squares, double[] means) => squares.Zip(means, (square, mean) => square / mean).Average();

    private static double Square(double number) => number * number;
}
