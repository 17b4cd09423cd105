using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Reviews;

/// <summary>
/// Reads a JWKS (RFC 7517) and keeps it for an hour. Keys that are old are better than none while the issuer cannot be reached, up to a day; and a key
/// id nobody knows makes it look again at most once a minute, so that made-up ids cost the issuer nothing.
/// </summary>
public sealed class HttpPublishedKeys(HttpClient http, TimeProvider clock) : IPublishedKeys
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Uri, Known> known = new();

    private sealed record Known(IReadOnlyList<PublishedKey>? Keys, DateTimeOffset ReadAt, DateTimeOffset TriedAt);

    public async Task<IReadOnlyList<PublishedKey>?> KeysAsync(Uri address, string? unknown, CancellationToken ct)
    {
        var (now, before) = (clock.GetUtcNow(), known.GetValueOrDefault(address));
        var isFresh = before?.Keys is not null && now - before.ReadAt < Fresh && unknown is null;
        if (before is not null && (isFresh || now - before.TriedAt < Pause)) return before.Keys;
        var read = await ReadAsync(address, ct);
        var kept = read ?? (before is not null && now - before.ReadAt < Usable ? before.Keys : null);
        known[address] = new(kept, read is null ? before?.ReadAt ?? now : now, now);
        return kept;
    }

    private async Task<IReadOnlyList<PublishedKey>?> ReadAsync(Uri address, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseContentRead, limit.Token);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > MostBytes) return null;
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(limit.Token));
            return [.. document.RootElement.GetProperty("keys").EnumerateArray().Select(KeyOf).OfType<PublishedKey>()];
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static PublishedKey? KeyOf(JsonElement key) =>
        key.TryGetProperty("kty", out var type) && type.GetString() == "RSA"
        && key.TryGetProperty("kid", out var id) && id.GetString() is { } name
        && Bytes(key, "n") is { } modulus && Bytes(key, "e") is { } exponent
            ? new(name, modulus, exponent)
            : null;

    private static byte[]? Bytes(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.GetString() is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
