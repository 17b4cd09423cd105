using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Makes the model of the detector from the build texts (for the direction of a text also from public sets whose licence allows it): the first stage of all writers;
/// the second stage, and what a score is worth, of the answers to writers that the first stage had not seen. The same texts give the same files.
/// </summary>
internal static class TrainModel
{
    private const int Folds = 5;

    public static int Run(string corpus, string data, string target)
    {
        var build = Path.Combine(corpus, "build");
        var known = PublicTexts.Read(data, PublicLabels.Beside(build)).Select(ReadText.Of).ToLookup(text => text.Text.Kind == PublicTexts.Kind);
        ReadText[] texts = [.. Parts.With(CorpusText.ReadLessons(build)), .. known[false]];
        ReadText[] outside = [.. known[true]];
        var learned = FirstStage.Train(texts, outside, TrainingPlan.Default);
        var answers = Answer.OfUnseenWriters(texts, outside, TrainingPlan.Default, Folds);
        using (var stream = File.Create(Path.Combine(target, "signals.model")))
        {
            ModelFile.Write(stream, learned, FeatureCounts.Of([.. texts, .. outside]), SecondStage.Train(answers, SignalKind.Leave), SecondStage.Train(answers, SignalKind.Publish));
        }

        var lines = Calibrate([.. answers.Where(answer => answer.IsMeasured)]);
        File.WriteAllText(Path.Combine(target, "calibration.txt"), string.Join("\n", lines) + "\n");
        Console.WriteLine($"{texts.Length} texts and {outside.Length} for the direction, {learned.Linear.Places.Count} features");
        lines.ForEach(Console.WriteLine);
        CrossValidate.PrintByWriter(answers, Folds);
        return 0;
    }

    private static List<string> Calibrate(Answer[] answers)
    {
        List<string> lines = ["# What a score of the model is worth: question, language, slope, shift. Made by the train command from texts of writers that the model had not seen."];
        foreach (var language in answers.GroupBy(answer => answer.Text.Text.Language).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var direction in new[] { Sentiment.Positive, Sentiment.Neutral, Sentiment.Negative })
            {
                Add(direction.ToString(), language, answer => answer.Feeling(direction), text => text.Sentiment == direction);
            }

            Add(nameof(FindingKind.Sarcasm), language, answer => answer.Judgement.Sarcasm, text => text.Kind == "sarcastic");
        }

        return lines;

        void Add(string question, IGrouping<string, Answer> language, Func<Answer, double> score, Func<CorpusText, bool> isSo)
        {
            var fitted = Platt.Fit([.. language.Select(answer => (new[] { score(answer) }, isSo(answer.Text.Text)))]);
            lines.Add($"{question} {language.Key} {string.Join(" ", fitted.Select(number => number.ToString("0.0000", CultureInfo.InvariantCulture)))}");
        }
    }
}
