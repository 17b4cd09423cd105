using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

public sealed class SqliteFileTests : IAsyncDisposable
{
    private readonly SqliteStore store = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Closed_and_opened_again_everything_is_there()
    {
        var engine = store.Open();
        await engine.InsertAsync("a");
        await engine.EnqueueAsync("nudges", "later", TimeSpan.FromDays(1), Ct);
        await engine.DisposeAsync();

        var again = store.Open();

        Assert.NotNull(await again.GetAsync("a"));
        store.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("later", Assert.Single(await again.ReceiveAsync("nudges", 32, TimeSpan.FromMinutes(1), Ct)).Body);
    }

    [Fact]
    public async Task What_a_process_left_that_died_holds_every_answered_write()
    {
        var engine = store.Open();
        await engine.InsertAsync("a");
        await engine.EnqueueAsync("nudges", "now", TimeSpan.Zero, Ct);
        // The files as they are on disk at this moment, without any closing.
        var left = store.File("left.db");
        File.Copy(store.Path, left);
        File.Copy(store.Path + "-wal", left + "-wal");

        var again = store.Open(path: left);

        Assert.NotNull(await again.GetAsync("a"));
        Assert.Single(await again.ReceiveAsync("nudges", 32, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task A_half_written_last_commit_is_not_there_and_those_before_it_are()
    {
        var engine = store.Open();
        await engine.InsertAsync("a");
        await engine.InsertAsync("b");
        var left = store.File("left.db");
        File.Copy(store.Path, left);
        var log = await File.ReadAllBytesAsync(store.Path + "-wal", Ct);
        await File.WriteAllBytesAsync(left + "-wal", log[..^100], Ct);

        Assert.Equal(["a"], await store.Open(path: left).KeysAsync());
    }

    [Fact]
    public async Task An_older_store_opens_and_keeps_its_rows()
    {
        store.Script(
            """
            CREATE TABLE rows (
                partition TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL,
                commit_id TEXT NOT NULL, etag TEXT NOT NULL,
                PRIMARY KEY (partition, key)) WITHOUT ROWID;
            INSERT INTO rows VALUES ('demo', 'old', '{}', 1, 'c', 'e');
            PRAGMA application_id = 0x46466C77; PRAGMA user_version = 1;
            """);

        var engine = store.Open();
        await engine.EnqueueAsync("nudges", "now", TimeSpan.Zero, Ct);

        Assert.Equal("e", (await engine.GetAsync("old"))!.ETag);
        Assert.Single(await engine.PeekAsync("nudges", 1, Ct));
    }

    [Fact]
    public async Task A_newer_store_is_refused_and_left_as_it_is()
    {
        await store.Open().DisposeAsync();
        store.Script("PRAGMA user_version = 99");

        var refused = Assert.Throws<StoreRefusedException>(() => store.Open());

        Assert.Contains("format 99", refused.Message, StringComparison.Ordinal);
        Assert.Throws<StoreRefusedException>(() => store.Open());
    }

    [Fact]
    public void Another_programs_database_is_refused()
    {
        store.Script("CREATE TABLE things (id INTEGER)");

        Assert.Throws<StoreRefusedException>(() => store.Open());
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(store.Path, new string('x', 5000));

        Assert.Throws<StoreRefusedException>(() => store.Open());
    }

    [Fact]
    public void Two_first_openings_at_once_make_one_store()
    {
        for (var round = 0; round < 10; round++)
        {
            var path = store.File($"{round}.db");
            Parallel.For(0, 6, _ => SqliteEngine.Open(path, store.Clock).DisposeAsync().AsTask().Wait());

            Assert.Equal(2, SqliteEngine.CheckBackup(path));
        }
    }
}
