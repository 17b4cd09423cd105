using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>How many calls of a second analyser the cascade saves on the labelled sets, and whether it spends them where the local reading is wrong more often.</summary>
internal static class MeasureCascade
{
    private const double AlertThreshold = 0.35;

    private static readonly string[] Sets = ["en_airline", "en_complaints", "en_amazon_sentences", "he_reviews_ksp_hotel", "he_talkbacks_hebert", "he_facebook_onlp"];

    public static int Run(string[] arguments)
    {
        var folder = arguments.FirstOrDefault() ?? "../shared/data";
        var whole = new Share();
        foreach (var set in Sets)
        {
            var file = Path.Combine(folder, set, "train.jsonl");
            if (!File.Exists(file))
            {
                Console.WriteLine($"skipped, not there: {file}");
                continue;
            }

            var share = new Share();
            foreach (var text in LabelledText.ReadAll(file)) share.Count(text);
            whole.Add(share);
            Console.WriteLine($"{set,-22} {share}");
        }

        Console.WriteLine($"{"all",-22} {whole}");
        return 0;
    }

    private sealed class Share
    {
        private int asked, spared, askedRight, sparedRight, askedLabelled, sparedLabelled;

        public void Count(LabelledText text)
        {
            var reading = SignalDetector.Read(text.Text, null);
            var isAsked = SecondReading.IsWorthAsking(AskPolicy.Cascade, text.Text, null, reading, AlertThreshold);
            var label = text.Label("sentiment");
            var isLabelled = label is "positive" or "negative";
            var isRight = isLabelled && (reading.Confidence.Positive >= reading.Confidence.Negative ? "positive" : "negative") == label;
            if (isAsked) (asked, askedLabelled, askedRight) = (asked + 1, askedLabelled + (isLabelled ? 1 : 0), askedRight + (isRight ? 1 : 0));
            else (spared, sparedLabelled, sparedRight) = (spared + 1, sparedLabelled + (isLabelled ? 1 : 0), sparedRight + (isRight ? 1 : 0));
        }

        public void Add(Share other) =>
            (asked, spared, askedRight, sparedRight, askedLabelled, sparedLabelled) = (
                asked + other.asked, spared + other.spared, askedRight + other.askedRight, sparedRight + other.sparedRight, askedLabelled + other.askedLabelled,
                sparedLabelled + other.sparedLabelled);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{asked + spared} texts, {(double)spared / (asked + spared):0.000} of the calls saved; local side right {Ratio(sparedRight, sparedLabelled)} where spared, {Ratio(askedRight, askedLabelled)} where asked");

        private static string Ratio(int right, int all) => all == 0 ? "-" : ((double)right / all).ToString("0.000", CultureInfo.InvariantCulture);
    }
}
