using Azure.Core;

namespace FeedbackFlow.Adapters.AzureRest.Tables;

/// <summary>The outer 202 of a batch says nothing: a busy service says so inside, and that is worth another try like any other 503.</summary>
internal sealed class BatchClassifier : ResponseClassifier
{
    public override bool IsRetriableResponse(HttpMessage message) => base.IsRetriableResponse(message) || InnerStatus(message) is 408 or 429 or >= 500;

    private static int? InnerStatus(HttpMessage message)
    {
        if (message.Response is not { Status: 202, ContentStream: { CanSeek: true } stream } response) return null;
        var at = stream.Position;
        try
        {
            return TableBatch.Read(response.Content.ToString())[0].Status;
        }
        catch (FormatException)
        {
            // Its reader will say so.
            return null;
        }
        finally
        {
            stream.Position = at;
        }
    }
}
