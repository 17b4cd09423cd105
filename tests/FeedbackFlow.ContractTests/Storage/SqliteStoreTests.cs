using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Engines.Sqlite;

namespace FeedbackFlow.ContractTests.Storage;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly SqliteStore store = new();

    protected override Task<IRowEngine> OpenAsync() => Task.FromResult<IRowEngine>(store.Open());

    public override ValueTask DisposeAsync() => store.DisposeAsync();
}
