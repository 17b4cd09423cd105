using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FeedbackFlow.ContractTests;
using FeedbackFlow.ContractTests.Channels;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using FeedbackFlow.Tests.Cli;
using Xunit;

namespace FeedbackFlow.Tests.Functions;

/// <summary>The published folder: what is in it, and that it does its work alone.</summary>
public class PackageTests(PublishedPackage package, Azurite azurite) : IClassFixture<PublishedPackage>
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute;

    [Fact]
    public void It_holds_the_executable_host_json_and_a_folder_for_each_function_and_nothing_of_a_development_machine()
    {
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(package.Folder, "FeedbackFlow.App")).HasFlag(Executable));
        Assert.Equal(File.ReadAllText(Path.Combine(TestServices.Repository, "host.json")), File.ReadAllText(Path.Combine(package.Folder, "host.json")));
        Assert.Equal(
            FunctionsHost.Read(HostedApp.Source).Select(function => function.Name), FunctionsHost.Read(package.Folder).Select(function => function.Name));
        Assert.All(FunctionsHost.Read(package.Folder), function => Assert.True(File.Exists(Path.Combine(package.Folder, function.Name, "function.json"))));
        foreach (var needed in new[] { "libcoreclr.so", "libhostfxr.so", "NodaTime.dll", "FeedbackFlow.Pipeline.dll", "Azure.Core.dll", "libe_sqlite3.so" })
            Assert.True(File.Exists(Path.Combine(package.Folder, needed)), needed);
        var files = Directory.GetFiles(package.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(package.Folder, file)).ToList();
        foreach (var alien in new[] { "launchSettings.json", "appsettings.Development.json", "local.settings.json", "packages.lock.json", ".db", ".eml", ".cs" })
            Assert.DoesNotContain(files, file => file.EndsWith(alien, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_compiled_ahead_and_needs_no_runtime_of_the_machine()
    {
        // A ReadyToRun image carries native code beside its IL: its header says so.
        foreach (var name in new[] { "FeedbackFlow.App.dll", "FeedbackFlow.Pipeline.dll", "FeedbackFlow.Adapters.dll" })
        {
            using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(Path.Combine(package.Folder, name)));
            Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, name);
        }

        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(package.Folder, "FeedbackFlow.App.runtimeconfig.json")));
        Assert.True(config.RootElement.GetProperty("runtimeOptions").TryGetProperty("includedFrameworks", out _));
        Assert.True(config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.Globalization.Invariant").GetBoolean());
    }

    [Fact]
    public async Task Started_as_the_host_starts_it_it_takes_requests_messages_and_ticks_without_the_machines_time_zones()
    {
        if (Azurite.Missing is { } reason) Assert.Skip(reason);
        using var folder = new TempFolder();
        await using var mail = await SmtpSink.StartAsync(folder, "no-tls");
        var account = await azurite.NewAccountAsync();
        var before = Directory.GetFiles(package.Folder, "*", SearchOption.AllDirectories).Order().ToList();
        await OperateAsync(account, mail.Port, "business", "add", "north", "--name", "צפון", "--language", "he", "--zone", "Asia/Jerusalem");
        await OperateAsync(account, mail.Port, "person", "add", "north", "--name", "דנה", "--email", "dana@example.com", "--role", "manager");
        var key = (await OperateAsync(account, mail.Port, "key", "add", "north", "--label", "test")).Split('\n')[0];

        var handler = new Uri($"http://127.0.0.1:{Served.FreePort()}");
        await using var process = HandlerProcess.Start(package.Folder, account, mail.Port, handler.Port);
        await process.ReadyAsync(handler);
        using var host = new FunctionsHost(package.Folder, handler);

        var answer = await host.OutsideAsync(HttpMethod.Post, "/api/feedback", JsonContent.Create(new
        {
            channel = "form", rating = new { scale = "stars", value = 1 }, text = "אף אחד לא חוזר אליי, אני אספר לכולם", customer = new { phone = "054-1234567", email = "guest@example.com" },
        }), ("Authorization", "Bearer " + key));
        Assert.True(answer!.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var promised = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("recovery").GetProperty("promisedBy").GetString()!;
        Assert.Contains(promised[^6..], new[] { "+02:00", "+03:00" });
        var letters = new[] { await mail.NextAsync(), await mail.NextAsync() };
        Assert.Equal(["dana@example.com", "guest@example.com"], letters.SelectMany(letter => letter.To).Order(StringComparer.Ordinal));

        var nudge = JsonSerializer.Serialize(new Nudge("north", [], null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
        Assert.True(await FunctionsHost.SucceededAsync(await host.QueueAsync("nudge", nudge)));
        Assert.True(await FunctionsHost.SucceededAsync(await host.TimerAsync("sweep")));
        Assert.True(await FunctionsHost.SucceededAsync(await host.TimerAsync("digests")));
        Assert.Equal(HttpStatusCode.OK, (await host.OutsideAsync(HttpMethod.Get, "/healthz"))!.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.OutsideAsync(HttpMethod.Get, "/b/north"))!.StatusCode);
        Assert.Null(await host.OutsideAsync(HttpMethod.Post, "/nudge", new StringContent("{}", Encoding.UTF8, "application/json")));

        // Nor does it need a Unicode library of the machine: the host's image is not known to have one.
        Assert.DoesNotContain("libicu", process.Loaded, StringComparison.Ordinal);

        Assert.Equal(0, await process.StopAsync());
        Assert.Equal("", process.Errors);
        // The platform mounts the package read-only.
        Assert.Equal(before, Directory.GetFiles(package.Folder, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task Without_a_storage_account_it_says_which_setting_is_missing_and_does_not_start()
    {
        await using var process = HandlerProcess.Start(package.Folder, new("", "", new("http://127.0.0.1/"), new("http://127.0.0.1/")), 1, Served.FreePort(), "--Storage:ConnectionString=");
        Assert.Equal(2, await process.EndAsync());
        Assert.Contains("Storage:Tables", process.Errors, StringComparison.Ordinal);
    }

    private async Task<string> OperateAsync(AzuriteAccount account, int smtpPort, params string[] args)
    {
        await using var process = HandlerProcess.Start(package.Folder, account, smtpPort, null, args);
        Assert.True(await process.EndAsync() == 0, process.Output + process.Errors);
        return process.Output;
    }
}
