using System.Text.Json;
using System.Text.Unicode;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>A delivery's bytes as JSON from which every string can be read.</summary>
internal sealed record JsonBody(JsonElement Root, Refusal? Refusal)
{
    /// <summary>Deeper than any sender writes, and shallow enough for the stack.</summary>
    private const int MostDepth = 64;

    public static JsonBody Parse(ReadOnlyMemory<byte> body)
    {
        // The byte order mark is no part of JSON, but some senders write it.
        var bytes = body.Span.StartsWith("\ufeff"u8) ? body[3..] : body;
        if (!Utf8.IsValid(bytes.Span)) return No(RefusalReason.NotUtf8, "The body is not UTF-8. Send JSON in UTF-8 (RFC 8259, 8.1).");
        try
        {
            using var document = JsonDocument.Parse(WithWholePairs(bytes), new JsonDocumentOptions { MaxDepth = MostDepth });
            return new(document.RootElement.Clone(), null);
        }
        catch (JsonException broken)
        {
            return No(RefusalReason.NotJson, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}: this is not JSON."));
        }
    }

    private static JsonBody No(RefusalReason reason, string detail) => new(default, new(reason, detail));

    /// <summary>
    /// JSON may escape half a surrogate pair, which is no text. Such a half becomes U+FFFD before the body is parsed: both escapes have six bytes,
    /// and afterwards no string of the document can fail to be read.
    /// </summary>
    private static ReadOnlyMemory<byte> WithWholePairs(ReadOnlyMemory<byte> body)
    {
        byte[]? repaired = null;
        var bytes = body.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\\') continue;
            if (Escaped(bytes, i) is not { } unit)
            {
                i++;
                continue;
            }

            if (char.IsHighSurrogate(unit) && Escaped(bytes, i + 6) is { } low && char.IsLowSurrogate(low)) i += 11;
            else
            {
                if (char.IsSurrogate(unit)) "\\ufffd"u8.CopyTo((repaired ??= body.ToArray()).AsSpan(i));
                i += 5;
            }
        }

        return repaired ?? body;
    }

    /// <summary>The UTF-16 unit of a <c>\uXXXX</c> that begins here; null where none does.</summary>
    private static char? Escaped(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 6 > bytes.Length || bytes[at] != '\\' || bytes[at + 1] != 'u') return null;
        return System.Buffers.Text.Utf8Parser.TryParse(bytes.Slice(at + 2, 4), out ushort unit, out var used, 'x') && used == 4 ? (char)unit : null;
    }
}
