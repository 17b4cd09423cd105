using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

public sealed class SqliteFailureTests : IAsyncDisposable
{
    private readonly SqliteStore store = new();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_full_disk_is_unavailable_keeps_what_was_there_and_is_over_when_there_is_room_again()
    {
        var pages = 20;
        var engine = store.Open(new()
        {
            WriterOpened = connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"PRAGMA max_page_count = {pages}";
                command.ExecuteNonQuery();
            },
        });
        await engine.InsertAsync("small");
        var large = new string('x', 200_000);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => engine.InsertAsync("large", large));

        Assert.Equal(BatchResult.Committed, await engine.InsertAsync("small2"));
        Assert.Equal(["small", "small2"], await engine.KeysAsync());
        await engine.DisposeAsync();
        Assert.Equal(BatchResult.Committed, await store.Open().InsertAsync("large", large));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_unavailable_and_can_still_be_read()
    {
        await store.Open().InsertAsync("a");
        var engine = store.Open(new()
        {
            WriterOpened = connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA query_only = ON";
                command.ExecuteNonQuery();
            },
        });

        await Assert.ThrowsAsync<StoreUnavailableException>(() => engine.InsertAsync("b"));

        Assert.NotNull(await engine.GetAsync("a"));
    }

    [Fact]
    public async Task A_lock_held_too_long_by_another_process_is_unavailable_and_then_over()
    {
        var engine = store.Open(new() { BusyFor = TimeSpan.FromMilliseconds(50) });
        await engine.InsertAsync("a");
        using (var other = store.Connect())
        {
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();

            await Assert.ThrowsAsync<StoreUnavailableException>(() => engine.InsertAsync("b"));
            Assert.NotNull(await engine.GetAsync("a"));
        }

        Assert.Equal(BatchResult.Committed, await engine.InsertAsync("b"));
    }

    [Fact]
    public async Task A_lock_given_up_in_time_is_waited_for()
    {
        var engine = store.Open();
        using var other = store.Connect();
        using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        var write = engine.InsertAsync("a");

        command.CommandText = "ROLLBACK";
        command.ExecuteNonQuery();

        Assert.Equal(BatchResult.Committed, await write);
    }

    [Fact]
    public async Task A_damaged_file_is_unavailable()
    {
        var engine = store.Open();
        for (var i = 0; i < 20; i++)
        {
            await engine.InsertAsync($"k{i:00}", new string('x', 3000));
        }

        await engine.DisposeAsync();
        Overwrite(store.Path, from: 8192);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Open().GetAsync("k10"));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_unavailable()
    {
        File.WriteAllText(store.File("file"), "not a folder");

        Assert.Throws<StoreUnavailableException>(() => store.Open(path: store.File("file/feedbackflow.db")));
    }

    [Fact]
    public async Task Two_engines_on_one_file_both_write_and_see_each_other()
    {
        SqliteEngine[] engines = [store.Open(), store.Open()];

        await Task.WhenAll(engines.SelectMany((engine, e) => Enumerable.Range(0, 50).Select(i => Task.Run(() => engine.InsertAsync($"{e}-{i:00}")))));

        Assert.Equal(100, (await engines[0].KeysAsync()).Count);
        Assert.Equal(100, (await engines[1].KeysAsync()).Count);
    }

    [Fact]
    public async Task Two_engines_on_one_file_insert_a_key_once()
    {
        SqliteEngine[] engines = [store.Open(), store.Open()];

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => engines[i % 2].InsertAsync("a"))));

        Assert.Single(results, BatchResult.Committed);
    }

    private static void Overwrite(string path, int from)
    {
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(from).Fill(0xAA);
        File.WriteAllBytes(path, bytes);
    }
}
