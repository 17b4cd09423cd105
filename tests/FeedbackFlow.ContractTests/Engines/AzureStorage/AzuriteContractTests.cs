using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Storage;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Engines.AzureStorage;

public sealed class AzuriteRowEngineTests(Azurite azurite) : RowEngineContract
{
    protected override async Task<IRowEngine> OpenAsync() => (await azurite.NewStoreAsync()).Rows;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzuriteQueueEngineTests(Azurite azurite) : QueueEngineContract
{
    protected override async Task<IQueueEngine> OpenAsync() => (await azurite.NewStoreAsync()).Queues;

    /// <summary>The service has a clock of its own, which nobody can move.</summary>
    protected override Task PassTime(TimeSpan time) => Task.Delay(time + TimeSpan.FromSeconds(1), Ct);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzuriteStoreTests(Azurite azurite) : StoreContract
{
    protected override async Task<IRowEngine> OpenAsync() => (await azurite.NewStoreAsync()).Rows;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
