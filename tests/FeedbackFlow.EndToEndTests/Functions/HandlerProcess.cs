using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.Tests.Functions;

/// <summary>The package's executable, started as the host starts it: port and settings in the environment, nothing on the command line.</summary>
internal sealed class HandlerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder errors = new();
    private readonly StringBuilder output = new();

    private HandlerProcess(Process process) => this.process = process;

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>The host turns every line of it into an error.</summary>
    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    public static HandlerProcess Start(string package, AzuriteAccount account, int smtpPort, int? handlerPort, params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(package, "FeedbackFlow.App"), args) { WorkingDirectory = package, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        // No time zone of this machine can be read.
        start.Environment["TZDIR"] = Path.Combine(package, "nothing");
        start.Environment["TZ"] = "";
        start.Environment["PublicUrl"] = $"https://{FunctionsHost.PublicHost}";
        start.Environment["Storage__ConnectionString"] = account.ConnectionString;
        (start.Environment["Smtp__Host"], start.Environment["Smtp__Port"]) = ("127.0.0.1", smtpPort.ToString(CultureInfo.InvariantCulture));
        (start.Environment["Smtp__From"], start.Environment["Smtp__StartTls"]) = ("service@example.com", "false");
        if (handlerPort is { } port)
        {
            var text = port.ToString(CultureInfo.InvariantCulture);
            (start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"], start.Environment["FUNCTIONS_HTTPWORKER_PORT"]) = (text, text);
            (start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"], start.Environment["FUNCTIONS_APP_ROOT_PATH"]) = (Guid.NewGuid().ToString(), package);
        }

        var run = new HandlerProcess(new Process { StartInfo = start });
        run.process.OutputDataReceived += (_, line) => Keep(run.output, line.Data);
        run.process.ErrorDataReceived += (_, line) => Keep(run.errors, line.Data);
        run.process.Start();
        run.process.BeginOutputReadLine();
        run.process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Any answer to <c>GET /</c> means ready; the host asks every 25 ms.</summary>
    public async Task ReadyAsync(Uri handler)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Limit; await Task.Delay(25))
        {
            if (process.HasExited) break;
            try
            {
                await http.GetAsync(handler);
                return;
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException)
            {
            }
        }

        throw new InvalidOperationException($"Nobody answers.\n{Output}\n{Errors}");
    }

    /// <summary>Which files of the machine it has loaded, as far as the system tells.</summary>
    public string Loaded => OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{process.Id}/maps") : "";

    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        return await EndAsync();
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
}
