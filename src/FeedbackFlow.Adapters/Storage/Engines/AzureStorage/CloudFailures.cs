using System.Text.Json;
using System.Xml;
using Azure;
using Azure.Identity;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage.Engines.AzureStorage;

/// <summary>What a failure of the cloud means to the program.</summary>
internal static class CloudFailures
{
    /// <summary>
    /// The service, the network, a role that is missing or an answer that cannot be read is in the way; whether a write took effect is not known. Anything else means
    /// that the program is wrong, and passes through.
    /// </summary>
    public static bool IsUnavailable(this Exception failure) => failure switch
    {
        RequestFailedException refused => refused.Status is 0 or 401 or 403 or 404 or 408 or 409 or 429 or >= 500,
        AggregateException tries => tries.InnerExceptions.All(IsUnavailable),
        OperationCanceledException or HttpRequestException or IOException or AuthenticationFailedException => true,
        JsonException or XmlException or FormatException or KeyNotFoundException or InvalidOperationException => true,
        _ => false,
    };

    public static StoreUnavailableException Unavailable(Exception failure) => new($"The store did not take or give the data: {Summary(failure)}", failure);

    /// <summary>Only what names the error: addresses hold keys of rows.</summary>
    private static string Summary(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } refused => $"{refused.Status} {refused.ErrorCode}".TrimEnd() + (refused.Status is 401 or 403 ? " (is a role missing, or the clock wrong?)" : ""),
        AggregateException tries => Summary(tries.InnerExceptions[^1]),
        OperationCanceledException => "no answer in time",
        AuthenticationFailedException => "no token for this identity",
        _ => failure.GetType().Name,
    };
}
