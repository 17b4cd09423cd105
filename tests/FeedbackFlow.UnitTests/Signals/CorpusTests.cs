using System.Text.RegularExpressions;
using Xunit;

namespace FeedbackFlow.Tests.Signals;

/// <summary>The texts that the detector learns from and is measured on keep their form: labels, marks, balance, and no text that is another one refilled.</summary>
public partial class CorpusTests
{
    private const int LongestSharedRun = 5;

    private static readonly string[] Strengths = ["-", "threat", "decided", "done", "considering"];
    private static readonly string[] Directions = ["positive", "negative", "neutral", "mixed"];
    private static readonly string[] SaidHow = ["explicit", "implicit", "conditional", "sarcastic", "slang", "buried", "short"];

    private static readonly string[] LookAlikes =
    [
        "plain-complaint", "angry-loyal", "plain-praise", "praise-tell", "came-to-us", "past-solved", "negated", "reported", "other-meaning",
        "hypothetical", "question", "natural-end", "internal", "warn-only", "neutral-info", "mentions",
    ];

    private static readonly Row[] Rows = [.. SignalFiles.Corpus().SelectMany(ReadFile)];

    private sealed record Row(string Place, string File, string[] Fields)
    {
        public bool HasSignal => Fields[0] != "-" || Fields[1] != "-";

        public string[] Words => [.. Word().Matches(Mark().Replace(Fields[4], "").ToLowerInvariant()).Select(word => word.Value)];
    }

    [Fact]
    public void Every_row_has_labels_that_are_known_and_marks_where_there_is_a_signal()
    {
        var wrong = Rows.Where(row => !IsWellFormed(row)).Select(row => row.Place);

        Assert.Empty(wrong);
    }

    [Fact]
    public void At_least_half_of_the_texts_are_look_alikes()
    {
        foreach (var split in Rows.GroupBy(row => Path.GetFileName(Path.GetDirectoryName(row.File))))
        {
            Assert.True(split.Count(row => !row.HasSignal) >= 0.5 * split.Count(), $"{split.Key}: {split.Count(row => !row.HasSignal)} of {split.Count()}");
        }
    }

    [Fact]
    public void Labels_of_public_rows_are_known_and_hold_no_text()
    {
        foreach (var file in SignalFiles.Labels())
        {
            var lines = File.ReadAllLines(file);

            Assert.Equal("id\tleave\tpublish\tlookalike\tborderline", lines[0]);
            Assert.All(lines.Skip(1), line => Assert.Matches(Label(), line));
            Assert.Distinct(lines.Select(line => line.Split('\t')[0]));
        }
    }

    [Fact]
    public void No_two_texts_share_a_long_run_of_words()
    {
        var seen = new Dictionary<string, string>();
        var shared = new List<string>();
        foreach (var row in Rows)
        {
            var words = row.Words;
            for (var i = 0; i + LongestSharedRun < words.Length; i++)
            {
                var run = string.Join(' ', words[i..(i + LongestSharedRun + 1)]);
                if (seen.TryGetValue(run, out var place) && place != row.Place)
                {
                    shared.Add($"{row.Place} and {place}: {run}");
                }

                seen[run] = row.Place;
            }
        }

        Assert.Empty(shared);
    }

    private static bool IsWellFormed(Row row) =>
        row.Fields is [var leave, var publish, var direction, var kind, var text]
        && Strengths.Contains(leave)
        && Strengths.Contains(publish)
        && Directions.Contains(direction)
        && (row.HasSignal ? SaidHow : LookAlikes).Contains(kind)
        && text.Contains("[L:", StringComparison.Ordinal) == (leave != "-")
        && text.Contains("[P:", StringComparison.Ordinal) == (publish != "-")
        && text.Count(c => c == '[') == Mark().Count(text)
        && text.Count(c => c == ']') == Mark().Count(text);

    private static IEnumerable<Row> ReadFile(string file)
    {
        var lines = File.ReadAllLines(file);
        Assert.Equal("leave\tpublish\tsentiment\tkind\ttext", lines[0]);
        return lines.Skip(1).Select((line, at) => new Row($"{Path.GetFileName(file)}:{at + 2}", file, line.Split('\t')));
    }

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)?-\d+(\t(-|threat|decided|done|considering)){2}(\t[01]){2}$")]
    private static partial Regex Label();

    [GeneratedRegex(@"\[[LP]:")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
