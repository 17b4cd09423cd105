using System.Diagnostics;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Functions;

/// <summary>The function app's package, made by the command that the documentation gives.</summary>
public sealed class PublishedPackage : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("feedbackflow-package-").FullName;

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["publish", "src/FeedbackFlow.App", "-p:PublishProfile=FunctionApp", "-o", Folder, "--nologo", "-v", "quiet"])
        {
            WorkingDirectory = TestServices.Repository,
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
