using System.Globalization;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Whether confidences mean what they say: in ten steps, the mean confidence against the share that was so, and the expected calibration error.</summary>
internal static class Reliability
{
    public static void Print(string name, (double Confidence, bool IsSo)[] answers)
    {
        var steps = answers.GroupBy(answer => Math.Min(9, (int)(answer.Confidence * 10))).OrderBy(group => group.Key)
            .Select(group => (Count: group.Count(), Said: group.Average(answer => answer.Confidence), Was: group.Average(answer => answer.IsSo ? 1.0 : 0)))
            .ToArray();
        var error = steps.Sum(step => step.Count * Math.Abs(step.Said - step.Was)) / answers.Length;
        var table = string.Join(" | ", steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Said:0.00}→{step.Was:0.00} ({step.Count})")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: expected calibration error {error:0.000}; said→was: {table}"));
    }
}
