namespace FeedbackFlow.Adapters.Storage.Engines.AzureStorage;

/// <summary>A table has no files of its own that could be read: what is replaced is gone for whoever has the account.</summary>
internal sealed class NoRemains : IRowRemains
{
    public Task<bool> WipeAsync(CancellationToken ct) => Task.FromResult(true);
}
