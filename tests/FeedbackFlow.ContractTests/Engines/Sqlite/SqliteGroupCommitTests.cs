using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

public sealed class SqliteGroupCommitTests : IAsyncDisposable
{
    private readonly SqliteStore store = new();
    private readonly CommitGate gate = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        gate.Open();
        await store.DisposeAsync();
        gate.Dispose();
    }

    [Fact]
    public async Task Batches_that_wait_share_one_commit_and_a_conflict_fails_only_itself()
    {
        var engine = store.Open(gate.Tuning);
        await engine.InsertAsync("taken");
        var waiting = await WhileHeldAsync(engine, () => Enumerable.Range(0, 100).Select(i => engine.InsertAsync(i == 50 ? "taken" : $"k{i:000}")));

        var results = await Task.WhenAll(waiting);

        // The row "taken", the group that was held, and all that waited behind it.
        Assert.Equal(3, gate.Commits);
        Assert.Equal(50, Assert.Single(results.Index(), result => result.Item == BatchResult.Conflict).Index);
        Assert.Equal(101, (await engine.KeysAsync()).Count);
    }

    [Fact]
    public async Task An_error_in_one_batch_does_not_fail_those_beside_it()
    {
        var engine = store.Open(gate.Tuning);
        await engine.InsertAsync("first");
        store.Script("CREATE TRIGGER strange AFTER INSERT ON rows WHEN NEW.key = 'bad' BEGIN SELECT RAISE(FAIL, 'strange'); END");
        var waiting = await WhileHeldAsync(engine, () => [engine.InsertAsync("a"), engine.InsertAsync("bad"), engine.InsertAsync("b")]);

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => waiting[1]);

        Assert.Equal([BatchResult.Committed, BatchResult.Committed], await Task.WhenAll(waiting[0], waiting[2]));
        Assert.Equal(["a", "b", "first", "held"], await engine.KeysAsync());
    }

    [Fact]
    public async Task An_error_that_undoes_the_whole_transaction_fails_all_in_it_and_the_next_one_works()
    {
        var engine = store.Open(gate.Tuning);
        await engine.InsertAsync("first");
        store.Script("CREATE TRIGGER strange AFTER INSERT ON rows WHEN NEW.key = 'bad' BEGIN SELECT RAISE(ROLLBACK, 'strange'); END");
        var waiting = await WhileHeldAsync(engine, () => [engine.InsertAsync("a"), engine.InsertAsync("bad")]);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting[0]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting[1]);

        Assert.Equal(BatchResult.Committed, await engine.InsertAsync("b"));
        Assert.Equal(["b", "first", "held"], await engine.KeysAsync());
    }

    [Fact]
    public async Task Nobody_is_answered_and_nothing_is_read_before_the_commit()
    {
        var engine = store.Open(gate.Tuning);
        gate.Close();
        var write = engine.InsertAsync("a");
        await gate.ArrivalAsync(Ct);

        Assert.Null(await engine.GetAsync("a"));
        Assert.False(write.IsCompleted);

        gate.Open();
        Assert.Equal(BatchResult.Committed, await write);
        Assert.NotNull(await engine.GetAsync("a"));
    }

    [Fact]
    public async Task A_failed_commit_fails_all_in_it_with_conflicts_and_the_next_one_works()
    {
        var engine = store.Open(gate.Tuning);
        await engine.InsertAsync("taken");
        gate.Breaks = true;
        var waiting = await WhileHeldAsync(engine, () => [engine.InsertAsync("a"), engine.InsertAsync("taken"), engine.InsertAsync("b")], "lost");

        foreach (var write in waiting)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
        }

        gate.Breaks = false;
        Assert.Equal(["taken"], await engine.KeysAsync());
        Assert.Equal(BatchResult.Committed, await engine.InsertAsync("a"));
    }

    [Fact]
    public async Task Cancelled_while_waiting_nothing_is_written()
    {
        var engine = store.Open(gate.Tuning);
        using var leaving = new CancellationTokenSource();
        gate.Close();
        var begun = engine.InsertAsync("begun");
        await gate.ArrivalAsync(Ct);
        var left = engine.InsertAsync("left", ct: leaving.Token);
        var stayed = engine.InsertAsync("stayed");

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.Open();
        await Task.WhenAll(begun, stayed);
        Assert.Equal(["begun", "stayed"], await engine.KeysAsync());
    }

    [Fact]
    public async Task Cancelled_after_it_began_the_caller_still_learns_that_it_was_written()
    {
        var engine = store.Open(gate.Tuning);
        using var leaving = new CancellationTokenSource();
        gate.Close();
        var write = engine.InsertAsync("a", ct: leaving.Token);
        await gate.ArrivalAsync(Ct);

        await leaving.CancelAsync();
        gate.Open();

        Assert.Equal(BatchResult.Committed, await write);
        Assert.NotNull(await engine.GetAsync("a"));
    }

    [Fact]
    public async Task Too_many_waiting_writes_are_refused_at_once()
    {
        var engine = store.Open(gate.Tuning with { WaitingCount = 2 });
        gate.Close();
        var begun = engine.InsertAsync("begun");
        await gate.ArrivalAsync(Ct);
        Task<BatchResult>[] accepted = [begun, engine.InsertAsync("a"), engine.InsertAsync("b")];

        await Assert.ThrowsAsync<StoreUnavailableException>(() => engine.InsertAsync("c"));

        gate.Open();
        await Task.WhenAll(accepted);
        Assert.Equal(["a", "b", "begun"], await engine.KeysAsync());
    }

    [Fact]
    public async Task Closing_finishes_what_was_accepted_and_refuses_what_comes_later()
    {
        var engine = store.Open(gate.Tuning);
        var waiting = await WhileHeldAsync(engine, () => [engine.InsertAsync("a"), engine.InsertAsync("b")], open: false);
        var closing = engine.DisposeAsync();
        gate.Open();
        await closing;

        Assert.Equal([BatchResult.Committed, BatchResult.Committed], await Task.WhenAll(waiting));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.InsertAsync("c"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.GetAsync("a"));
        Assert.False(File.Exists(store.Path + "-wal"));
        Assert.Equal(["a", "b", "held"], await store.Open().KeysAsync());
    }

    /// <summary>Sends work while another commit is held, so that all of it waits together.</summary>
    private async Task<Task<BatchResult>[]> WhileHeldAsync(
        IRowEngine engine, Func<IEnumerable<Task<BatchResult>>> send, string held = "held", bool open = true)
    {
        var before = gate.Commits;
        for (var i = 0; i < before; i++)
        {
            await gate.ArrivalAsync(Ct);
        }

        gate.Close();
        var first = engine.InsertAsync(held);
        await gate.ArrivalAsync(Ct);
        var waiting = send().ToArray();
        if (open)
        {
            gate.Open();
            await first.ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return waiting;
    }
}
