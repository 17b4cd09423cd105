using System.Text.Json;

namespace FeedbackFlow.App.Functions;

/// <summary>
/// What the Functions host posts for a trigger: <c>{"Data":{"NAME":…},"Metadata":{…}}</c>. A queue's text arrives as a JSON string that itself holds a quoted JSON string;
/// hosts have also sent it quoted once, and as the object itself. Numbers of the metadata are strings, and its names differ by case alone
/// (<c>Id</c> of the message, <c>id</c> of its content), so they are read as they are spelt.
/// </summary>
internal sealed class Invocation
{
    private const int MostQuotes = 3;
    private readonly JsonElement root;

    private Invocation(JsonElement root) => this.root = root;

    /// <summary>Null when the body is not such a call.</summary>
    public static async Task<Invocation?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            return json.RootElement.ValueKind == JsonValueKind.Object ? new(json.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of the queue's message; null when there is none.</summary>
    public string? Text(string binding)
    {
        if (Member("Data", binding) is not { } item) return null;
        for (var quotes = 0; quotes < MostQuotes; quotes++)
        {
            if (item.ValueKind != JsonValueKind.String) return item.GetRawText();
            var text = item.GetString()!;
            if (Parse(text) is not { ValueKind: JsonValueKind.String or JsonValueKind.Object } inner) return text;
            if (inner.ValueKind == JsonValueKind.Object) return text;
            item = inner;
        }

        return item.GetString();
    }

    /// <summary>How often the host has taken the message, this time included; null when it does not say.</summary>
    public int? DequeueCount => Member("Metadata", "DequeueCount") is { } count
        ? count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var number) ? number
            : count.ValueKind == JsonValueKind.String && int.TryParse(count.GetString(), System.Globalization.CultureInfo.InvariantCulture, out number) ? number : null
        : null;

    private JsonElement? Member(string part, string name) =>
        root.TryGetProperty(part, out var object1) && object1.ValueKind == JsonValueKind.Object && object1.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
