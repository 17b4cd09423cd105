using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>A text written for measuring: what it says, and the clause that a person would mark, in <c>[[…]]</c> (publish beside leave: <c>{{…}}</c>).</summary>
internal sealed record ConstructedText(string Language, string Text, bool Leaves, bool Publishes, Evidence? Leaving, Evidence? Publishing)
{
    public static IReadOnlyList<ConstructedText> ReadAll(string file) =>
        File.ReadLines(file).Skip(1).Where(line => line.Length > 0).Select(line => Parse(line.Split('\t'))).ToArray();

    private static ConstructedText Parse(string[] fields)
    {
        var says = fields[0].Split('+');
        var text = fields[2];
        var first = Cut(ref text, "[[", "]]");
        var second = Cut(ref text, "{{", "}}");
        var leaves = says.Contains("leave");
        return new ConstructedText(fields[1], text, leaves, says.Contains("publish"), leaves ? first : null, second ?? (leaves ? null : first));
    }

    private static Evidence? Cut(ref string text, string open, string close)
    {
        var start = text.IndexOf(open, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        text = text.Remove(start, open.Length);
        var end = text.IndexOf(close, StringComparison.Ordinal);
        text = text.Remove(end, close.Length);
        return new Evidence(start, end - start);
    }
}
