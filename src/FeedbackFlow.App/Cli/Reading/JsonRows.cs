using System.Text.Json;
using System.Text.Json.Nodes;

namespace FeedbackFlow.App.Cli.Reading;

/// <summary>One JSON object a line.</summary>
internal static class JsonRows
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 32 };

    public static IEnumerable<SourceRow> Read(SourceLines lines, string textColumn)
    {
        while (lines.Read() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line.Text)) yield return Row(line, textColumn);
        }
    }

    private static SourceRow Row(SourceLine line, string textColumn)
    {
        if (line.IsCut) return SourceRow.Bad(line.Number, null, "the row is too long");
        try
        {
            using var document = JsonDocument.Parse(line.Text, Shallow);
            var row = document.RootElement;
            return row.ValueKind == JsonValueKind.Object ? Row(line.Number, row, textColumn) : SourceRow.Bad(line.Number, null, "not a JSON object");
        }
        catch (JsonException broken)
        {
            return SourceRow.Bad(line.Number, null, $"not JSON, at byte {broken.BytePositionInLine + 1}");
        }
    }

    private static SourceRow Row(long line, JsonElement row, string textColumn)
    {
        var id = row.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.String or JsonValueKind.Number ? JsonNode.Parse(given.GetRawText()) : null;
        if (!row.TryGetProperty(textColumn, out var words)) return SourceRow.Bad(line, id, $"there is no '{textColumn}'");
        if (words.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) return SourceRow.Bad(line, id, $"'{textColumn}' is no string");
        var rating = row.TryGetProperty("rating", out var nested) && nested.ValueKind == JsonValueKind.Object ? nested : row;
        try
        {
            return rating.TryGetProperty("scale", out var scale) && rating.TryGetProperty("value", out var value)
                ? Rated(line, id, words.GetString(), scale, value)
                : new(line, id, words.GetString(), null, null, null);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: legal JSON grammar, but no text.
            return SourceRow.Bad(line, id, "a string holds half a character");
        }
    }

    private static SourceRow Rated(long line, JsonNode? id, string? words, JsonElement scale, JsonElement value)
    {
        if (scale.ValueKind == JsonValueKind.Null && value.ValueKind == JsonValueKind.Null) return new(line, id, words, null, null, null);
        if (scale.ValueKind != JsonValueKind.String) return SourceRow.Bad(line, id, "scale is no string");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var score)
            ? new(line, id, words, scale.GetString(), score, null)
            : SourceRow.Bad(line, id, "value is no whole number");
    }
}
