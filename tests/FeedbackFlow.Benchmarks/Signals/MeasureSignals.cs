using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Reads the labelled sets of a folder and prints how well the detector did. Sets that are not there are skipped.</summary>
internal static class MeasureSignals
{
    private const double AlertThreshold = 0.35;

    private static readonly string[] SentimentSets =
    [
        "en_airline", "en_complaints", "en_amazon_sentences", "he_reviews_ksp_hotel", "he_talkbacks_hebert", "he_facebook_onlp",
    ];

    public static int Run(string[] arguments)
    {
        var folder = arguments.FirstOrDefault(argument => !argument.StartsWith('-')) ?? "../shared/data";
        var showErrors = arguments.Contains("--errors");
        foreach (var language in new[] { "en", "he" })
        {
            MeasureRisks(Path.Combine(folder, "signals_dev", $"signals_dev_{language}.tsv"), language, showErrors);
        }

        foreach (var set in SentimentSets)
        {
            MeasureSentiment(Path.Combine(folder, set, "train.jsonl"), set, showErrors && arguments.Contains(set));
        }

        return 0;
    }

    private static void MeasureRisks(string file, string language, bool showErrors)
    {
        if (!File.Exists(file))
        {
            Console.WriteLine($"skipped, not there: {file}");
            return;
        }

        var texts = LabelledText.ReadAll(file);
        foreach (var (label, kind) in new[] { ("leave", SignalKind.Leave), ("public", SignalKind.Publish) })
        {
            Tally all = new(), clear = new();
            foreach (var text in texts.Where(text => text.Is(label) is not null))
            {
                var isSo = text.Is(label) == true;
                var wasSaid = SignalDetector.Read(text.Text, null).Find(kind)?.Confidence >= AlertThreshold;
                all.Count(isSo, wasSaid);
                if (text.Is("borderline") != true)
                {
                    clear.Count(isSo, wasSaid);
                }

                if (showErrors && isSo != wasSaid)
                {
                    Console.WriteLine($"  {(isSo ? "missed" : "false ")} {label} {(text.Is("borderline") == true ? "(borderline) " : "")}{text.Label("kind")}: {text.Text}");
                }
            }

            Console.WriteLine($"{language} {kind,-8} all        {all}");
            Console.WriteLine($"{language} {kind,-8} not borderline {clear}");
        }
    }

    private static void MeasureSentiment(string file, string name, bool showErrors)
    {
        if (!File.Exists(file))
        {
            Console.WriteLine($"skipped, not there: {file}");
            return;
        }

        int right = 0, all = 0, rightSide = 0, polar = 0, strict = 0;
        foreach (var text in LabelledText.ReadAll(file))
        {
            var label = text.Label("sentiment");
            var reading = SignalDetector.Read(text.Text, null);
            var isRight = string.Equals(reading.Sentiment.ToString(), label, StringComparison.OrdinalIgnoreCase);
            all++;
            right += isRight ? 1 : 0;
            if (label is "positive" or "negative")
            {
                polar++;
                strict += isRight ? 1 : 0;
                var side = reading.Confidence.Positive >= reading.Confidence.Negative ? "positive" : "negative";
                rightSide += side == label ? 1 : 0;
                if (showErrors && side != label)
                {
                    Console.WriteLine($"  {label} read as {reading.Sentiment}: {text.Text}");
                }
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-22} {all} texts, all classes {(double)right / all:0.000}; positive against negative by confidence {(double)rightSide / polar:0.000}, by label {(double)strict / polar:0.000} ({Tally.Interval(strict, polar)})"));
    }
}
