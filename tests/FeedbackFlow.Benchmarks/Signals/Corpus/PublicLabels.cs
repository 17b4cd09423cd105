using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>What a row of a public set says, read and decided by us; the row itself is not in this repository.</summary>
/// <param name="IsLookAlike">Says neither, though a careful reader of key words might think so.</param>
/// <param name="IsBorderline">Careful readers may disagree.</param>
internal sealed record PublicLabels(SignalStrength? Leave, SignalStrength? Publish, bool IsLookAlike, bool IsBorderline)
{
    public bool IsSignal => Leave is not null || Publish is not null;

    /// <summary>The folder of the labels, beside that of the build texts.</summary>
    public static string Beside(string build) => Path.Combine(build, "..", "labels");

    /// <summary>The rows that were read, by their id in the set.</summary>
    public static IReadOnlyDictionary<string, PublicLabels> ReadAll(string file) => !File.Exists(file)
        ? new Dictionary<string, PublicLabels>()
        : File.ReadLines(file).Skip(1).Select(line => line.Split('\t')).ToDictionary(
            fields => fields[0],
            fields => new PublicLabels(CorpusText.StrengthOf(fields[1]), CorpusText.StrengthOf(fields[2]), fields[3] == "1", fields[4] == "1"));
}
