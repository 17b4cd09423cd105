using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Adapters.Channels;

/// <summary>A provider's quota as every process that sends sees it.</summary>
internal interface ISendingBudget
{
    Task<BudgetGrant> TakeAsync(LetterKind kind, CancellationToken ct);

    /// <summary>The provider asked to be left alone.</summary>
    Task CloseAsync(DateTimeOffset until, CancellationToken ct);
}

/// <summary>One row for all processes: two calls to the store for each letter. Who loses the race for it looks again.</summary>
internal sealed class SharedBudget(IRowEngine rows, SendingQuota quota, TimeProvider clock) : ISendingBudget
{
    /// <summary>No business: slugs have no underscore.</summary>
    public const string Partition = "_budgets";

    public const string Key = "email";
    private const int MostTries = 8;

    public async Task<BudgetGrant> TakeAsync(LetterKind kind, CancellationToken ct)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (before, budget) = await ReadAsync(ct);
            var grant = budget.Take(kind, quota, clock.GetUtcNow());
            if (!grant.IsGranted || await WriteAsync(before, grant.After, ct)) return grant;
        }

        // Everybody wants it at once: whoever comes a little later finds it calm.
        return new(clock.GetUtcNow().AddSeconds(2), SendingBudget.Full);
    }

    public async Task CloseAsync(DateTimeOffset until, CancellationToken ct)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (before, budget) = await ReadAsync(ct);
            if (budget.Closed(until) == budget || await WriteAsync(before, budget.Closed(until), ct)) return;
        }
    }

    private async Task<(Row? Before, SendingBudget Budget)> ReadAsync(CancellationToken ct)
    {
        var row = await rows.GetAsync(Partition, Key, ct);
        return (row, row is null ? SendingBudget.Full : RowFormat.Read<SendingBudget>(row));
    }

    private async Task<bool> WriteAsync(Row? before, SendingBudget after, CancellationToken ct)
    {
        var body = RowFormat.Write(after);
        var change = before is null ? new RowChange(RowAction.Insert, Key, body, RowFormat.Version) : new(RowAction.Replace, Key, body, RowFormat.Version, before.ETag);
        return await rows.CommitAsync(Partition, Guid.NewGuid().ToString("N"), [change], ct) == BatchResult.Committed;
    }
}
