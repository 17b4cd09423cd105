using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Measures leave and publish, and the overlap of the evidence, on a file of constructed texts.</summary>
internal static class MeasureConstructed
{
    private const double AlertThreshold = 0.35;

    public static int Run(string[] arguments)
    {
        var showErrors = arguments.Contains("--errors");
        foreach (var group in ConstructedText.ReadAll(arguments[0]).GroupBy(text => text.Language))
        {
            Tally leave = new(), publish = new();
            int silent = 0, lookAlikes = 0;
            var overlaps = new List<double>();
            foreach (var text in group)
            {
                var reading = SignalDetector.Read(text.Text, null);
                Signal? left = Alerted(reading, SignalKind.Leave), published = Alerted(reading, SignalKind.Publish);
                leave.Count(text.Leaves, left is not null);
                publish.Count(text.Publishes, published is not null);
                if (!text.Leaves && !text.Publishes)
                {
                    lookAlikes++;
                    silent += left is null && published is null ? 1 : 0;
                }

                AddOverlap(overlaps, text.Leaving, left);
                AddOverlap(overlaps, text.Publishing, published);
                if (showErrors && (text.Leaves != left is not null || text.Publishes != published is not null))
                {
                    Console.WriteLine($"  {(text.Leaves ? "leave " : "")}{(text.Publishes ? "publish " : "")}: {text.Text}\n      {ReadAloud.Describe(text.Text)}");
                }
            }

            Console.WriteLine($"{group.Key} leave   {leave}");
            Console.WriteLine($"{group.Key} publish {publish}");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key} look-alikes with an alert: {lookAlikes - silent} of {lookAlikes}; evidence overlap {overlaps.Average():0.00} on average, at least 0.5 in {overlaps.Count(value => value >= 0.5)} of {overlaps.Count}"));
        }

        return 0;
    }

    private static Signal? Alerted(Reading reading, SignalKind kind) => reading.Find(kind) is { Confidence: >= AlertThreshold } signal ? signal : null;

    private static void AddOverlap(List<double> overlaps, Evidence? expected, Signal? found)
    {
        if (expected is not null && found is not null)
        {
            overlaps.Add(found.Evidence.Max(range => Overlap(range, expected)));
        }
    }

    /// <summary>Characters in both over characters in either.</summary>
    private static double Overlap(Evidence one, Evidence other)
    {
        var both = Math.Max(0, Math.Min(one.End, other.End) - Math.Max(one.Start, other.Start));
        return (double)both / (one.Length + other.Length - both);
    }
}
