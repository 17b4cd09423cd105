using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Engines.AzureStorage;

/// <summary>An account of the emulator: rows in its tables, messages in its queues, times on the story's clock.</summary>
internal sealed class AzuriteGround(CloudStore store) : IGround
{
    private DrivenQueue? queue;

    public static async Task<IGround> NewAsync(Azurite azurite) => new AzuriteGround(await azurite.NewStoreAsync());

    public EnginePair Open(DrivenClock clock) => new(store.Rows, queue ??= new(store.Queues, clock));

    public IReadOnlyList<DateTimeOffset> Nudges() => Wait(() => queue!.TimesAsync(NudgeQueue.Name));

    public void LoseNudges() => Wait(async () =>
    {
        await queue!.ClearAsync(NudgeQueue.Name);
        return true;
    });

    public long CountRows(string prefix) => Wait(async () =>
    {
        var count = 0L;
        await foreach (var (_, row) in store.Rows.AllAsync(CancellationToken.None)) count += row.Key.StartsWith(prefix, StringComparison.Ordinal) ? 1 : 0;
        return count;
    });

    public ValueTask DisposeAsync()
    {
        queue?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static T Wait<T>(Func<Task<T>> ask) => Task.Run(ask).GetAwaiter().GetResult();
}
