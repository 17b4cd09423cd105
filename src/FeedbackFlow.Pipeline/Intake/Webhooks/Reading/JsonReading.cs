using System.Globalization;
using System.Text.Json;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>Reads what senders write loosely: numbers as strings, absent as null, empty or missing. Nothing here throws.</summary>
internal static class JsonReading
{
    /// <summary>Larger numbers are milliseconds: as seconds they would lie after the year 5138.</summary>
    private const long MostSeconds = 100_000_000_000;

    /// <summary>The value under a path of names; undefined where there is none.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return default;
        }

        return element;
    }

    /// <summary>The first of several spellings that is there.</summary>
    public static JsonElement Either(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.At(name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } found) return found;
        }

        return default;
    }

    public static bool IsThere(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A string or number or truth as text; null for an empty one and for everything else.</summary>
    public static string? Text(this JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Text, or several joined: for answers with many choices.</summary>
    public static string? Joined(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? string.Join(", ", element.EnumerateArray().Select(item => item.Text() ?? item.Either("label", "name", "text").Text()).OfType<string>()) is { Length: > 0 } joined ? joined : null
            : element.Text() ?? element.Either("label", "name", "text").Text();

    public static bool Flag(this JsonElement element) => element.Text()?.Trim().ToLowerInvariant() is "true" or "1" or "yes" or "on" or "כן";

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>ISO 8601, or Unix seconds or milliseconds.</summary>
    public static DateTimeOffset? Time(this JsonElement element) => TimeOf(element.Text());

    public static DateTimeOffset? TimeOf(string? text)
    {
        if (text is null) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number switch
            {
                <= 0 => null,
                < MostSeconds => DateTimeOffset.FromUnixTimeSeconds(number),
                < MostSeconds * 1_000 => DateTimeOffset.FromUnixTimeMilliseconds(number),
                _ => null,
            };
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
