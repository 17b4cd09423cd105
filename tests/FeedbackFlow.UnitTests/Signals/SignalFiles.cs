namespace FeedbackFlow.Tests.Signals;

/// <summary>Finds the constructed texts of this folder, and the shared labelled data where it is at hand.</summary>
internal static class SignalFiles
{
    private static readonly string? Root = FindRoot();

    /// <summary>A file beside these tests.</summary>
    public static string Constructed(string name) =>
        Path.Combine(Root ?? throw new InvalidOperationException("The repository was not found."), "tests", "FeedbackFlow.UnitTests", "Signals", "Constructed", name);

    /// <summary>What the pages and letters say in a language.</summary>
    public static string Words(string language) =>
        Path.Combine(Root ?? throw new InvalidOperationException("The repository was not found."), "src", "FeedbackFlow.App", "Words", $"{language}.json");

    /// <summary>The texts of all splits that the detector learns from and is measured on.</summary>
    public static IReadOnlyList<string> Corpus() => [.. new[] { "build", "twins", "tune", "test" }.SelectMany(CorpusFiles)];

    /// <summary>What was read in rows of public sets.</summary>
    public static IReadOnlyList<string> Labels() => CorpusFiles("labels");

    private static IReadOnlyList<string> CorpusFiles(string split) =>
        [.. Directory.EnumerateFiles(
            Path.Combine(Root ?? throw new InvalidOperationException("The repository was not found."), "tests", "FeedbackFlow.Benchmarks", "Signals", "Corpus", split),
            "*.tsv").Order(StringComparer.Ordinal)];

    /// <summary>A file of the shared data, or null: it is not part of the repository.</summary>
    public static string? Shared(params string[] path)
    {
        var folder = Environment.GetEnvironmentVariable("FEEDBACKFLOW_SHARED") ?? (Root is null ? null : Path.Combine(Root, "..", "shared"));
        var file = folder is null ? null : Path.Combine([folder, "data", .. path]);
        return File.Exists(file) ? file : null;
    }

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FeedbackFlow.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
