using System.Globalization;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Turns a score of the model into the share of texts with such a score of which it was true. One line per question and language:
/// <c>Positive he SLOPE SHIFT</c>, fitted on texts that the model was not trained on.
/// </summary>
internal sealed class Calibration
{
    private static readonly Lazy<Calibration> Loaded = new(() => new Calibration(SignalResources.Lines("calibration.txt")));

    private readonly Dictionary<string, Line> hebrew = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Line> english = new(StringComparer.Ordinal);

    private Calibration(IEnumerable<string> written)
    {
        foreach (var line in written)
        {
            var parts = line.Split(' ');
            (parts[1] == "he" ? hebrew : english).Add(parts[0], new Line(Number(parts[2]), Number(parts[3])));
        }
    }

    private sealed record Line(double Slope, double Shift);

    public static Calibration Shared => Loaded.Value;

    /// <summary>Hebrew speaks for every text that has Hebrew in it; English for the rest.</summary>
    public double Of(string question, string language, double score)
    {
        var (slope, shift) = (language is "he" or "mixed" ? hebrew : english)[question];
        return 1 / (1 + Math.Exp(-((slope * score) + shift)));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
