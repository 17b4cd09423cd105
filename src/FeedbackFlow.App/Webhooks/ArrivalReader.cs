using FeedbackFlow.Pipeline.Intake.Webhooks;
using Microsoft.Extensions.Primitives;

namespace FeedbackFlow.App.Webhooks;

/// <summary>From a request to an <see cref="Arrival"/>: the body is read once, as bytes, and never changed.</summary>
internal static class ArrivalReader
{
    public static async Task<Arrival> ReadAsync(HttpRequest request, string? pathToken, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return new(MediaType(request.ContentType), Flat(request.Headers), Flat(request.Query), body.ToArray(), pathToken);
    }

    private static string MediaType(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    private static Dictionary<string, string> Flat(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var flat = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values) flat[name] = value.ToString();
        return flat;
    }
}
