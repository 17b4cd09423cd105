using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

public sealed class SqliteBackupTests : IAsyncDisposable
{
    private readonly SqliteStore store = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_backup_while_writing_is_whole_and_holds_what_was_answered_before_it()
    {
        var engine = store.Open();
        await engine.EnqueueAsync("nudges", "now", TimeSpan.Zero, Ct);
        using var stop = new CancellationTokenSource();
        var answered = 0;
        var writing = Task.Run(WritePairsAsync, Ct);
        while (Volatile.Read(ref answered) < 20)
        {
            await Task.Yield();
        }

        var before = Volatile.Read(ref answered);
        engine.BackupTo(store.File("backup.db"));
        await stop.CancelAsync();
        await writing;

        Assert.Equal(2, SqliteEngine.CheckBackup(store.File("backup.db")));
        var restored = store.Open(path: store.File("backup.db"));
        var keys = await restored.KeysAsync();
        Assert.True(keys.Count >= 2 * before);
        // Both rows of a batch or none.
        Assert.All(keys.GroupBy(key => key[..5]), pair => Assert.Equal(2, pair.Count()));
        Assert.Single(await restored.PeekAsync("nudges", 1, Ct));

        async Task WritePairsAsync()
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                RowChange[] pair = [new(RowAction.Insert, $"{i:00000}-a", "{}"), new(RowAction.Insert, $"{i:00000}-b", "{}")];
                await engine.CommitAsync(EngineCalls.Partition, "c", pair, Ct);
                Interlocked.Increment(ref answered);
            }
        }
    }

    [Fact]
    public async Task A_backup_never_overwrites_and_leaves_nothing_beside_it()
    {
        var engine = store.Open();
        await engine.InsertAsync("a");
        await File.WriteAllTextAsync(store.File("precious"), "kept", Ct);

        Assert.Throws<IOException>(() => engine.BackupTo(store.File("precious")));
        engine.BackupTo(store.File("backup.db"));

        Assert.Equal("kept", await File.ReadAllTextAsync(store.File("precious"), Ct));
        Assert.Empty(Directory.GetFiles(store.File("."), "*.partial"));
        Assert.Empty(Directory.GetFiles(store.File("."), "backup.db-*"));
    }

    [Fact]
    public async Task A_backup_is_readable_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var engine = store.Open();
        await engine.InsertAsync("a");

        engine.BackupTo(store.File("backup.db"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store.File("backup.db")));
    }

    [Fact]
    public async Task A_backup_to_a_missing_folder_fails_and_the_engine_goes_on()
    {
        var engine = store.Open();

        Assert.ThrowsAny<IOException>(() => engine.BackupTo(store.File("missing/backup.db")));

        Assert.Equal(BatchResult.Committed, await engine.InsertAsync("a"));
    }

    [Fact]
    public async Task The_check_refuses_what_is_damaged_newer_empty_missing_or_something_else()
    {
        var engine = store.Open();
        for (var i = 0; i < 50; i++)
        {
            await engine.InsertAsync($"k{i:00}", new string('x', 1000));
        }

        engine.BackupTo(store.File("good.db"));
        await engine.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(store.File("good.db"), Ct);
        bytes.AsSpan(bytes.Length / 2, 6000).Fill(0xAA);
        await File.WriteAllBytesAsync(store.File("damaged.db"), bytes, Ct);
        await File.WriteAllBytesAsync(store.File("cut.db"), bytes[..5000], Ct);
        await File.WriteAllTextAsync(store.File("empty.db"), "", Ct);
        await File.WriteAllTextAsync(store.File("text.db"), new string('x', 5000), Ct);
        store.Script("PRAGMA user_version = 99");

        Assert.Equal(2, SqliteEngine.CheckBackup(store.File("good.db")));
        foreach (var name in new[] { "damaged.db", "cut.db", "empty.db", "text.db", "missing.db", "feedbackflow.db" })
        {
            Assert.Throws<StoreRefusedException>(() => SqliteEngine.CheckBackup(store.File(name)));
        }
    }
}
