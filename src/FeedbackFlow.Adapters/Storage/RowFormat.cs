using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FeedbackFlow.Adapters.Storage.Engines;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>How a thing becomes the body of a row: JSON with Hebrew as it is, enums by name, nothing that can be computed.</summary>
internal static class RowFormat
{
    /// <summary>Version of the bodies written here. Older ones are read; a newer one is refused rather than half understood.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Bodies never stand inside HTML, so nothing but JSON's own characters needs escaping.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(Row row)
    {
        if (row.Version > Version)
            throw new NotSupportedException($"Row '{row.Key}' has format {row.Version}; this program knows up to {Version}. Update the program.");
        return JsonSerializer.Deserialize<T>(row.Body, Options) ?? throw new InvalidDataException($"Row '{row.Key}' is empty.");
    }
}
