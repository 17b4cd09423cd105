using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Learns of all writers but one and measures on that one, in turn; with a second folder also of all writers and measured on it. For choosing features and penalties.</summary>
internal static class CrossValidate
{
    private static readonly SignalKind[] Kinds = [SignalKind.Leave, SignalKind.Publish];

    private static ReadText[] Outside { get; set; } = [];

    private sealed record Answer(ReadText Text, Said Leave, Said Publish, double[] Feelings)
    {
        public Said Of(SignalKind kind) => kind == SignalKind.Leave ? Leave : Publish;
    }

    public static int Run(string[] arguments)
    {
        var plan = PlanOf(arguments);
        var folders = arguments.Where(Directory.Exists).ToArray();
        var all = CorpusText.ReadAll(folders[0]).Select(ReadText.Of).ToArray();
        Outside = [.. folders.Skip(2).SelectMany(PublicTexts.Read).Select(ReadText.Of)];
        var showErrors = arguments.Contains("--errors");
        if (!arguments.Contains("--held"))
        {
            Print("by writer", [.. all.GroupBy(text => text.Text.Writer).SelectMany(writer => Answers(all.Where(text => text.Text.Writer != writer.Key).ToArray(), writer, plan))], showErrors);
        }

        if (folders.Length > 1)
        {
            Print("held out ", Answers(all, CorpusText.ReadAll(folders[1]).Select(ReadText.Of), plan), showErrors: false);
        }

        return 0;
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
                "least" => plan with { LeastTexts = (int)value },
                "clause" => plan with { Clause = value },
                "outside" => plan with { Outside = value },
                "outsidefeeling" => plan with { OutsideFeeling = value },
                "text" => plan with { Text = value },
                _ => plan with { Scales = new Dictionary<FeatureGroup, double>(plan.Scales) { [Enum.Parse<FeatureGroup>(name, ignoreCase: true)] = value } },
            };
        }

        return plan;
    }

    private static Answer[] Answers(IReadOnlyList<ReadText> learning, IEnumerable<ReadText> asked, TrainingPlan plan)
    {
        var learned = LearnedOutputs.Train(learning, Outside, plan);
        return [.. asked.Select(text => new Answer(text, learned.Of(text, SignalKind.Leave), learned.Of(text, SignalKind.Publish), learned.FeelingsOf(text)))];
    }

    private static void Print(string name, Answer[] answers, bool showErrors)
    {
        foreach (var language in answers.GroupBy(answer => answer.Text.Text.Language).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var kind in Kinds)
            {
                var best = Best([.. language.Select(answer => (answer.Text.Text.Strength(kind) is not null, answer.Of(kind).Score))]);
                var said = language.Where(answer => answer.Text.Text.Strength(kind) is not null).ToArray();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {language.Key} {kind,-8} best F1 {best.F1:0.000} (P {best.Precision:0.000} R {best.Recall:0.000} at {best.At:0.00}); R at 5 FA/100 {best.RecallAtFive:0.000}; evidence {said.Average(answer => Marks(answer, kind)):0.00}; strength {said.Average(answer => answer.Of(kind).Strength == answer.Text.Text.Strength(kind) ? 1.0 : 0):0.00}; n={language.Count()}"));
                foreach (var wrong in language.Where(answer => showErrors && answer.Text.Text.Strength(kind) is not null != answer.Of(kind).Score >= best.At).OrderBy(answer => answer.Text.Text.Kind, StringComparer.Ordinal))
                {
                    var text = wrong.Text.Text;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {(text.Strength(kind) is null ? "FALSE" : "miss ")} {text.Kind,-10} {wrong.Of(kind).Score:0.00} «{wrong.Text.Places[wrong.Of(kind).Clause].In(text.Text)}» {{{string.Join(" | ", text.Marked(kind).Select(mark => mark.In(text.Text)))}}} {text.Text}"));
                }
            }

            var clear = language.Where(answer => answer.Text.Text.Sentiment != Sentiment.Mixed).ToArray();
            var sides = clear.Where(answer => answer.Text.Text.Sentiment != Sentiment.Neutral).ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {language.Key} three directions {clear.Average(answer => (Sentiment)Array.IndexOf(answer.Feelings, answer.Feelings.Max()) == answer.Text.Text.Sentiment ? 1.0 : 0):0.000}; sides {sides.Average(answer => answer.Feelings[0] > answer.Feelings[2] == (answer.Text.Text.Sentiment == Sentiment.Positive) ? 1.0 : 0):0.000}"));
        }
    }

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
