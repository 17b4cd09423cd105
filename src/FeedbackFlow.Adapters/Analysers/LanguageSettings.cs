using Azure;
using FeedbackFlow.Adapters.AzureRest;
using FeedbackFlow.Adapters.AzureRest.Language;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Adapters.Analysers;

/// <param name="Endpoint">Of the resource's own subdomain: <c>https://NAME.cognitiveservices.azure.com</c>.</param>
/// <param name="Key">Null in production: the identity's token.</param>
/// <param name="ClientId">Of the managed identity; null for whoever is signed in on this machine.</param>
/// <param name="Asks">When it is asked.</param>
public sealed record LanguageSettings(Uri Endpoint, string? Key, string? ClientId, AskPolicy Asks)
{
    internal IAnalyser Analyser(TimeProvider clock)
    {
        var options = new TextAnalyticsClientOptions();
        var client = string.IsNullOrEmpty(Key)
            ? new TextAnalyticsClient(Endpoint, Identities.Of(ClientId), options)
            : new TextAnalyticsClient(Endpoint, new AzureKeyCredential(Key), options);
        return new LanguageAnalyser(client, clock);
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Endpoint} {Asks}";
}
