using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests;

/// <summary>Rows as seen by a process that dies.</summary>
internal sealed class MortalRows(IRowEngine rows, Life life) : IRowEngine
{
    public Task<Row?> GetAsync(string partition, string key, CancellationToken ct) =>
        life.CallAsync("get " + Kind(key), () => rows.GetAsync(partition, key, ct));

    public Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct) =>
        life.CallAsync("range " + Kind(from), () => rows.RangeAsync(partition, from, to, take, continuation, ct));

    public Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
        life.CallAsync("commit " + Kind(changes[0].Key), () => rows.CommitAsync(partition, commitId, changes, ct));

    private static string Kind(string key) => key.Split('-')[0];
}

/// <summary>The queue as seen by a process that dies.</summary>
internal sealed class MortalQueue(IQueueEngine queue, Life life) : IQueueEngine
{
    public Task EnqueueAsync(string queueName, string body, TimeSpan delay, CancellationToken ct) => life.CallAsync("enqueue", async () =>
    {
        await queue.EnqueueAsync(queueName, body, delay, ct);
        return true;
    });

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queueName, int max, TimeSpan hideFor, CancellationToken ct) =>
        life.CallAsync("receive", () => queue.ReceiveAsync(queueName, max, hideFor, ct));

    public Task<bool> DeleteAsync(string queueName, QueueMessage message, CancellationToken ct) =>
        life.CallAsync("complete", () => queue.DeleteAsync(queueName, message, ct));

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queueName, int max, CancellationToken ct) =>
        life.CallAsync("peek", () => queue.PeekAsync(queueName, max, ct));
}

/// <summary>The channel as seen by a process that dies.</summary>
internal sealed class MortalChannel(ILetterChannel channel, Life life) : ILetterChannel
{
    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => life.CallAsync("send " + letter.Kind, () => channel.SendAsync(letter, ct));
}

/// <summary>A review platform as seen by a process that dies.</summary>
internal sealed class MortalReader(IReviewReader reader, Life life) : IReviewReader
{
    public Task<FetchedReview> FetchAsync(Source source, string reviewId, CancellationToken ct) => life.CallAsync("fetch", () => reader.FetchAsync(source, reviewId, ct));
}

/// <summary>Chats and phones as seen by a process that dies.</summary>
internal sealed class MortalWays(IWays ways, Life life) : IWays
{
    public bool Has(WayKind kind) => ways.Has(kind);

    public Task<Delivery> SendAsync(Way way, Letter letter, bool begun, CancellationToken ct) => life.CallAsync($"{way.Kind} {letter.Kind}", () => ways.SendAsync(way, letter, begun, ct));
}

/// <summary>Systems that are told of events, as seen by a process that dies.</summary>
internal sealed class MortalPost(IEventPost post, Life life) : IEventPost
{
    public Task<Posted> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken ct) => life.CallAsync("post", () => post.PostAsync(address, headers, body, ct));
}

/// <summary>A review platform that takes replies, as seen by a process that dies.</summary>
internal sealed class MortalReplies(IReviewReplies replies, Life life) : IReviewReplies
{
    public bool CanReply(Source source, string reviewId) => replies.CanReply(source, reviewId);

    public Task<Delivery> ReplyAsync(Source source, string reviewId, string text, CancellationToken ct) => life.CallAsync("reply", () => replies.ReplyAsync(source, reviewId, text, ct));
}
