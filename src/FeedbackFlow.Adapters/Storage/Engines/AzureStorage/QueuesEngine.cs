using System.Collections.Concurrent;
using Azure;
using FeedbackFlow.Adapters.AzureRest.Queues;

namespace FeedbackFlow.Adapters.Storage.Engines.AzureStorage;

/// <summary>
/// Messages in Azure Queue Storage. A queue is made when the first message is sent to it; one that is not there is empty. The service's clock decides what is visible,
/// to the second. A message whose sending was answered by nobody may be there twice: who follows it finds the work done.
/// </summary>
internal sealed class QueuesEngine(Func<string, QueueClient> open) : IQueueEngine
{
    private readonly ConcurrentDictionary<string, QueueClient> queues = new(StringComparer.Ordinal);

    public async Task EnqueueAsync(string queue, string body, TimeSpan delay, CancellationToken ct)
    {
        QueueLimits.CheckEnqueue(queue, body, delay);
        ct.ThrowIfCancellationRequested();
        var client = Client(queue);
        await AskAsync(async () =>
        {
            try
            {
                await client.SendMessageAsync(body, delay, null, ct);
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == QueueErrorCode.QueueNotFound)
            {
                await client.CreateIfNotExistsAsync(ct);
                await client.SendMessageAsync(body, delay, null, ct);
            }

            return true;
        }, ct);
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan hideFor, CancellationToken ct)
    {
        QueueLimits.CheckReceive(queue, max, hideFor);
        return ReadAsync(() => Client(queue).ReceiveMessagesAsync(max, hideFor, ct), ct);
    }

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken ct)
    {
        QueueLimits.CheckQueue(queue);
        return AskAsync(async () =>
        {
            try
            {
                await Client(queue).DeleteMessageAsync(message.Id, message.Receipt, ct);
                return true;
            }
            catch (RequestFailedException gone) when (gone.ErrorCode is QueueErrorCode.MessageNotFound or QueueErrorCode.PopReceiptMismatch or QueueErrorCode.QueueNotFound)
            {
                return false;
            }
        }, ct);
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken ct)
    {
        QueueLimits.CheckPeek(queue, max);
        return ReadAsync(() => Client(queue).PeekMessagesAsync(max, ct), ct);
    }

    private static Task<IReadOnlyList<QueueMessage>> ReadAsync(Func<Task<IReadOnlyList<StoredMessage>>> read, CancellationToken ct) => AskAsync<IReadOnlyList<QueueMessage>>(async () =>
    {
        try
        {
            return [.. (await read()).Select(stored => new QueueMessage(stored.MessageId, stored.MessageText, stored.PopReceipt, (int)stored.DequeueCount))];
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }, ct);

    private QueueClient Client(string queue) => queues.GetOrAdd(queue, open);

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (failure.IsUnavailable() && !ct.IsCancellationRequested)
        {
            throw CloudFailures.Unavailable(failure);
        }
    }
}
