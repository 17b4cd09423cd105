using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

/// <summary>What a run of the program left behind.</summary>
public sealed record Ended(int Code, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Ended Expect(int code)
    {
        Assert.True(Code == code, $"Exit code {Code} instead of {code}.\n{Out}\n{Error}");
        return this;
    }
}

/// <summary>The built program as a process of its own, as an operator runs it.</summary>
public sealed class Ran : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "FeedbackFlow.App.dll");

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private Ran(string folder, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Program, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in new[] { "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "PublicUrl", "data" }) start.Environment.Remove(name);
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static Ran Start(WorkFolder folder, params string[] args) => new(folder.Path, args);

    public static async Task<Ended> ToEndAsync(WorkFolder folder, params string[] args)
    {
        await using var run = Start(folder, args);
        return await run.EndAsync();
    }

    /// <summary>Waits for a line on standard output.</summary>
    public async Task<string> LineAsync(string with)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Limit; await Task.Delay(20))
        {
            if (Text(output).Split('\n').FirstOrDefault(line => line.Contains(with, StringComparison.Ordinal)) is { } found) return found;
            if (process.HasExited) break;
        }

        throw new InvalidOperationException($"No line with '{with}'.\n{Text(output)}\n{Text(error)}");
    }

    /// <summary>Ctrl-C or what a service manager sends.</summary>
    public void Signal(PosixSignal signal)
    {
        using var kill = Process.Start("kill", [signal == PosixSignal.SIGINT ? "-INT" : "-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<Ended> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, Text(output), Text(error));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static void Keep(StringBuilder to, string? line)
    {
        if (line is null) return;
        lock (to) to.Append(line).Append('\n');
    }

    private static string Text(StringBuilder kept)
    {
        lock (kept) return kept.ToString();
    }
}
