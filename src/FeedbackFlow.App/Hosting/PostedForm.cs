using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace FeedbackFlow.App.Hosting;

/// <summary>The fields of a posted body, whatever was posted.</summary>
internal static class PostedForm
{
    /// <summary>
    /// Empty when the body is no form; a form that ends in its middle or is written in UTF-7 is a bad request. The framework refuses a whole form for one NUL, which
    /// nobody types and some programs paste: it is left out, and the words are kept.
    /// </summary>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return FormCollection.Empty;
        request.EnableBuffering(bufferThreshold: (int)LimitedBody.Most);
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException) when (IsPlain(request))
        {
            var mended = await WithoutNulAsync(request, ct);
            // Whoever looks after us, such as the check of the antiforgery token, sees what we saw.
            request.HttpContext.Features.Set<IFormFeature>(new FormFeature(mended));
            return mended;
        }
        catch (Exception broken) when (broken is IOException and not BadHttpRequestException or NotSupportedException)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, broken);
        }
    }

    private static bool IsPlain(HttpRequest request) => request.ContentType!.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static async Task<IFormCollection> WithoutNulAsync(HttpRequest request, CancellationToken ct)
    {
        request.Body.Position = 0;
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var body = (await reader.ReadToEndAsync(ct)).Replace("%00", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        using var fields = new FormReader(body);
        return new FormCollection(await fields.ReadFormAsync(ct));
    }
}
