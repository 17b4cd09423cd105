using System.Globalization;
using FeedbackFlow.Adapters.Storage.Engines;

namespace FeedbackFlow.ContractTests.Engines.AzureStorage;

/// <summary>
/// The service's clock cannot be moved, so stories keep the times of their messages on their own clock: every message is really sent to the service, taken from it and
/// deleted there, and only when it is shown is decided here.
/// </summary>
public sealed class DrivenQueue(IQueueEngine service, TimeProvider clock) : IQueueEngine, IDisposable
{
    private static readonly TimeSpan Held = TimeSpan.FromDays(6);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, List<Message>> queues = [];

    public Task EnqueueAsync(string queue, string body, TimeSpan delay, CancellationToken ct) =>
        service.EnqueueAsync(queue, string.Create(CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() + delay).UtcTicks} {body}"), TimeSpan.Zero, ct);

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan hideFor, CancellationToken ct) => InTurnAsync<IReadOnlyList<QueueMessage>>(queue, messages =>
    {
        var now = clock.GetUtcNow();
        var received = messages.Where(message => message.Due <= now).OrderBy(message => message.Due).Take(max).ToList();
        foreach (var message in received) (message.Due, message.Receipt, message.Dequeued) = (now + hideFor, Guid.NewGuid().ToString("N"), message.Dequeued + 1);
        return Task.FromResult<IReadOnlyList<QueueMessage>>([.. received.Select(Shown)]);
    }, ct);

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken ct) => InTurnAsync(queue, async messages =>
    {
        if (messages.Find(held => held.Stored.Id == message.Id && held.Receipt == message.Receipt) is not { } found) return false;
        messages.Remove(found);
        return await service.DeleteAsync(queue, found.Stored, ct);
    }, ct);

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken ct) =>
        InTurnAsync<IReadOnlyList<QueueMessage>>(queue, messages => Task.FromResult<IReadOnlyList<QueueMessage>>([.. messages.OrderBy(message => message.Due).Take(max).Select(Shown)]), ct);

    /// <summary>When each message is shown next.</summary>
    public Task<List<DateTimeOffset>> TimesAsync(string queue) =>
        InTurnAsync(queue, messages => Task.FromResult<List<DateTimeOffset>>([.. messages.Select(message => message.Due)]), CancellationToken.None);

    public Task ClearAsync(string queue) => InTurnAsync(queue, async messages =>
    {
        foreach (var message in messages) await service.DeleteAsync(queue, message.Stored, CancellationToken.None);
        messages.Clear();
        return true;
    }, CancellationToken.None);

    public void Dispose() => turn.Dispose();

    private async Task<T> InTurnAsync<T>(string queue, Func<List<Message>, Task<T>> work, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (!queues.TryGetValue(queue, out var messages)) queues[queue] = messages = [];
            while (await service.ReceiveAsync(queue, 32, Held, ct) is { Count: > 0 } stored) messages.AddRange(stored.Select(message => new Message(message)));
            return await work(messages);
        }
        finally
        {
            turn.Release();
        }
    }

    private static QueueMessage Shown(Message message) => new(message.Stored.Id, message.Body, message.Receipt, message.Dequeued);

    private sealed class Message(QueueMessage stored)
    {
        public QueueMessage Stored => stored;

        public string Body { get; } = stored.Body[(stored.Body.IndexOf(' ', StringComparison.Ordinal) + 1)..];

        public DateTimeOffset Due { get; set; } = new(long.Parse(stored.Body.Split(' ', 2)[0], CultureInfo.InvariantCulture), TimeSpan.Zero);

        public string Receipt { get; set; } = "";

        public int Dequeued { get; set; }
    }
}
