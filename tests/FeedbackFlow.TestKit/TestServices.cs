namespace FeedbackFlow.TestKit;

/// <summary>Where the real peers of the tests are installed (<c>tests/services</c>).</summary>
public static class TestServices
{
    public static string Folder => Path.Combine(Repository, "tests", "services");

    public static string Repository { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FeedbackFlow.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("FeedbackFlow.sln");
    }
}
