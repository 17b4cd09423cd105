using FeedbackFlow.Adapters.Storage.Engines;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

public sealed class SqliteRowEngineTests : RowEngineContract
{
    private readonly SqliteStore store = new();

    protected override Task<IRowEngine> OpenAsync() => Task.FromResult<IRowEngine>(store.Open());

    public override ValueTask DisposeAsync() => store.DisposeAsync();
}

public sealed class SqliteQueueEngineTests : QueueEngineContract
{
    private readonly SqliteStore store = new();

    protected override Task<IQueueEngine> OpenAsync() => Task.FromResult<IQueueEngine>(store.Open());

    protected override Task PassTime(TimeSpan time)
    {
        store.Clock.Advance(time);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_message_is_visible_at_its_very_time_and_not_a_tick_before()
    {
        var engine = store.Open();
        var tick = TimeSpan.FromTicks(1);
        await engine.EnqueueAsync("nudges", "a", TimeSpan.FromSeconds(45), Ct);

        store.Clock.Advance(TimeSpan.FromSeconds(45) - tick);
        Assert.Empty(await engine.ReceiveAsync("nudges", 1, TimeSpan.FromMinutes(1), Ct));

        store.Clock.Advance(tick);
        Assert.Single(await engine.ReceiveAsync("nudges", 1, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task Hidden_and_delayed_messages_can_be_peeked()
    {
        var engine = store.Open();
        await engine.EnqueueAsync("nudges", "received", TimeSpan.Zero, Ct);
        await engine.EnqueueAsync("nudges", "delayed", TimeSpan.FromDays(1), Ct);
        await engine.ReceiveAsync("nudges", 1, TimeSpan.FromMinutes(1), Ct);

        Assert.Equal(["received", "delayed"], (await engine.PeekAsync("nudges", 32, Ct)).Select(message => message.Body));
    }
}
