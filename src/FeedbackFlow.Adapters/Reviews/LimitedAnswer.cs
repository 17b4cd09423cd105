namespace FeedbackFlow.Adapters.Reviews;

/// <summary>An answer of somebody else's server, read no further than an honest one is long: its length is often not told beforehand.</summary>
internal static class LimitedAnswer
{
    private const int MostBytes = 256 * 1024;

    /// <summary>Null where it is longer.</summary>
    public static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > MostBytes) return null;
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var (bytes, read) = (new byte[MostBytes + 1], 0);
        while (read < bytes.Length && await body.ReadAsync(bytes.AsMemory(read), ct) is > 0 and var more) read += more;
        return read > MostBytes ? null : bytes[..read];
    }
}
