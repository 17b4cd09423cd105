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

    /// <summary>Sets of which rows were read and labelled here, from the root of the repository.</summary>
    private const string Labels = "tests/FeedbackFlow.Benchmarks/Signals/Corpus/labels";

    private static readonly string[] LabelledHere = ["en_airline", "he_reviews_ksp_hotel"];

    public static int Run(string[] arguments)
    {
        var folder = arguments.FirstOrDefault(argument => !argument.StartsWith('-')) ?? "../shared/data";
        var showErrors = arguments.Contains("--errors");
        foreach (var name in new[] { "signals_dev_en", "signals_dev_he" })
        {
            MeasureRisks(name, () => Developers(Path.Combine(folder, "signals_dev", name + ".tsv")), showErrors);
        }

        foreach (var set in LabelledHere)
        {
            MeasureRisks(set, () => Ours(Path.Combine(folder, set, "train.jsonl"), Path.Combine(Labels, set + ".tsv")), showErrors);
        }

        foreach (var set in SentimentSets)
        {
            MeasureSentiment(Path.Combine(folder, set, "train.jsonl"), set, showErrors && arguments.Contains(set));
        }

        return 0;
    }

    /// <summary>A real text and what people say it says.</summary>
    private sealed record Row(string Text, bool Leaves, bool Publishes, bool IsBorderline, string Kind)
    {
        public bool Says(SignalKind kind) => kind == SignalKind.Leave ? Leaves : Publishes;
    }

    private static Row[] Developers(string file) =>
        [.. LabelledText.ReadAll(file).Select(text => new Row(text.Text, text.Is("leave") == true, text.Is("public") == true, text.Is("borderline") == true, text.Label("kind") ?? ""))];

    private static Row[] Ours(string file, string labels)
    {
        var known = PublicLabels.ReadAll(labels);
        return [.. LabelledText.ReadAll(file).Where(text => known.ContainsKey(text.Id)).Select(text => (text.Text, Label: known[text.Id]))
            .Select(text => new Row(text.Text, text.Label.Leave is not null, text.Label.Publish is not null, text.Label.IsBorderline, text.Label.IsLookAlike ? "look-alike" : ""))];
    }

    private static void MeasureRisks(string name, Func<Row[]> read, bool showErrors)
    {
        Row[] rows;
        try
        {
            rows = read();
        }
        catch (IOException)
        {
            Console.WriteLine($"skipped, not there: {name}");
            return;
        }

        foreach (var kind in new[] { SignalKind.Leave, SignalKind.Publish })
        {
            Tally all = new(), clear = new();
            foreach (var row in rows)
            {
                var wasSaid = SignalDetector.Read(row.Text, null).Find(kind)?.Confidence >= AlertThreshold;
                all.Count(row.Says(kind), wasSaid);
                if (!row.IsBorderline)
                {
                    clear.Count(row.Says(kind), wasSaid);
                }

                if (showErrors && row.Says(kind) != wasSaid)
                {
                    Console.WriteLine($"  {(wasSaid ? "false " : "missed")} {kind} {(row.IsBorderline ? "(borderline) " : "")}{row.Kind}: {row.Text}");
                }
            }

            Console.WriteLine($"{name} {kind,-8} all        {all}");
            Console.WriteLine($"{name} {kind,-8} not borderline {clear}");
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
