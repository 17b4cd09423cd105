using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Reviews;

/// <summary>
/// Reads a JWKS (RFC 7517) and keeps it for an hour. Keys that are old are better than none while the issuer cannot be reached, up to a day; and a key
/// id nobody knows makes it look again at most once a minute, so that made-up ids cost the issuer nothing. Many who ask at once wait for one answer.
/// </summary>
public sealed class HttpPublishedKeys(HttpClient http, TimeProvider clock) : IPublishedKeys
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Uri, Known> known = new();
    private readonly ConcurrentDictionary<Uri, Task<IReadOnlyList<PublishedKey>?>> looking = new();

    private sealed record Known(IReadOnlyList<PublishedKey>? Keys, DateTimeOffset ReadAt, DateTimeOffset TriedAt);

    public async Task<IReadOnlyList<PublishedKey>?> KeysAsync(Uri address, string? unknown, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var (now, before) = (clock.GetUtcNow(), known.GetValueOrDefault(address));
        var isFresh = before?.Keys is not null && now - before.ReadAt < Fresh && unknown is null;
        if (before is not null && (isFresh || now - before.TriedAt < Pause)) return before.Keys;
        // The look is nobody's own: who hangs up leaves it to the others.
        return await looking.GetOrAdd(address, LookAsync).WaitAsync(ct);
    }

    private async Task<IReadOnlyList<PublishedKey>?> LookAsync(Uri address)
    {
        await Task.Yield();
        try
        {
            var (now, before) = (clock.GetUtcNow(), known.GetValueOrDefault(address));
            var read = await ReadAsync(address);
            var kept = read ?? (before is not null && now - before.ReadAt < Usable ? before.Keys : null);
            known[address] = new(kept, read is null ? before?.ReadAt ?? now : now, now);
            return kept;
        }
        finally
        {
            looking.TryRemove(address, out _);
        }
    }

    /// <summary>Null for everything that is not at least one key.</summary>
    private async Task<IReadOnlyList<PublishedKey>?> ReadAsync(Uri address)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode || await LimitedAnswer.ReadAsync(response, limit.Token) is not { } body) return null;
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("keys").EnumerateArray().Select(KeyOf).OfType<PublishedKey>().ToList() is { Count: > 0 } keys ? keys : null;
        }
        catch (Exception unreadable) when (unreadable is OperationCanceledException or HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static PublishedKey? KeyOf(JsonElement key) =>
        Text(key, "kty") == "RSA" && Text(key, "kid") is { } name && Bytes(key, "n") is { } modulus && Bytes(key, "e") is { } exponent ? new(name, modulus, exponent) : null;

    private static byte[]? Bytes(JsonElement key, string name) => Text(key, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private static string? Text(JsonElement key, string name) =>
        key.ValueKind == JsonValueKind.Object && key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
