namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>One request to a source's address as it came: the very bytes that were signed, and what stood around them.</summary>
/// <param name="ContentType">Media type in lower case without parameters; empty where none was given.</param>
/// <param name="Headers">By name, in whatever case.</param>
/// <param name="PathToken">What followed the source's name in the address after a dot; null where nothing did.</param>
public sealed record Arrival(
    string ContentType, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query, ReadOnlyMemory<byte> Body, string? PathToken)
{
    /// <summary>Null where the header is missing or empty.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>What was signed were the bytes before or after it: nobody says which, so none is believed.</summary>
    public bool IsCompressed => Header("Content-Encoding") is { } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    public bool IsJson => ContentType is "application/json" or "text/json" || ContentType.EndsWith("+json", StringComparison.Ordinal);
}
