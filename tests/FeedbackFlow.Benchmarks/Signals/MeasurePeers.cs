using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Three classes (positive, neutral, negative): the detector beside the npm libraries on the same labelled texts, on sets that the detector did not learn from.</summary>
internal static class MeasurePeers
{
    private static readonly string[] Labels = ["positive", "neutral", "negative"];

    public static int Run(string tune, string data)
    {
        var corpus = CorpusText.ReadAll(tune).Select(text => (text.Text, Label: text.Sentiment.ToString().ToLowerInvariant(), text.Language)).ToArray();
        Print("constructed, en", [.. corpus.Where(text => text.Language == "en").Select(text => (text.Text, text.Label))]);
        Print("constructed, he", [.. corpus.Where(text => text.Language == "he").Select(text => (text.Text, text.Label))]);
        Print("airline tweets, en", Labelled(data, "en_airline"));
        Print("shop and hotel reviews, he", Labelled(data, "he_reviews_ksp_hotel"));
        return 0;
    }

    private static (string Text, string Label)[] Labelled(string data, string set) =>
        [.. LabelledText.ReadAll(Path.Combine(data, set, "train.jsonl")).Select(text => (text.Text, text.Label("sentiment") ?? ""))];

    private static void Print(string name, (string Text, string Label)[] all)
    {
        var texts = all.Where(text => Labels.Contains(text.Label)).ToArray();
        PrintOne("detector", [.. texts.Select(text => SignalDetector.Read(text.Text, null).Sentiment.ToString().ToLowerInvariant())]);
        foreach (var (peer, labels) in Peers.Ask<Dictionary<string, string[]>>("quality.js", texts.Select(text => text.Text)))
        {
            PrintOne(peer, labels);
        }

        void PrintOne(string reader, string[] labels)
        {
            var scores = Labels.Where(label => texts.Any(text => text.Label == label)).Select(label =>
            {
                var tally = new Tally();
                for (var i = 0; i < texts.Length; i++)
                {
                    tally.Count(texts[i].Label == label, labels[i] == label);
                }

                return tally.F1;
            }).ToArray();
            var right = texts.Where((text, i) => text.Label == labels[i]).Count();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {reader,-16} accuracy {(double)right / texts.Length:0.000}, macro-F1 {scores.Average():0.000} ({texts.Length} texts)"));
        }
    }
}
