using System.Text.Encodings.Web;
using System.Text.Json;
using Azure;

namespace FeedbackFlow.Adapters.AzureRest.Tables;

/// <summary>One entity: two keys and up to 252 properties. Strings and 32-bit numbers are what the program stores.</summary>
internal sealed class TableEntity(string partitionKey, string rowKey)
{
    private const string ETagName = "odata.etag";
    private const string PartitionKeyName = "PartitionKey";
    private const string RowKeyName = "RowKey";

    // Hebrew stays as it is: escaped it would be six bytes a letter of the four megabytes of a batch.
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<string, object> properties = [];

    public string PartitionKey { get; } = partitionKey;

    public string RowKey { get; } = rowKey;

    /// <summary>Given by the service, opaque.</summary>
    public ETag ETag { get; init; }

    /// <summary>A string or an int.</summary>
    public object this[string name]
    {
        set => properties[name] = value;
    }

    public string? GetString(string name) => properties.GetValueOrDefault(name) as string;

    public int? GetInt32(string name) => properties.GetValueOrDefault(name) as int?;

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Unescaped))
        {
            json.WriteStartObject();
            json.WriteString(PartitionKeyName, PartitionKey);
            json.WriteString(RowKeyName, RowKey);
            foreach (var (name, value) in properties)
            {
                if (value is int number) json.WriteNumber(name, number);
                else json.WriteString(name, (string)value);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Types that are not stored here (a time stamp, annotations) are passed over.</summary>
    public static TableEntity Read(JsonElement json)
    {
        var entity = new TableEntity(json.GetProperty(PartitionKeyName).GetString()!, json.GetProperty(RowKeyName).GetString()!)
        {
            ETag = json.TryGetProperty(ETagName, out var etag) ? new(etag.GetString()!) : default,
        };
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name is PartitionKeyName or RowKeyName or ETagName) continue;
            if (property.Value.ValueKind == JsonValueKind.String) entity.properties[property.Name] = property.Value.GetString()!;
            else if (property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out var number)) entity.properties[property.Name] = number;
        }

        return entity;
    }
}
