using System.Text;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>The text fields of a <c>multipart/form-data</c> body (RFC 7578). Files are passed over.</summary>
internal static class FormParts
{
    private const int MostParts = 100;
    private const int LongestBoundary = 70;

    /// <summary>Null when the body is not made of parts with the boundary that the header names. Of a name that comes twice the first counts.</summary>
    public static IReadOnlyDictionary<string, string>? Read(Arrival arrival)
    {
        if (Boundary(arrival.Header("Content-Type")) is not { } boundary) return null;
        var body = arrival.Body.Span;
        var mark = Encoding.ASCII.GetBytes("--" + boundary);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = body.IndexOf(mark);
        if (at < 0) return null;
        for (var count = 0; count < MostParts; count++)
        {
            body = body[(at + mark.Length)..];
            if (body.StartsWith("--"u8)) return parts;
            // A line ends in CRLF; what was kept in a file or passed on by hand may have lost the CR.
            at = body.IndexOf([(byte)'\n', .. mark]);
            if (at < 0) return null;
            Add(parts, at > 0 && body[at - 1] == '\r' ? body[..(at - 1)] : body[..at]);
            at++;
        }

        return null;
    }

    private static void Add(Dictionary<string, string> parts, ReadOnlySpan<byte> part)
    {
        var (windows, unix) = (part.IndexOf("\r\n\r\n"u8), part.IndexOf("\n\n"u8));
        var (end, gap) = windows >= 0 && (unix < 0 || windows < unix) ? (windows, 4) : (unix, 2);
        if (end < 0) return;
        var head = Encoding.UTF8.GetString(part[..end]);
        var disposition = head.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase));
        if (disposition is null || Parameter(disposition, "filename") is not null || Parameter(disposition, "name") is not { } name) return;
        parts.TryAdd(name, Encoding.UTF8.GetString(part[(end + gap)..]));
    }

    private static string? Boundary(string? contentType) =>
        contentType is not null && Parameter(contentType, "boundary") is { Length: > 0 and <= LongestBoundary } boundary && boundary.All(c => c is > ' ' and < '\x7f') ? boundary : null;

    private static string? Parameter(string header, string name)
    {
        foreach (var piece in header.Split(';').Skip(1))
        {
            var pair = piece.Split('=', 2);
            if (pair.Length == 2 && pair[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return pair[1].Trim().Trim('"');
        }

        return null;
    }
}
