namespace FeedbackFlow.Tests.Signals;

/// <summary>A text written for these tests, and the clause that a person would mark, in <c>[[…]]</c>.</summary>
internal sealed record ConstructedText(string Says, string Language, string Text, int Start, int Length)
{
    public static IReadOnlyList<ConstructedText> ReadAll(string file) =>
        File.ReadLines(file).Skip(1).Where(line => line.Length > 0).Select(line => Parse(line.Split('\t'))).ToArray();

    private static ConstructedText Parse(string[] fields)
    {
        var start = fields[2].IndexOf("[[", StringComparison.Ordinal);
        if (start < 0)
        {
            return new ConstructedText(fields[0], fields[1], fields[2], 0, 0);
        }

        var text = fields[2].Remove(start, 2);
        var end = text.IndexOf("]]", StringComparison.Ordinal);
        return new ConstructedText(fields[0], fields[1], text.Remove(end, 2), start, end - start);
    }
}
