using Azure.Core;

namespace FeedbackFlow.Adapters.AzureRest;

/// <summary>
/// How every client here talks: few and short tries, because a person waits for the answer and a nudge or the caller tries again anyway. Retries are the framework's
/// (408, 429, 500, 502, 503, 504, cut connections; a Retry-After is honoured). What a repeated write would do twice, its caller must be able to recognise:
/// a batch by its commit id, a message by what it names, a letter by its operation id.
/// </summary>
internal abstract class RestClientOptions : ClientOptions
{
    protected RestClientOptions()
    {
        Retry.MaxRetries = 3;
        Retry.Delay = TimeSpan.FromMilliseconds(100);
        Retry.MaxDelay = TimeSpan.FromSeconds(1);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(3);
        Diagnostics.IsLoggingContentEnabled = false;
        Diagnostics.IsTelemetryEnabled = false;
        // Of a failed answer only what names the error may reach a log.
        Diagnostics.LoggedHeaderNames.Add("x-ms-error-code");
        Diagnostics.LoggedHeaderNames.Add("x-ms-request-id");
    }
}
