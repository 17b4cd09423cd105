using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Measures the detector as it is on labelled texts of the corpus format (files or folders): precision, recall and F1 per signal and language with
/// intervals, false alarms by kind of look-alike, recall by how the signal is said, evidence, strength, direction, calibration, and the worst errors.
/// </summary>
internal static class Evaluate
{
    private const double AlertThreshold = 0.35;
    private const int WorstErrors = 10;

    private static readonly SignalKind[] Kinds = [SignalKind.Leave, SignalKind.Publish];

    private sealed record Answer(CorpusText Text, Reading Reading)
    {
        public double Confidence(SignalKind kind) => Reading.Find(kind)?.Confidence ?? 0;

        public bool Alerts(SignalKind kind) => Confidence(kind) >= AlertThreshold;

        public bool Says(SignalKind kind) => Text.Strength(kind) is not null;
    }

    public static int Run(string[] arguments)
    {
        var answers = arguments.Where(argument => !argument.StartsWith('-')).SelectMany(CorpusText.ReadAll).Select(text => new Answer(text, SignalDetector.Read(text.Text, null))).ToArray();
        foreach (var language in answers.GroupBy(answer => answer.Text.Language).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Answer[] all = [.. language];
            Console.WriteLine($"== {language.Key}: {all.Length} texts, {all.Count(answer => answer.Text.IsLookAlike)} look-alikes");
            foreach (var kind in Kinds)
            {
                PrintSignal(kind, all);
            }

            PrintLookAlikes([.. all.Where(answer => answer.Text.IsLookAlike)]);
            PrintDirections(all);
            PrintSarcasm(all);
            foreach (var kind in Kinds)
            {
                Reliability.Print($"{kind} reliability", [.. all.Select(answer => (answer.Confidence(kind), answer.Says(kind)))]);
            }

            Reliability.Print("direction reliability", [.. all.Where(answer => answer.Text.Sentiment != Sentiment.Mixed).SelectMany(DirectionsOf)]);
            PrintWorst(all, arguments.Contains("--errors") ? int.MaxValue : WorstErrors);
        }

        return 0;
    }

    private static void PrintSignal(SignalKind kind, Answer[] all)
    {
        var tally = new Tally();
        foreach (var answer in all)
        {
            tally.Count(answer.Says(kind), answer.Alerts(kind));
        }

        var found = all.Where(answer => answer.Says(kind) && answer.Alerts(kind)).ToArray();
        var overlaps = found.Count(answer => answer.Text.Marked(kind).Max(mark => answer.Reading.Find(kind)!.Evidence.Max(range => Overlap.Of(mark, range))) >= 0.5);
        var firm = found.Count(answer => answer.Reading.Find(kind)!.Strength == answer.Text.Strength(kind));
        var (low, high) = Bootstrap.OfF1([.. all.Select(answer => (answer.Says(kind), answer.Alerts(kind)))]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-8} P {tally.Precision:0.000} R {tally.Recall:0.000} ({Tally.Interval(tally.Hits, tally.Hits + tally.Misses)}) F1 {tally.F1:0.000} ({low:0.00} to {high:0.00}); {tally.Hits} hits, {tally.FalseAlarms} false, {tally.Misses} missed; evidence {Share(overlaps, found.Length)}; strength {Share(firm, found.Length)}"));
        var kinds = all.Where(answer => answer.Says(kind)).GroupBy(answer => answer.Text.Kind).OrderBy(group => group.Key, StringComparer.Ordinal);
        Console.WriteLine("    recall by how it is said: " + string.Join(", ", kinds.Select(group => $"{group.Key} {Share(group.Count(answer => answer.Alerts(kind)), group.Count())}")));
    }

    private static void PrintLookAlikes(Answer[] silent)
    {
        foreach (var kind in Kinds)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"look-alikes taken for {kind}: {100.0 * silent.Count(answer => answer.Alerts(kind)) / Math.Max(1, silent.Length):0.0} of 100 ({Tally.Interval(silent.Count(answer => answer.Alerts(kind)), silent.Length)})"));
        }

        var kinds = silent.GroupBy(answer => answer.Text.Kind).OrderBy(group => group.Key, StringComparer.Ordinal);
        Console.WriteLine("    by kind: " + string.Join(", ", kinds.Select(group => $"{group.Key} {Share(group.Count(answer => Kinds.Any(answer.Alerts)), group.Count())}")));
    }

    private static void PrintDirections(Answer[] all)
    {
        var clear = all.Where(answer => answer.Text.Sentiment != Sentiment.Mixed).ToArray();
        var sides = clear.Where(answer => answer.Text.Sentiment != Sentiment.Neutral).ToArray();
        var scores = new[] { Sentiment.Positive, Sentiment.Neutral, Sentiment.Negative }.Select(direction =>
        {
            var tally = new Tally();
            Array.ForEach(clear, answer => tally.Count(answer.Text.Sentiment == direction, answer.Reading.Sentiment == direction));
            return tally.F1;
        });
        var right = clear.Count(answer => answer.Reading.Sentiment == answer.Text.Sentiment);
        var sided = sides.Count(answer => answer.Reading.Confidence.Positive > answer.Reading.Confidence.Negative == (answer.Text.Sentiment == Sentiment.Positive));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"direction: three classes {Share(right, clear.Length)} ({Tally.Interval(right, clear.Length)}), macro-F1 {scores.Average():0.000}; positive against negative {Share(sided, sides.Length)} ({Tally.Interval(sided, sides.Length)})"));
    }

    private static void PrintSarcasm(Answer[] all)
    {
        var meant = all.Where(answer => answer.Text.Kind == "sarcastic").ToArray();
        var others = all.Where(answer => answer.Text.Kind != "sarcastic").ToArray();
        Console.WriteLine($"sarcasm noticed in {Share(meant.Count(answer => answer.Reading.Has(FindingKind.Sarcasm)), meant.Length)}, and in {Share(others.Count(answer => answer.Reading.Has(FindingKind.Sarcasm)), others.Length)} others; sarcastic texts taken for praise {Share(meant.Count(answer => answer.Reading.Sentiment == Sentiment.Positive), meant.Length)}");
    }

    private static IEnumerable<(double Confidence, bool IsSo)> DirectionsOf(Answer answer)
    {
        var confidence = answer.Reading.Confidence;
        return [(confidence.Positive, answer.Text.Sentiment == Sentiment.Positive), (confidence.Neutral, answer.Text.Sentiment == Sentiment.Neutral), (confidence.Negative, answer.Text.Sentiment == Sentiment.Negative)];
    }

    private static void PrintWorst(Answer[] all, int most)
    {
        var wrong = all.SelectMany(answer => Kinds.Select(kind => (answer, kind)))
            .Where(one => one.answer.Says(one.kind) != one.answer.Alerts(one.kind))
            .OrderByDescending(one => Math.Abs((one.answer.Says(one.kind) ? 1 : 0) - one.answer.Confidence(one.kind)))
            .Take(most);
        foreach (var (answer, kind) in wrong)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {(answer.Says(kind) ? "missed" : "false ")} {kind} {answer.Confidence(kind):0.00} {answer.Text.Kind} {answer.Text.Batch}: {answer.Text.Text}"));
        }
    }

    private static string Share(int part, int of) => of == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{(double)part / of:0.00} of {of}");
}
