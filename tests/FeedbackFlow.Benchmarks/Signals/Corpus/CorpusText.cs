using System.Text.RegularExpressions;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>A text written for training and measuring: what it says, how it says it, and the clauses that a person would mark.</summary>
/// <param name="Batch">The file, without its ending: writer, language and number.</param>
/// <param name="Kind">How the signal is said, or what kind of look-alike it is.</param>
internal sealed partial record CorpusText(
    string Batch, SignalStrength? Leave, SignalStrength? Publish, Sentiment Sentiment, string Kind, string Text, IReadOnlyList<Evidence> Leaving, IReadOnlyList<Evidence> Publishing)
{
    public string Writer => Batch.Split('-')[0];

    public string Language => Batch.Split('-')[1];

    /// <summary>A piece of a longer text (<see cref="Parts"/>): learned from, never measured on.</summary>
    public bool IsPart { get; init; }

    /// <summary>One thought and its innocent twin: what the words of life mean is learned from it, not how often they mean it. The first stage alone learns from such texts.</summary>
    public bool IsTwin { get; init; }

    /// <summary>Written by a customer, and read for its signals by us.</summary>
    public bool IsReal { get; init; }

    public bool IsLookAlike => Leave is null && Publish is null;

    public SignalStrength? Strength(SignalKind kind) => kind == SignalKind.Leave ? Leave : Publish;

    public IReadOnlyList<Evidence> Marked(SignalKind kind) => kind == SignalKind.Leave ? Leaving : Publishing;

    public static IReadOnlyList<CorpusText> ReadAll(string fileOrFolder) =>
        FilesOf(fileOrFolder).SelectMany(ReadFile).ToArray();

    /// <summary>The build texts, and the twins of the folder beside them.</summary>
    public static IReadOnlyList<CorpusText> ReadLessons(string build) =>
        [.. ReadAll(build), .. ReadAll(Path.Combine(build, "..", "twins")).Select(text => text with { IsTwin = true })];

    private static IEnumerable<string> FilesOf(string fileOrFolder) =>
        Directory.Exists(fileOrFolder) ? Directory.EnumerateFiles(fileOrFolder, "*.tsv").Order(StringComparer.Ordinal) : [fileOrFolder];

    private static IEnumerable<CorpusText> ReadFile(string file) => File.ReadLines(file)
        .Skip(1)
        .Where(line => line.Length > 0)
        .Select(line => Parse(Path.GetFileNameWithoutExtension(file), line.Split('\t')));

    private static CorpusText Parse(string batch, string[] fields)
    {
        List<Evidence> leaving = [], publishing = [];
        var text = fields[4];
        while (Mark().Match(text) is { Success: true } mark)
        {
            var clause = mark.Groups[2].Value;
            (mark.Groups[1].Value == "L" ? leaving : publishing).Add(new Evidence(mark.Index, clause.Length));
            text = text[..mark.Index] + clause + text[(mark.Index + mark.Length)..];
        }

        return new CorpusText(
            batch, StrengthOf(fields[0]), StrengthOf(fields[1]), Enum.Parse<Sentiment>(fields[2], ignoreCase: true), fields[3], text, leaving, publishing);
    }

    public static SignalStrength? StrengthOf(string written) => written == "-" ? null : Enum.Parse<SignalStrength>(written, ignoreCase: true);

    [GeneratedRegex(@"\[([LP]):([^\[\]]*)\]")]
    private static partial Regex Mark();
}
