using System.Globalization;
using System.Text.Json;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Adapters.Channels;

/// <summary>
/// Delivery reports of Communication Services, as Event Grid puts them into a storage queue: one event object a message (<c>eventType</c>, <c>data.messageId</c>,
/// <c>data.recipient</c>, <c>data.status</c>, <c>data.deliveryAttemptTimeStamp</c>), sometimes in an array. Other events are none of ours.
/// </summary>
public sealed class DeliveryReports(IQueueEngine queue)
{
    public const string Name = "delivery-reports";
    private const string EventType = "Microsoft.Communication.EmailDeliveryReportReceived";

    /// <summary>How the channel chain names the channel that these reports are of.</summary>
    public const string Via = "email";

    /// <summary>The service's words for a letter that did not arrive.</summary>
    public static IReadOnlySet<string> Failures { get; } = new HashSet<string> { "Bounced", "Failed", "FilteredSpam", "Quarantined", "Suppressed" };

    /// <summary>Null when it cannot be read. Events that are no reports, or of messages with ids of somebody else, are left out.</summary>
    public static IReadOnlyList<DeliveryReport>? Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Array => [.. json.RootElement.EnumerateArray().Select(Read).OfType<DeliveryReport>()],
                JsonValueKind.Object => Read(json.RootElement) is { } report ? [report] : [],
                _ => null,
            };
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Takes up to 16 messages; each comes back after a minute unless it is completed.</summary>
    public async Task<IReadOnlyList<ReceivedReport>> ReceiveAsync(CancellationToken ct) =>
        [.. (await queue.ReceiveAsync(Name, 16, NudgeQueue.HideFor, ct)).Select(message => new ReceivedReport(message))];

    public Task CompleteAsync(ReceivedReport received, CancellationToken ct) => queue.DeleteAsync(Name, received.Message, ct);

    /// <summary>Puts a report back that came before its letter was marked as sent.</summary>
    public Task PutBackAsync(string body, CancellationToken ct) => queue.EnqueueAsync(Name, body, TimeSpan.FromMinutes(1), ct);

    /// <summary>Puts a message that cannot be read where a person sees it.</summary>
    public Task SetAsideAsync(string body, CancellationToken ct) => queue.EnqueueAsync(Name + "-poison", body, TimeSpan.Zero, ct);

    /// <summary>How many messages are set aside; counted up to 32.</summary>
    public async Task<int> CountSetAsideAsync(CancellationToken ct) => (await queue.PeekAsync(Name + "-poison", 32, ct)).Count;

    private static DeliveryReport? Read(JsonElement message)
    {
        if (message.GetProperty("eventType").GetString() != EventType) return null;
        var data = message.GetProperty("data");
        if (!Guid.TryParse(data.GetProperty("messageId").GetString(), out var id)) return null;
        var status = data.GetProperty("status").GetString() ?? "";
        // New statuses may come; only those that are known to mean "did not arrive" do anything.
        return new(new LetterId(id.ToString("N")), Via, data.GetProperty("recipient").GetString() ?? "", !Failures.Contains(status), status, Time(data) ?? Time(message) ?? DateTimeOffset.MinValue);
    }

    private static DateTimeOffset? Time(JsonElement element)
    {
        foreach (var name in new[] { "deliveryAttemptTimeStamp", "eventTime" })
            if (element.TryGetProperty(name, out var text) && DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return at;
        return null;
    }
}

/// <summary>A message taken from the queue of delivery reports.</summary>
public sealed record ReceivedReport(QueueMessage Message)
{
    public string Body => Message.Body;

    public bool TriedTooOften => Message.DequeueCount > NudgeQueue.MostTries;
}
