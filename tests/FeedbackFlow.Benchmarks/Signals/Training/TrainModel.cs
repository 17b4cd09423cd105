using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Makes the model of the detector: learns on the build texts (for the direction of a text also on public sets whose licence allows it), then fits on
/// the tune texts what a score is worth. Nothing is drawn at random, so the same texts give the same files.
/// </summary>
internal static class TrainModel
{
    public static int Run(string corpus, string data, string target)
    {
        var texts = CorpusText.ReadAll(Path.Combine(corpus, "build")).Select(ReadText.Of).ToArray();
        var feelings = PublicTexts.Read(data).Select(ReadText.Of).ToArray();
        var learned = LearnedOutputs.Train(texts, feelings, TrainingPlan.Default);
        var groups = GroupsOf([.. texts, .. feelings]);
        using (var stream = File.Create(Path.Combine(target, "signals.model")))
        {
            WeightFile.Write(stream, Outputs.Count, learned.Places.Keys.Select(feature => (feature, learned.All.Select(output => output.Of(feature, groups[feature])).ToArray())));
        }

        var lines = Calibrate(learned, CorpusText.ReadAll(Path.Combine(corpus, "tune")).Select(ReadText.Of).ToArray());
        File.WriteAllText(Path.Combine(target, "calibration.txt"), string.Join("\n", lines) + "\n");
        Console.WriteLine($"{texts.Length} texts and {feelings.Length} for the direction, {learned.Places.Count} features");
        lines.ForEach(Console.WriteLine);
        return 0;
    }

    private static List<string> Calibrate(LearnedOutputs learned, ReadText[] tuning)
    {
        List<string> lines = ["# What a score of the model is worth: question, language, slope, shift. Made by the train command from the tune texts."];
        foreach (var language in tuning.GroupBy(text => text.Text.Language).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var kind in new[] { SignalKind.Leave, SignalKind.Publish })
            {
                Add(kind.ToString(), language, text => learned.Of(text, kind).Score, text => text.Strength(kind) is not null);
            }

            for (var k = 0; k < Outputs.Feelings; k++)
            {
                var (at, direction) = (k, (Sentiment)k);
                Add(direction.ToString(), language, text => learned.FeelingsOf(text)[at], text => text.Sentiment == direction);
            }

            Add(nameof(FindingKind.Sarcasm), language, learned.SarcasmOf, text => text.Kind == "sarcastic");
        }

        return lines;

        void Add(string question, IGrouping<string, ReadText> language, Func<ReadText, double> score, Func<CorpusText, bool> isSo)
        {
            var fitted = Platt.Fit([.. language.Select(text => (new[] { score(text) }, isSo(text.Text)))]);
            lines.Add($"{question} {language.Key} {string.Join(" ", fitted.Select(number => number.ToString("0.0000", CultureInfo.InvariantCulture)))}");
        }
    }

    private static Dictionary<uint, FeatureGroup> GroupsOf(ReadText[] texts)
    {
        var groups = new Dictionary<uint, FeatureGroup>();
        foreach (var row in texts.SelectMany(text => text.Clauses.Append(text.Whole)))
        {
            for (var i = 0; i < row.Features.Length; i++)
            {
                groups[row.Features[i]] = row.Groups[i];
            }
        }

        return groups;
    }
}
