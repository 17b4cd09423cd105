using System.Text.Json;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>One labelled text of a file; which labels it has depends on the file.</summary>
internal sealed record LabelledText(string Id, string Text, IReadOnlyDictionary<string, string> Labels)
{
    public bool? Is(string label) => Labels.TryGetValue(label, out var value) ? value == "1" : null;

    public string? Label(string label) => Labels.GetValueOrDefault(label);

    /// <summary>Reads JSON lines, or tab-separated values with a header and without quoting.</summary>
    public static IReadOnlyList<LabelledText> ReadAll(string file) => file.EndsWith(".jsonl", StringComparison.Ordinal)
        ? File.ReadLines(file).Where(line => line.Length > 0).Select(FromJson).ToArray()
        : FromTable(File.ReadAllLines(file));

    private static LabelledText FromJson(string line)
    {
        using var document = JsonDocument.Parse(line);
        var fields = document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ToString());
        return new LabelledText(fields.GetValueOrDefault("id", ""), fields["text"], fields);
    }

    private static LabelledText[] FromTable(string[] lines)
    {
        var names = lines[0].Split('\t');
        return lines.Skip(1).Where(line => line.Length > 0).Select(line =>
        {
            var fields = line.Split('\t').Select((value, at) => (Name: names[at], value)).ToDictionary(field => field.Name, field => field.value);
            return new LabelledText(fields["id"], fields["text"], fields);
        }).ToArray();
    }
}
