using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Prints what the detector reads; for trying a phrase.</summary>
internal static class ReadAloud
{
    public static int Run(string[] texts)
    {
        foreach (var text in texts is ["-"] ? Lines() : texts)
        {
            Console.WriteLine(text);
            Console.WriteLine("    " + Describe(text));
        }

        return 0;
    }

    public static string Describe(string text)
    {
        var reading = SignalDetector.Read(text, null);
        var signals = reading.Signals.Select(signal => string.Create(
            CultureInfo.InvariantCulture,
            $"{signal.Kind}{(signal.Strength is { } strength ? "/" + strength : "")} {signal.Confidence:0.00} [{string.Join(" | ", signal.Evidence.Select(range => range.In(text)))}]"));
        var findings = reading.Findings.Select(finding => finding.Kind.ToString());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{reading.Language} {reading.Sentiment} +{reading.Confidence.Positive:0.00} -{reading.Confidence.Negative:0.00} {string.Join("; ", signals.Concat(findings))}");
    }

    private static IEnumerable<string> Lines()
    {
        while (Console.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
