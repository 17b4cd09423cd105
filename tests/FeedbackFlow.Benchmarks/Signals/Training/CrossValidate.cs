using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Learns of all writers but some and measures on those, in turn; the second stage likewise. With a second folder also of all writers and measured on it. For
/// choosing features and penalties.
/// </summary>
internal static class CrossValidate
{
    private const int Folds = 5;

    /// <summary>The default threshold of 0.35, as the trees add it up.</summary>
    private static readonly double AlertScore = Math.Log(0.35 / 0.65);

    private static readonly SignalKind[] Kinds = [SignalKind.Leave, SignalKind.Publish];

    public static int Run(string[] arguments)
    {
        var plan = PlanOf(arguments);
        var folders = arguments.Where(Directory.Exists).ToArray();
        var known = folders.Skip(2).SelectMany(folder => PublicTexts.Read(folder, PublicLabels.Beside(folders[0]))).Select(ReadText.Of).ToLookup(text => text.Text.Kind == PublicTexts.Kind);
        ReadText[] all = [.. Parts.With(CorpusText.ReadLessons(folders[0])), .. known[false]];
        ReadText[] outside = [.. known[true]];
        var answers = Answer.OfUnseenWriters(all, outside, plan, Folds);
        PrintByWriter(answers, Folds, arguments.Contains("--errors"));
        if (folders.Length > 1)
        {
            var learned = FirstStage.Train(all, outside, plan);
            Print("held out ", Second(answers, [.. CorpusText.ReadAll(folders[1]).Select(ReadText.Of).Select(text => new Answer(text, learned.JudgementOf(text)))]), showErrors: false);
        }

        return 0;
    }

    /// <summary>The second stage, too, answers to writers that it did not learn of.</summary>
    public static void PrintByWriter(IReadOnlyList<Answer> answers, int folds, bool showErrors = false)
    {
        var writers = answers.Select(answer => answer.Text.Text.Writer).Distinct().Order(StringComparer.Ordinal).ToArray();
        var looked = Enumerable.Range(0, folds).AsParallel().AsOrdered().SelectMany(fold =>
        {
            var asked = answers.ToLookup(answer => Array.IndexOf(writers, answer.Text.Text.Writer) % folds == fold);
            return Second([.. asked[false]], [.. asked[true].Where(answer => answer.IsMeasured)]);
        });
        Print("by writer", [.. looked], showErrors);
    }

    /// <summary>An answer after the second look: how sure of leaving and of publishing.</summary>
    private sealed record Looked(Answer Answer, double Leave, double Publish)
    {
        public double Of(SignalKind kind) => kind == SignalKind.Leave ? Leave : Publish;
    }

    private static Looked[] Second(Answer[] learning, Answer[] asked)
    {
        var (leave, publish) = (SecondStage.Train(learning, SignalKind.Leave), SecondStage.Train(learning, SignalKind.Publish));
        return Array.ConvertAll(asked, answer => new Looked(answer, leave.Score(answer.Look(SignalKind.Leave)), publish.Score(answer.Look(SignalKind.Publish))));
    }

    private static TrainingPlan PlanOf(string[] arguments)
    {
        var plan = TrainingPlan.Default;
        foreach (var argument in arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal)))
        {
            var (name, value) = (argument.Split('=')[0], double.Parse(argument.Split('=')[1], CultureInfo.InvariantCulture));
            plan = name switch
            {
                "penalty" => plan with { Penalty = value },
                "wholepenalty" => plan with { WholePenalty = value },
                "clause" => plan with { Clause = value },
                "outside" => plan with { Outside = value },
                "publicfeeling" => plan with { PublicFeeling = value },
                "feelingpenalty" => plan with { FeelingPenalty = value },
                "text" => plan with { Text = value },
                _ => plan with { Scales = new Dictionary<FeatureGroup, double>(plan.Scales) { [Enum.Parse<FeatureGroup>(name, ignoreCase: true)] = value } },
            };
        }

        return plan;
    }

    private static void Print(string name, Looked[] looked, bool showErrors)
    {
        foreach (var language in looked.GroupBy(one => one.Answer.Text.Text.Language).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var kind in Kinds)
            {
                var best = Best([.. language.Select(one => (one.Answer.Says(kind), one.Of(kind)))]);
                var linear = Best([.. language.Select(one => (one.Answer.Says(kind), one.Answer.Of(kind).Pooled + one.Answer.Of(kind).Whole))]);
                var net = Best([.. language.Select(one => (one.Answer.Says(kind), one.Answer.Of(kind).Net))]);
                var said = language.Where(one => one.Answer.Text.Text.Marked(kind).Count > 0).Select(one => one.Answer).ToArray();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {language.Key} {kind,-8} best F1 {best.F1:0.000} (P {best.Precision:0.000} R {best.Recall:0.000} at {best.At:0.00}; linear {linear.F1:0.000}, nets {net.F1:0.000}); R at 5 FA/100 {best.RecallAtFive:0.000}; evidence {said.Average(answer => Marks(answer, kind)):0.00}; strength {said.Average(answer => answer.Of(kind).Strength == answer.Text.Text.Strength(kind) ? 1.0 : 0):0.00}; n={language.Count()}"));
                PrintAtThreshold(kind, [.. language]);
                foreach (var wrong in language.Where(one => showErrors && one.Answer.Says(kind) != one.Of(kind) >= AlertScore).OrderBy(one => one.Answer.Text.Text.Kind, StringComparer.Ordinal))
                {
                    var text = wrong.Answer.Text.Text;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {(text.Strength(kind) is null ? "FALSE" : "miss ")} {text.Kind,-10} {wrong.Of(kind):0.00} «{PlaceOf(wrong.Answer, kind)}» {{{string.Join(" | ", text.Marked(kind).Select(mark => mark.In(text.Text)))}}} {text.Text}"));
                }
            }

            var clear = language.Select(one => one.Answer).Where(answer => answer.Text.Text.Sentiment != Sentiment.Mixed).ToArray();
            var sides = clear.Where(answer => answer.Text.Text.Sentiment != Sentiment.Neutral).ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {language.Key} three directions {clear.Average(answer => DirectionOf(answer) == answer.Text.Text.Sentiment ? 1.0 : 0):0.000}; sides {sides.Average(answer => answer.Judgement.Feelings.Positive > answer.Judgement.Feelings.Negative == (answer.Text.Text.Sentiment == Sentiment.Positive) ? 1.0 : 0):0.000}"));
        }
    }

    /// <summary>What would be alerted at the default threshold, before the guards of the detector.</summary>
    private static void PrintAtThreshold(SignalKind kind, Looked[] looked)
    {
        var tally = new Tally();
        Array.ForEach(looked, one => tally.Count(one.Answer.Says(kind), one.Of(kind) >= AlertScore));
        Console.WriteLine($"    at the threshold: {tally}");
        Console.WriteLine("    writers (F1, false alarms of 100): " + string.Join(", ", looked.GroupBy(one => one.Answer.Text.Text.Writer).Select(writer =>
        {
            var one = new Tally();
            Array.ForEach([.. writer], looked => one.Count(looked.Answer.Says(kind), looked.Of(kind) >= AlertScore));
            return string.Create(CultureInfo.InvariantCulture, $"{writer.Key} {one.F1:0.00} {100 * one.FalseAlarmRate:0}");
        })));
        foreach (var kinds in looked.GroupBy(one => one.Answer.Text.Text.IsLookAlike).OrderBy(group => group.Key))
        {
            var shares = kinds.Where(one => kinds.Key || one.Answer.Says(kind)).GroupBy(one => one.Answer.Text.Text.Kind).OrderBy(group => group.Key, StringComparer.Ordinal);
            Console.WriteLine($"    {(kinds.Key ? "false alarms" : "recall")}: " + string.Join(", ", shares.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Average(one => one.Of(kind) >= AlertScore ? 1.0 : 0):0.00}"))));
        }
    }

    private static string PlaceOf(Answer answer, SignalKind kind) =>
        answer.Of(kind).Clause is var clause and >= 0 ? answer.Text.Places[clause].In(answer.Text.Text.Text) : "";

    private static Sentiment DirectionOf(Answer answer) => new[] { Sentiment.Positive, Sentiment.Neutral, Sentiment.Negative }.MaxBy(answer.Feeling);

    /// <summary>Whether the clause that says most is the marked one.</summary>
    private static double Marks(Answer answer, SignalKind kind) =>
        answer.Text.Text.Marked(kind).Max(mark => Overlap.Of(mark, answer.Text.Places[answer.Of(kind).Clause])) >= 0.5 ? 1 : 0;

    private static (double F1, double Precision, double Recall, double At, double RecallAtFive) Best((bool IsSo, double Score)[] read)
    {
        var sorted = read.OrderByDescending(one => one.Score).ToArray();
        int all = sorted.Count(one => one.IsSo), hits = 0, quiet = sorted.Length - all;
        (double F1, double Precision, double Recall, double At, double RecallAtFive) best = default;
        for (var i = 0; i < sorted.Length; i++)
        {
            hits += sorted[i].IsSo ? 1 : 0;
            double precision = (double)hits / (i + 1), recall = (double)hits / all;
            var f1 = 2 * precision * recall / Math.Max(1e-9, precision + recall);
            if (f1 > best.F1)
            {
                best = (f1, precision, recall, sorted[i].Score, best.RecallAtFive);
            }

            if (i + 1 - hits <= 0.05 * quiet)
            {
                best.RecallAtFive = recall;
            }
        }

        return best;
    }
}
