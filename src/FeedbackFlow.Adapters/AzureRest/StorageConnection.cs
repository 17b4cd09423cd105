using Azure.Core;

namespace FeedbackFlow.Adapters.AzureRest;

/// <summary>Where tables and queues of an account are, and how requests to them are signed: exactly one of key and token is set.</summary>
internal sealed record StorageConnection(Uri Tables, Uri Queues, StorageSharedKeyCredential? Key, TokenCredential? Token)
{
    // The emulator's account is public: it is the same on every machine and opens nothing else.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Reads <c>UseDevelopmentStorage=true</c>, or <c>AccountName=…;AccountKey=…</c> with <c>TableEndpoint</c> and <c>QueueEndpoint</c>, or with an <c>EndpointSuffix</c>.</summary>
    /// <exception cref="FormatException">Says what is missing, never what stands there: it may be a key.</exception>
    public static StorageConnection Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (parts.GetValueOrDefault("UseDevelopmentStorage")?.Equals("true", StringComparison.OrdinalIgnoreCase) == true)
        {
            return new(
                new($"http://127.0.0.1:10002/{EmulatorAccount}"), new($"http://127.0.0.1:10001/{EmulatorAccount}"), new(EmulatorAccount, EmulatorKey), null);
        }

        return new(Endpoint(parts, "table"), Endpoint(parts, "queue"), Credential(parts), null);
    }

    private static StorageSharedKeyCredential Credential(Dictionary<string, string> parts)
    {
        try
        {
            return new(Part(parts, "AccountName"), Part(parts, "AccountKey"));
        }
        catch (FormatException wrong) when (parts.ContainsKey("AccountKey") && parts.ContainsKey("AccountName"))
        {
            throw new FormatException("AccountKey is not Base64.", wrong);
        }
    }

    private static Uri Endpoint(Dictionary<string, string> parts, string service)
    {
        var given = parts.GetValueOrDefault($"{service}Endpoint");
        var address = given ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol") ?? "https"}://{Part(parts, "AccountName")}.{service}.{parts.GetValueOrDefault("EndpointSuffix") ?? "core.windows.net"}";
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new FormatException($"The address of the {service} service is not an absolute http or https address.");
    }

    private static string Part(Dictionary<string, string> parts, string name) =>
        parts.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new FormatException($"{name} is missing.");
}
