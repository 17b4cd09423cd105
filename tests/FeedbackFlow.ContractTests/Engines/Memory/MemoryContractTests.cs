using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Engines.Memory;

/// <summary>What is simulated on is held to the contract of what it stands for.</summary>
public sealed class MemoryRowEngineTests : RowEngineContract
{
    protected override Task<IRowEngine> OpenAsync() => Task.FromResult<IRowEngine>(new MemoryEngine(new DrivenClock(Shop.SundayMorning)));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class MemoryQueueEngineTests : QueueEngineContract
{
    private readonly DrivenClock clock = new(Shop.SundayMorning);

    protected override Task<IQueueEngine> OpenAsync() => Task.FromResult<IQueueEngine>(new MemoryEngine(clock));

    protected override Task PassTime(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
