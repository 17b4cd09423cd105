using Azure;
using FeedbackFlow.Adapters.AzureRest.Tables;

namespace FeedbackFlow.Adapters.Storage.Engines.AzureStorage;

/// <summary>
/// Rows in Azure Table Storage: a business is a partition, a commit is an entity group transaction. The table is made when it is missing.
/// A write whose answer was lost is read back: rows that carry our commit id mean that it was stored.
/// </summary>
/// <param name="commitLimit">A commit that has begun is given this long, retries included: inside the ten seconds a submission has.</param>
internal sealed class TablesEngine(TableClient table, TimeSpan commitLimit) : IRowEngine, IRowCopies
{
    public static readonly TimeSpan CommitLimit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ReadBackLimit = TimeSpan.FromSeconds(1.5);

    public async Task<Row?> GetAsync(string partition, string key, CancellationToken ct)
    {
        Limits.CheckPartition(partition);
        Limits.CheckKey(key);
        return await AskAsync(async () => await table.GetEntityIfExistsAsync(partition, key, ct) is { } entity ? RowEntity.Read(entity) : null, null, ct);
    }

    /// <summary>
    /// The continuation is the last key given, as everywhere: the service's own would let whoever edits it leave the range. Empty pages, which the service may give at any
    /// time, are read over.
    /// </summary>
    public Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct)
    {
        Limits.CheckPartition(partition);
        Limits.CheckTake(take);
        var start = continuation is { } last && string.CompareOrdinal(last, from) >= 0 ? $"RowKey gt {Literal(last)}" : $"RowKey ge {Literal(from)}";
        var filter = $"PartitionKey eq {Literal(partition)} and {start} and RowKey lt {Literal(to)}";
        return AskAsync(async () =>
        {
            await foreach (var page in table.QueryAsync(filter, take, ct).AsPages().WithCancellation(ct))
            {
                if (page.Values.Count == 0) continue;
                List<Row> rows = [.. page.Values.Select(RowEntity.Read)];
                return new RowPage(rows, page.ContinuationToken is null ? null : rows[^1].Key);
            }

            return Nothing;
        }, Nothing, ct);
    }

    public async Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        Limits.CheckBatch(partition, commitId, changes);
        ct.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(commitLimit);
        try
        {
            return await TransactAsync(partition, commitId, changes, limit.Token);
        }
        catch (Exception failure) when (failure.IsUnavailable())
        {
            if (await WasWrittenAsync(partition, commitId, changes)) return BatchResult.Committed;
            throw CloudFailures.Unavailable(failure);
        }
    }

    public async IAsyncEnumerable<(string Partition, Row Row)> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await AskAsync(async () =>
        {
            await table.CreateIfNotExistsAsync(ct);
            return true;
        }, true, ct);
        await foreach (var entity in table.QueryAsync(ct: ct).WithCancellation(ct)) yield return (entity.PartitionKey, RowEntity.Read(entity));
    }

    private static RowPage Nothing { get; } = new([], null);

    /// <summary>
    /// The service refuses a whole transaction when an entity to be deleted is missing. A change that only wants it gone is then left out and the rest sent again;
    /// what must not change meanwhile is guarded by its own ETag.
    /// </summary>
    private async Task<BatchResult> TransactAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        var left = changes;
        while (left.Count > 0)
        {
            try
            {
                await table.SubmitTransactionAsync(left.Select(change => Action(partition, commitId, change)), ct);
                return BatchResult.Committed;
            }
            catch (TableTransactionFailedException refused) when (refused.ErrorCode == TableErrorCode.TableNotFound)
            {
                await table.CreateIfNotExistsAsync(ct);
            }
            catch (TableTransactionFailedException refused) when (refused.Status == 404 && refused.FailedTransactionActionIndex is { } at && at < left.Count && left[at].Action == RowAction.Remove)
            {
                left = await WithoutMissingAsync(partition, left, left[at], ct);
            }
            catch (TableTransactionFailedException refused) when (refused.Status is 404 or 409 or 412)
            {
                return BatchResult.Conflict;
            }
            catch (RequestFailedException refused) when (refused.ErrorCode == TableErrorCode.TableNotFound)
            {
                await table.CreateIfNotExistsAsync(ct);
            }
        }

        return BatchResult.Committed;
    }

    private async Task<IReadOnlyList<RowChange>> WithoutMissingAsync(string partition, IReadOnlyList<RowChange> changes, RowChange missing, CancellationToken ct)
    {
        var removals = changes.Where(change => change.Action == RowAction.Remove && change != missing).ToList();
        var present = await Task.WhenAll(removals.Select(change => table.GetEntityIfExistsAsync(partition, change.Key, ct)));
        var gone = removals.Where((_, index) => present[index] is null).Append(missing).ToHashSet();
        return [.. changes.Where(change => !gone.Contains(change))];
    }

    /// <summary>A row that the commit made new is asked for where there is one: nobody writes it again, while one that was replaced may carry a later commit by now.</summary>
    private async Task<bool> WasWrittenAsync(string partition, string commitId, IReadOnlyList<RowChange> changes)
    {
        var written = changes.FirstOrDefault(change => change.Action == RowAction.Insert) ?? changes.FirstOrDefault(change => change.Body is not null);
        if (written is null) return false;
        using var limit = new CancellationTokenSource(ReadBackLimit);
        try
        {
            return await table.GetEntityIfExistsAsync(partition, written.Key, limit.Token) is { } entity && RowEntity.Read(entity).CommitId == commitId;
        }
        catch (Exception failure) when (failure.IsUnavailable())
        {
            // Still unknown: the caller is told that it failed, and its nudge looks.
            return false;
        }
    }

    private static TableTransactionAction Action(string partition, string commitId, RowChange change) => change.Action switch
    {
        RowAction.Insert => new(TableTransactionActionType.Add, RowEntity.Write(partition, commitId, change)),
        RowAction.Replace => new(TableTransactionActionType.UpdateReplace, RowEntity.Write(partition, commitId, change), new(change.ETag!)),
        RowAction.Put => new(TableTransactionActionType.UpsertReplace, RowEntity.Write(partition, commitId, change)),
        RowAction.Delete => new(TableTransactionActionType.Delete, new(partition, change.Key), new(change.ETag!)),
        RowAction.Remove => new(TableTransactionActionType.Delete, new(partition, change.Key), ETag.All),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Action, "Not a row action."),
    };

    /// <summary>A table that is not there yet holds nothing.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, T ofMissingTable, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            return ofMissingTable;
        }
        catch (Exception failure) when (failure.IsUnavailable() && !ct.IsCancellationRequested)
        {
            throw CloudFailures.Unavailable(failure);
        }
    }

    /// <summary>A continuation that was made up ends where it stops looking like a key.</summary>
    private static string Literal(string key) =>
        TableAddress.Literal(string.Concat(key.TakeWhile(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(Limits.KeyLength)));
}
