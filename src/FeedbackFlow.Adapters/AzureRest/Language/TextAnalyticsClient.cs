using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.Adapters.AzureRest.Language;

internal sealed class TextAnalyticsClientOptions : RestClientOptions
{
    public const string LatestVersion = "2023-04-01";

    /// <param name="apiVersion">A version whose sentiment part has the shape of 2023-04-01: 2022-05-01 to 2025-11-01 do.</param>
    public TextAnalyticsClientOptions(string apiVersion = LatestVersion)
    {
        ApiVersion = apiVersion;
        // A customer waits: one try, and a Retry-After is for the next customer's text, not for this one.
        Retry.MaxRetries = 0;
    }

    public string ApiVersion { get; }
}

internal sealed record TextDocumentInput(string Id, string Text, string Language);

/// <param name="IncludeOpinionMining">Also what was judged, and how.</param>
/// <param name="DisableServiceLogs">True: the service keeps nothing of the texts.</param>
internal sealed record AnalyzeSentimentOptions(bool IncludeOpinionMining = true, bool DisableServiceLogs = true, string ModelVersion = "latest");

/// <summary>
/// Sentiment over REST, in the names and shapes of the official <c>Azure.AI.TextAnalytics.TextAnalyticsClient</c>, so that the package can take the place of this folder.
/// Failures throw <see cref="RequestFailedException"/>; an answer that cannot be read throws <see cref="JsonException"/>, <see cref="KeyNotFoundException"/>,
/// <see cref="FormatException"/> or <see cref="InvalidOperationException"/>.
/// </summary>
internal sealed class TextAnalyticsClient
{
    /// <summary>Documents of one request; the service refuses more.</summary>
    public const int MostDocuments = 10;

    private const string Scope = "https://cognitiveservices.azure.com/.default";
    private readonly Uri address;
    private readonly HttpPipeline pipeline;

    /// <param name="endpoint">Of the resource's own subdomain, which tokens need: <c>https://NAME.cognitiveservices.azure.com</c>.</param>
    public TextAnalyticsClient(Uri endpoint, TokenCredential credential, TextAnalyticsClientOptions options) : this(endpoint, RestPipeline.Token(credential, Scope), options)
    {
    }

    public TextAnalyticsClient(Uri endpoint, AzureKeyCredential credential, TextAnalyticsClientOptions options) : this(endpoint, new KeyPolicy(credential), options)
    {
    }

    private TextAnalyticsClient(Uri endpoint, HttpPipelinePolicy signature, TextAnalyticsClientOptions options)
    {
        address = new($"{endpoint.AbsoluteUri.TrimEnd('/')}/language/:analyze-text?api-version={Uri.EscapeDataString(options.ApiVersion)}");
        pipeline = RestPipeline.Build(options, signature);
    }

    /// <param name="documents">1 to 10, each with an id of its own and at most 5,120 text elements.</param>
    public async Task<Response<AnalyzeSentimentResultCollection>> AnalyzeSentimentBatchAsync(
        IReadOnlyList<TextDocumentInput> documents, AnalyzeSentimentOptions? options = null, CancellationToken ct = default)
    {
        if (documents.Count is 0 or > MostDocuments) throw new ArgumentException($"A request has 1 to {MostDocuments} documents, not {documents.Count}.", nameof(documents));
        var body = Body(documents, options ?? new());
        var response = await pipeline.SendAsync(request =>
        {
            request.Method = RequestMethod.Post;
            request.Uri.Reset(address);
            request.Headers.SetValue("Accept", "application/json");
            request.Headers.SetValue("Content-Type", "application/json");
            request.Content = RequestContent.Create(body);
        }, ct);
        if (response.Status != 200) throw new RequestFailedException(response);
        using var json = JsonDocument.Parse(response.Content);
        return Response.FromValue(AnalyzeSentimentResultCollection.Read(json.RootElement), response);
    }

    private static byte[] Body(IReadOnlyList<TextDocumentInput> documents, AnalyzeSentimentOptions options) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        kind = "SentimentAnalysis",
        // The offsets then are those of .NET strings.
        parameters = new { modelVersion = options.ModelVersion, opinionMining = options.IncludeOpinionMining, loggingOptOut = options.DisableServiceLogs, stringIndexType = "Utf16CodeUnit" },
        analysisInput = new { documents = documents.Select(document => new { id = document.Id, language = document.Language, text = document.Text }) },
    });

    private sealed class KeyPolicy(AzureKeyCredential credential) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("Ocp-Apim-Subscription-Key", credential.Key);
    }
}
