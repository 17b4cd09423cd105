namespace FeedbackFlow.Adapters.Storage.Engines;

/// <summary>Everything an engine holds, for moving house; nothing else reads a store from end to end.</summary>
public interface IRowCopies
{
    /// <summary>Every row with its partition; the rows of one partition together.</summary>
    IAsyncEnumerable<(string Partition, Row Row)> AllAsync(CancellationToken ct);
}
