using System.Diagnostics;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

public class RunFolderTests
{
    /// <summary>A Web project would otherwise run in its own folder, and <c>./data</c> would lie among the sources.</summary>
    [Fact]
    public async Task Run_as_the_README_says_means_folders_from_where_it_was_typed()
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Project(), "-getProperty:RunWorkingDirectory"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var told = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync();

        Assert.Equal((0, ""), (process.ExitCode, told.Trim()));
    }

    private static string Project()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "src", "FeedbackFlow.App", "FeedbackFlow.App.csproj");
            if (File.Exists(project)) return project;
        }

        throw new FileNotFoundException("src/FeedbackFlow.App/FeedbackFlow.App.csproj");
    }
}
