namespace FeedbackFlow.App.Hosting;

/// <summary>The fields of a posted body, whatever was posted.</summary>
internal static class PostedForm
{
    /// <summary>Empty when the body is no form; a form that ends in its middle or is written in UTF-7 is a bad request.</summary>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return FormCollection.Empty;
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception broken) when (broken is IOException and not BadHttpRequestException or NotSupportedException)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, broken);
        }
    }
}
