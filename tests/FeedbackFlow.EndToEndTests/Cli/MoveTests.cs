using System.Runtime.InteropServices;
using System.Text.Json;
using FeedbackFlow.Adapters;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

/// <summary>A store moves into the cloud and back, and nothing of it changes on the way.</summary>
public class MoveTests(Azurite azurite)
{
    [Fact]
    public async Task A_store_moves_to_azure_and_back_with_every_row_link_and_key()
    {
        if (Azurite.Missing is { } reason) Assert.Skip(reason);
        using var folder = new WorkFolder();
        var account = await azurite.NewAccountAsync();
        string[] cloud = ["--Storage:ConnectionString", account.ConnectionString];
        string link;
        await using (var server = await Served.StartAsync(folder, "--environment", "Development", "--data", "here"))
        {
            for (var i = 0; i < 3; i++)
                (await server.SubmitAsync("demo", new { rating = new { scale = "stars", value = 1 }, text = "אף אחד לא חוזר אליי 😡", customer = new { phone = $"054-123456{i}", email = $"guest{i}@example.com" } })).EnsureSuccessStatusCode();
            using var job = await server.Http.SendAsync(new(HttpMethod.Post, "/api/jobs")
            {
                Headers = { { "Authorization", "Bearer demo" } }, Content = System.Net.Http.Json.JsonContent.Create(new { customer = new { phone = "0541112233" }, service = "תיקון מזגן" }),
            });
            link = JsonDocument.Parse(await job.Content.ReadAsStringAsync()).RootElement.GetProperty("link").GetString()!;
            Assert.Contains("Another FeedbackFlow server", (await Ran.ToEndAsync(folder, ["move", "--to", "azure", "--data", "here", .. cloud])).Expect(1).Error, StringComparison.Ordinal);
            server.Run.Signal(PosixSignal.SIGTERM);
            (await server.Run.EndAsync()).Expect(0);
        }

        var before = await RowsAsync(new(Path.Combine(folder.Path, "here"), null));
        var there = (await Ran.ToEndAsync(folder, ["move", "--to", "azure", "--data", "here", .. cloud])).Expect(0);
        Assert.Contains($"Copied {before.Count} rows", there.Out, StringComparison.Ordinal);
        Assert.Contains("3 steps of open tasks", there.Out, StringComparison.Ordinal);
        Assert.Contains("already holds businesses", (await Ran.ToEndAsync(folder, ["move", "--to", "azure", "--data", "here", .. cloud])).Expect(1).Error, StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync(new("nowhere", null) { Cloud = CloudSettings.OfConnectionString(account.ConnectionString) }));

        // The same commands and the same server work on it.
        Assert.Contains("demo", (await Ran.ToEndAsync(folder, ["business", "list", .. cloud])).Expect(0).Out, StringComparison.Ordinal);
        await using (var server = await Served.StartAsync(folder, ["--environment", "Development", .. cloud]))
        {
            Assert.True((await server.Http.GetAsync(new Uri(link).PathAndQuery)).IsSuccessStatusCode);
            server.Run.Signal(PosixSignal.SIGTERM);
            (await server.Run.EndAsync()).Expect(0);
        }

        var stored = await RowsAsync(new("nowhere", null) { Cloud = CloudSettings.OfConnectionString(account.ConnectionString) });
        (await Ran.ToEndAsync(folder, ["move", "--to", "file", "--data", "back", .. cloud])).Expect(0);
        Assert.Equal(stored, await RowsAsync(new(Path.Combine(folder.Path, "back"), null)));
        Assert.Subset(stored.Keys.ToHashSet(), before.Keys.ToHashSet());
    }

    [Fact]
    public async Task What_was_set_aside_is_listed_and_put_back()
    {
        if (Azurite.Missing is { } reason) Assert.Skip(reason);
        using var folder = new WorkFolder();
        var account = await azurite.NewAccountAsync();
        await using var services = Open(new("nowhere", null) { Cloud = CloudSettings.OfConnectionString(account.ConnectionString) });
        var queue = services.GetRequiredService<IQueueEngine>();
        await queue.EnqueueAsync("nudges-poison", """{"Business":"demo","Letters":["0123456789abcdef0123456789abcdef"],"Task":null,"At":"2026-11-22T10:00:00+00:00","Due":"2026-11-22T10:00:00+00:00"}""", TimeSpan.Zero, CancellationToken.None);
        await queue.EnqueueAsync("nudges-poison", "no nudge", TimeSpan.Zero, CancellationToken.None);
        string[] cloud = ["--Storage:ConnectionString", account.ConnectionString];

        var list = (await Ran.ToEndAsync(folder, ["poison", "list", .. cloud])).Expect(0).Out;
        Assert.Contains("demo  2026-11-22 10:00:00Z  letter 0123456789abcdef0123456789abcdef", list, StringComparison.Ordinal);
        Assert.Contains("cannot be read", list, StringComparison.Ordinal);

        Assert.Contains("1 put back. 1 could not be read and were deleted.", (await Ran.ToEndAsync(folder, ["poison", "replay", "--discard-unreadable", .. cloud])).Expect(0).Out, StringComparison.Ordinal);
        Assert.Single(await queue.PeekAsync("nudges", 32, CancellationToken.None));
        Assert.Empty(await queue.PeekAsync("nudges-poison", 32, CancellationToken.None));
        Assert.Contains("Nothing is set aside.", (await Ran.ToEndAsync(folder, ["poison", "list", .. cloud])).Expect(0).Out, StringComparison.Ordinal);
    }

    /// <summary>Everything but what each engine numbers for itself.</summary>
    private static async Task<SortedDictionary<string, string>> RowsAsync(AdapterSettings settings)
    {
        await using var services = Open(settings);
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var (partition, row) in services.GetRequiredService<IRowCopies>().AllAsync(CancellationToken.None)) rows.Add($"{partition} {row.Key}", $"{row.Version} {row.Body}");
        return rows;
    }

    private static ServiceProvider Open(AdapterSettings settings) =>
        new ServiceCollection().AddSingleton(FeedbackFlow.App.Cli.MachineClock.Instance).AddAdapters(settings).BuildServiceProvider();
}
