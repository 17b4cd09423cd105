using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace FeedbackFlow.Adapters.AzureRest;

/// <summary>
/// Reads what a service says about a failure. The header <c>x-ms-error-code</c> is believed first; bodies are JSON
/// (<c>{"odata.error":{"code","message":{"value"}}}</c> of Tables, <c>{"error":{"code","message"}}</c> of the others), XML
/// (<c>&lt;Error&gt;&lt;Code&gt;</c> of Queues and of malformed requests), or anything else when something stands in between.
/// </summary>
internal static class RestErrors
{
    private const string CodeHeader = "x-ms-error-code";

    public static RequestFailedDetailsParser Parser { get; } = new DetailsParser();

    /// <summary>The code and text of a failure as far as they can be read.</summary>
    public static ResponseError Read(string? header, string? body)
    {
        var (code, message) = ReadJson(body) ?? ReadXml(body) ?? (null, null);
        return new(header ?? code, message);
    }

    private static (string? Code, string? Message)? ReadJson(string? body)
    {
        if (body is null || !body.AsSpan().TrimStart().StartsWith("{")) return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (!json.RootElement.TryGetProperty("odata.error", out var error) && !json.RootElement.TryGetProperty("error", out error)) return null;
            if (error.ValueKind != JsonValueKind.Object) return null;
            return (Text(error, "code"), error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object ? Text(message, "value") : Text(error, "message"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static (string? Code, string? Message)? ReadXml(string? body)
    {
        if (body is null || !body.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("<")) return null;
        try
        {
            var root = XDocument.Parse(body.TrimStart('\uFEFF')).Root!;
            return (Child(root, "code"), Child(root, "message"));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string? Child(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(child => child.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    private sealed class DetailsParser : RequestFailedDetailsParser
    {
        public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
        {
            data = null;
            error = Read(response.Headers.TryGetValue(CodeHeader, out var header) ? header : null, response.ContentStream is null ? null : response.Content.ToString());
            return error.Code is not null || error.Message is not null;
        }
    }
}
