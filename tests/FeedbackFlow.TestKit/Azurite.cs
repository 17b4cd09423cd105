using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FeedbackFlow.TestKit;

/// <summary>An account of the emulator that nobody else uses: the same names of table and queues as in production, and nothing of another test in them.</summary>
public sealed record AzuriteAccount(string Name, string Key, Uri Tables, Uri Queues)
{
    public string ConnectionString => $"AccountName={Name};AccountKey={Key};TableEndpoint={Tables};QueueEndpoint={Queues}";
}

/// <summary>
/// The official emulator of Azure Storage (npm azurite), one process for a test assembly, started when the first test asks for an account. In memory, on free ports
/// of the loopback address.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    private const int MostAccounts = 4_000;
    private const string Key = "dGVzdHM=";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly string folder = Directory.CreateTempSubdirectory("feedbackflow-azurite-").FullName;
    private Process? process;
    private Uri? tables;
    private Uri? queues;
    private int accounts;

    /// <summary>Why there is none on this machine; null when there is.</summary>
    public static string? Missing =>
        File.Exists(Program) ? null : "Azurite is missing on this machine: run 'npm ci' in tests/services.";

    private static string Program => Path.Combine(TestServices.Folder, "node_modules", "azurite", "dist", "src", "azurite.js");

    public async Task<AzuriteAccount> NewAccountAsync()
    {
        await StartAsync();
        var name = Name(Interlocked.Increment(ref accounts));
        return new(name, Key, new(tables!, name), new(queues!, name));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
        starting.Dispose();
    }

    private async Task StartAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (process is not null) return;
            var start = new ProcessStartInfo("node",
            [
                Program, "--inMemoryPersistence", "--silent", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
                // Longer than any test rests, so that no connection is closed under a request.
                "--queueKeepAliveTimeout", "600", "--tableKeepAliveTimeout", "600",
            ])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            };
            start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(1, MostAccounts).Select(number => $"{Name(number)}:{Key}"));
            process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(Patience);
            while (tables is null || queues is null)
            {
                var line = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("Azurite ended.");
                if (Listening().Match(line) is not { Success: true } match) continue;
                var address = new Uri(match.Groups["address"].Value + "/");
                if (match.Groups["service"].Value == "Table") tables = address;
                if (match.Groups["service"].Value == "Queue") queues = address;
            }

            // Nobody reads on; an unread pipe would one day stand still.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        }
        finally
        {
            starting.Release();
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"a{number:D4}");

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>http://\S+)")]
    private static partial Regex Listening();
}
