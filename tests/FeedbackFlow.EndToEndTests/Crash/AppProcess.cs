using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace FeedbackFlow.EndToEndTests.Crash;

/// <summary>The program as a process of its own, so that it can be killed as an operating system kills.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> output = [];

    private AppProcess(string folder)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "FeedbackFlow.App.dll"), "--urls", address, "--data", folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo");
        Client.DefaultRequestHeaders.Accept.Add(new("application/json"));
    }

    public HttpClient Client { get; }

    public string Output
    {
        get
        {
            lock (output) return string.Join('\n', output);
        }
    }

    public static async Task<AppProcess> StartAsync(string folder, CancellationToken ct)
    {
        var app = new AppProcess(folder);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if ((await app.Client.GetAsync("/healthz", ct)).IsSuccessStatusCode) return app;
            }
            catch (HttpRequestException) when (!app.process.HasExited && waited.Elapsed < TimeSpan.FromSeconds(60))
            {
            }

            if (app.process.HasExited) throw new InvalidOperationException("The program did not start: " + app.Output);
            await Task.Delay(100, ct);
        }
    }

    /// <summary>No warning, no last words: SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        Client.Dispose();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (output) output.Add(line.Data);
    }
}
