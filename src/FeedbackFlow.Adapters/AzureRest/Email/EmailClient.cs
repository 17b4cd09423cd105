using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.Adapters.AzureRest.Email;

internal sealed class EmailClientOptions : RestClientOptions
{
    public EmailClientOptions()
    {
        // A second POST of an operation is not promised to be dropped, and every refused call counts against the quota: who sends decides when to try again.
        Retry.MaxRetries = 0;
        Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
    }

    public string ApiVersion { get; init; } = "2023-03-31";
}

internal sealed record EmailAddress(string Address, string? DisplayName = null);

internal sealed record EmailContent(string Subject, string PlainText, string Html);

internal sealed record EmailRecipients(IReadOnlyList<EmailAddress> To);

internal sealed record EmailMessage(
    string SenderAddress, EmailRecipients Recipients, EmailContent Content, IReadOnlyList<EmailAddress>? ReplyTo = null, IReadOnlyDictionary<string, string>? Headers = null,
    bool UserEngagementTrackingDisabled = true);

internal enum EmailSendStatus
{
    NotStarted,
    Running,
    Succeeded,
    Failed,
    Canceled,
}

/// <param name="ErrorCode">Why it failed, such as <c>EmailDropped</c>; null while it has not.</param>
/// <param name="RetryAfter">When to look again; null when it is over.</param>
internal sealed record EmailSendResult(string Id, EmailSendStatus Status, string? ErrorCode, TimeSpan? RetryAfter);

/// <summary>A send that the service has taken, and how far it is. <c>Succeeded</c> means handed to delivery, not delivered.</summary>
internal sealed class EmailSendOperation(string id, EmailClient client, EmailSendResult? value = null)
{
    public string Id => id;

    public EmailSendResult? Value { get; private set; } = value;

    public bool HasCompleted => Value?.Status is EmailSendStatus.Succeeded or EmailSendStatus.Failed or EmailSendStatus.Canceled;

    /// <summary>False when the service knows no such operation.</summary>
    public async Task<bool> UpdateStatusAsync(CancellationToken ct = default) => (Value = await client.GetSendResultAsync(id, ct)) is not null;
}

/// <summary>
/// Communication Services e-mail over REST, in the names and shapes of the official <c>Azure.Communication.Email.EmailClient</c>, so that the package can take the place of
/// this folder. Failures throw <see cref="RequestFailedException"/>; an answer that cannot be read throws <see cref="JsonException"/>, <see cref="KeyNotFoundException"/>,
/// <see cref="FormatException"/> or <see cref="InvalidOperationException"/>.
/// </summary>
internal sealed class EmailClient
{
    /// <summary>With two slashes, as every official client asks for it.</summary>
    private const string Scope = "https://communication.azure.com//.default";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string endpoint;
    private readonly string version;
    private readonly HttpPipeline pipeline;

    /// <param name="endpoint">Such as <c>https://NAME.europe.communication.azure.com</c>.</param>
    public EmailClient(Uri endpoint, TokenCredential credential, EmailClientOptions options) : this(endpoint, RestPipeline.Token(credential, Scope), options)
    {
    }

    public EmailClient(Uri endpoint, AzureKeyCredential credential, EmailClientOptions options) : this(endpoint, new HmacPolicy(credential), options)
    {
    }

    private EmailClient(Uri endpoint, HttpPipelinePolicy signature, EmailClientOptions options)
    {
        (this.endpoint, version) = (endpoint.AbsoluteUri.TrimEnd('/'), "?api-version=" + Uri.EscapeDataString(options.ApiVersion));
        pipeline = RestPipeline.Build(options, signature);
    }

    /// <param name="operationId">Names the send: with it <see cref="EmailSendOperation.UpdateStatusAsync"/> tells later whether this call arrived.</param>
    public async Task<EmailSendOperation> SendAsync(EmailMessage message, Guid operationId, CancellationToken ct = default)
    {
        var id = operationId.ToString("D");
        var response = await pipeline.SendAsync(request =>
        {
            request.Method = RequestMethod.Post;
            request.Uri.Reset(new(endpoint + "/emails:send" + version));
            request.Headers.SetValue("Operation-Id", id);
            request.Headers.SetValue("Accept", "application/json");
            request.Headers.SetValue("Content-Type", "application/json");
            request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(message, Json));
        }, ct);
        return response.Status == 202 ? new(id, this, Read(response)) : throw new RequestFailedException(response);
    }

    internal async Task<EmailSendResult?> GetSendResultAsync(string id, CancellationToken ct)
    {
        var response = await pipeline.SendAsync(request =>
        {
            request.Method = RequestMethod.Get;
            request.Uri.Reset(new($"{endpoint}/emails/operations/{Uri.EscapeDataString(id)}{version}"));
            request.Headers.SetValue("Accept", "application/json");
        }, ct);
        return response.Status switch
        {
            200 => Read(response),
            404 => null,
            _ => throw new RequestFailedException(response),
        };
    }

    private static EmailSendResult Read(Response response)
    {
        using var json = JsonDocument.Parse(response.Content);
        var root = json.RootElement;
        var error = root.TryGetProperty("error", out var given) && given.ValueKind == JsonValueKind.Object && given.TryGetProperty("code", out var code) ? code.GetString() : null;
        var wait = response.Headers.TryGetValue("retry-after", out var after) && int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : (int?)null;
        return new(root.GetProperty("id").GetString()!, Status(root.GetProperty("status").GetString()), error, wait is { } time ? TimeSpan.FromSeconds(time) : null);
    }

    private static EmailSendStatus Status(string? status) => status switch
    {
        "NotStarted" => EmailSendStatus.NotStarted,
        "Running" => EmailSendStatus.Running,
        "Succeeded" => EmailSendStatus.Succeeded,
        "Failed" => EmailSendStatus.Failed,
        "Canceled" => EmailSendStatus.Canceled,
        _ => throw new FormatException("A status that is not known."),
    };
}
