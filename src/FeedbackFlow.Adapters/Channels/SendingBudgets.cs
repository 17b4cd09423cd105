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

/// <summary>
/// One row for all processes. Letters that ask within a moment (an alert and its apology) share one look and one write: two calls to the store. Who loses the race for it looks again.
/// </summary>
/// <param name="key">Of the provider's row.</param>
internal sealed class SharedBudget(IRowEngine rows, SendingQuota quota, TimeProvider clock, string key = SharedBudget.Key) : ISendingBudget
{
    /// <summary>No business: slugs have no underscore.</summary>
    public const string Partition = "_budgets";

    public const string Key = "email";
    private const int MostTries = 8;

    /// <summary>How long a question waits for others of the same moment.</summary>
    private static readonly TimeSpan Gathers = TimeSpan.FromMilliseconds(15);

    private readonly Lock gate = new();
    private List<Question>? gathering;

    private sealed record Question(LetterKind Kind, TaskCompletionSource<BudgetGrant> Answer);

    public Task<BudgetGrant> TakeAsync(LetterKind kind, CancellationToken ct)
    {
        var mine = new Question(kind, new(TaskCreationOptions.RunContinuationsAsynchronously));
        var isFirst = false;
        lock (gate)
        {
            isFirst = gathering is null;
            (gathering ??= []).Add(mine);
        }

        if (isFirst) _ = AnswerAllAsync();
        return mine.Answer.Task.WaitAsync(ct);
    }

    private async Task AnswerAllAsync()
    {
        await Task.Delay(Gathers);
        List<Question> asked;
        lock (gate) (asked, gathering) = (gathering!, null);
        try
        {
            // Alerts first, whoever asked first.
            asked = [.. asked.OrderByDescending(question => SendingBudget.ShareOf(question.Kind))];
            var grants = await TakeAsync([.. asked.Select(question => question.Kind)]);
            foreach (var (question, grant) in asked.Zip(grants)) question.Answer.SetResult(grant);
        }
        catch (Exception failure)
        {
            foreach (var question in asked) question.Answer.TrySetException(failure);
        }
    }

    private async Task<IReadOnlyList<BudgetGrant>> TakeAsync(IReadOnlyList<LetterKind> kinds)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (before, budget) = await ReadAsync(CancellationToken.None);
            var grants = new List<BudgetGrant>();
            foreach (var kind in kinds)
            {
                grants.Add(budget.Take(kind, quota, clock.GetUtcNow()));
                budget = grants[^1].After;
            }

            if (!grants.Exists(grant => grant.IsGranted) || await WriteAsync(before, budget, CancellationToken.None)) return grants;
        }

        // Everybody wants it at once: whoever comes a little later finds it calm.
        return [.. kinds.Select(_ => new BudgetGrant(clock.GetUtcNow().AddSeconds(2), SendingBudget.Full))];
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
        var row = await rows.GetAsync(Partition, key, ct);
        return (row, row is null ? SendingBudget.Full : RowFormat.Read<SendingBudget>(row));
    }

    private async Task<bool> WriteAsync(Row? before, SendingBudget after, CancellationToken ct)
    {
        var body = RowFormat.Write(after);
        var change = before is null ? new RowChange(RowAction.Insert, key, body, RowFormat.Version) : new(RowAction.Replace, key, body, RowFormat.Version, before.ETag);
        return await rows.CommitAsync(Partition, Guid.NewGuid().ToString("N"), [change], ct) == BatchResult.Committed;
    }
}
