using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.Adapters.AzureRest.Queues;

internal sealed class QueueClientOptions : RestClientOptions;

internal static class QueueErrorCode
{
    public const string MessageNotFound = "MessageNotFound";
    public const string PopReceiptMismatch = "PopReceiptMismatch";
    public const string QueueAlreadyExists = "QueueAlreadyExists";
    public const string QueueBeingDeleted = "QueueBeingDeleted";
    public const string QueueNotFound = "QueueNotFound";
}

/// <summary>A message as the queue gives it. Receipt and times of visibility are only known for a received one.</summary>
internal sealed record StoredMessage(string MessageId, string MessageText, string PopReceipt, long DequeueCount);

/// <summary>
/// One queue over REST, in the names and shapes of the official <c>Azure.Storage.Queues.QueueClient</c> with <c>QueueMessageEncoding.Base64</c>: the text travels as
/// Base64 of its UTF-8, which is what the Functions host decodes (<c>messageEncoding</c> in host.json). Failures throw <see cref="RequestFailedException"/>.
/// </summary>
internal sealed class QueueClient
{
    private const string Version = "2021-12-02";
    private readonly Uri queue;
    private readonly HttpPipeline pipeline;

    /// <param name="endpoint">The account's queue service, such as <c>https://ACCOUNT.queue.core.windows.net</c>.</param>
    public QueueClient(Uri endpoint, string queueName, HttpPipeline pipeline) =>
        (queue, this.pipeline) = (new(endpoint.AbsoluteUri.TrimEnd('/') + "/" + queueName), pipeline);

    public static HttpPipeline BuildPipeline(StorageSharedKeyCredential credential, QueueClientOptions options) => RestPipeline.Build(options, new SharedKeyFullPolicy(credential));

    public static HttpPipeline BuildPipeline(TokenCredential credential, QueueClientOptions options) =>
        RestPipeline.Build(options, RestPipeline.Token(credential, RestPipeline.StorageScope));

    /// <summary>Two who create it at once both succeed.</summary>
    public async Task CreateIfNotExistsAsync(CancellationToken ct = default)
    {
        var response = await SendAsync(RequestMethod.Put, "", null, ct);
        if (response.Status is 201 or 204) return;
        var failure = new RequestFailedException(response);
        if (failure.ErrorCode != QueueErrorCode.QueueAlreadyExists) throw failure;
    }

    /// <param name="visibilityTimeout">Whole seconds, zero to seven days; as long as the lifetime would lose the message.</param>
    /// <param name="timeToLive">Null: it never expires (<c>messagettl=-1</c>).</param>
    public async Task SendMessageAsync(string messageText, TimeSpan visibilityTimeout, TimeSpan? timeToLive = null, CancellationToken ct = default)
    {
        var lifetime = timeToLive is { } limit ? Seconds(limit) : "-1";
        var body = new XElement("QueueMessage", new XElement("MessageText", Convert.ToBase64String(Encoding.UTF8.GetBytes(messageText))));
        var response = await SendAsync(RequestMethod.Post, $"/messages?visibilitytimeout={Seconds(visibilityTimeout)}&messagettl={lifetime}", body, ct);
        if (response.Status != 201) throw new RequestFailedException(response);
    }

    /// <summary>Takes up to <paramref name="maxMessages"/> (1 to 32) messages and hides them for whole seconds.</summary>
    public Task<IReadOnlyList<StoredMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan visibilityTimeout, CancellationToken ct = default) =>
        ReadAsync(string.Create(CultureInfo.InvariantCulture, $"/messages?numofmessages={maxMessages}&visibilitytimeout={Seconds(visibilityTimeout)}"), ct);

    /// <summary>Up to <paramref name="maxMessages"/> (1 to 32) messages that are visible now, without taking them.</summary>
    public Task<IReadOnlyList<StoredMessage>> PeekMessagesAsync(int maxMessages, CancellationToken ct = default) =>
        ReadAsync(string.Create(CultureInfo.InvariantCulture, $"/messages?numofmessages={maxMessages}&peekonly=true"), ct);

    public async Task DeleteMessageAsync(string messageId, string popReceipt, CancellationToken ct = default)
    {
        var response = await SendAsync(RequestMethod.Delete, $"/messages/{Uri.EscapeDataString(messageId)}?popreceipt={Uri.EscapeDataString(popReceipt)}", null, ct);
        if (response.Status != 204) throw new RequestFailedException(response);
    }

    private async Task<IReadOnlyList<StoredMessage>> ReadAsync(string path, CancellationToken ct)
    {
        var response = await SendAsync(RequestMethod.Get, path, null, ct);
        if (response.Status != 200) throw new RequestFailedException(response);
        return [.. XDocument.Parse(response.Content.ToString().TrimStart('\uFEFF')).Root!.Elements("QueueMessage").Select(Read)];
    }

    private static StoredMessage Read(XElement message) => new(
        message.Element("MessageId")!.Value,
        Text(message.Element("MessageText")?.Value ?? ""),
        message.Element("PopReceipt")?.Value ?? "",
        long.Parse(message.Element("DequeueCount")?.Value ?? "0", CultureInfo.InvariantCulture));

    /// <summary>Whoever put a message there by hand may have left it as plain text; it is shown as it is.</summary>
    private static string Text(string stored)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(stored));
        }
        catch (Exception plain) when (plain is FormatException or DecoderFallbackException)
        {
            return stored;
        }
    }

    // Up, so that nothing is visible before its time.
    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture);

    private ValueTask<Response> SendAsync(RequestMethod method, string path, XElement? body, CancellationToken ct) => pipeline.SendAsync(request =>
    {
        request.Method = method;
        request.Uri.Reset(new(queue.AbsoluteUri + path));
        request.Headers.SetValue("x-ms-version", Version);
        if (body is null) return;
        request.Headers.SetValue("Content-Type", "application/xml");
        request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)));
    }, ct);
}
