using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.Adapters.AzureRest;

/// <summary>The pipeline of every client here: the framework's retries, then a signature made anew for each try, then the wire.</summary>
internal static class RestPipeline
{
    /// <param name="options">Retries, time limits and, in tests, the transport.</param>
    /// <param name="signature">Runs with each try, because a signature holds its time.</param>
    /// <param name="classifier">Which answers are worth another try; the framework's own rule where none is given.</param>
    public static HttpPipeline Build(RestClientOptions options, HttpPipelinePolicy signature, ResponseClassifier? classifier = null)
    {
        var parts = new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { signature },
            RequestFailedDetailsParser = RestErrors.Parser,
        };
        if (classifier is not null) parts.ResponseClassifier = classifier;
        return HttpPipelineBuilder.Build(parts);
    }

    /// <summary>The signature of production: a token of the program's managed identity, or of whoever is signed in on this machine.</summary>
    /// <param name="credential">From <see cref="Identities"/>.</param>
    /// <param name="scope">Such as <see cref="StorageScope"/>.</param>
    public static HttpPipelinePolicy Token(TokenCredential credential, string scope) => new BearerTokenAuthenticationPolicy(credential, scope);

    /// <summary>Tables and queues alike.</summary>
    public const string StorageScope = "https://storage.azure.com/.default";

    /// <summary>The answer is buffered whole, so that it can be read and told of after the exchange has ended.</summary>
    public static async ValueTask<global::Azure.Response> SendAsync(this HttpPipeline pipeline, Action<Request> fill, CancellationToken ct)
    {
        var request = pipeline.CreateRequest();
        fill(request);
        return await pipeline.SendRequestAsync(request, ct);
    }
}
