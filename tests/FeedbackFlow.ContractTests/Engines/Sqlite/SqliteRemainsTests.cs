using System.Text;
using FeedbackFlow.Adapters.Storage.Engines;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

public sealed class SqliteRemainsTests : IAsyncDisposable
{
    private const string Trace = "zebrafish";

    private readonly SqliteStore store = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Rows_that_moved_between_pages_leave_nothing_in_the_file(int seed)
    {
        var engine = store.Open();
        var chance = new Random(seed);
        int[] lengths = [5, 50, 300, 900, 3_000, 9_000];
        HashSet<string> traced = [];
        for (var n = 0; n < 20; n++)
        {
            RowChange[] batch = [.. Enumerable.Range(0, 20).Select(_ => Draw(chance.Next(400)))
                .DistinctBy(change => change.Key)];
            foreach (var change in batch.Where(change => change.Body!.Contains(Trace, StringComparison.Ordinal))) traced.Add(change.Key);
            await engine.CommitAsync(EngineCalls.Partition, $"c{n}", batch, Ct);
        }

        foreach (var key in traced.Order(StringComparer.Ordinal))
            await engine.CommitAsync(EngineCalls.Partition, "erase", [chance.Next(2) == 0 ? new(RowAction.Remove, key) : new(RowAction.Put, key, "{}")], Ct);
        var kept = await engine.KeysAsync();

        Assert.True(await engine.WipeAsync(Ct));

        Assert.All(Directory.GetFiles(store.File(".")), file => Assert.False(Holds(file), file));
        Assert.Equal(kept, await engine.KeysAsync());
        await engine.InsertAsync("after");

        RowChange Draw(int row) => new(RowAction.Put, $"{(char)('a' + (row % 6))}-{row:000}", (row % 7 == 0 ? Trace : "calm") + new string('w', lengths[chance.Next(lengths.Length)]));
    }

    [Fact]
    public async Task Whoever_reads_from_the_file_holds_the_wiping_up_and_it_can_be_asked_again()
    {
        var engine = store.Open(new() { BusyFor = TimeSpan.FromMilliseconds(50) });
        await engine.InsertAsync("a");
        using (var connection = store.Connect())
        using (var reading = connection.BeginTransaction(deferred: true))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM rows";
            command.Transaction = reading;
            command.ExecuteScalar();
            await engine.CommitAsync(EngineCalls.Partition, "erase", [new(RowAction.Remove, "a")], Ct);
            Assert.False(await engine.WipeAsync(Ct));
        }

        Assert.True(await engine.WipeAsync(Ct));
    }

    private static bool Holds(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Trace)) >= 0;
    }
}
