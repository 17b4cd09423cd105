
namespace FeedbackFlow.Pipeline.Intake.Webhooks.Mail;

/// <summary>One part of a message: its header fields and its bytes (RFC 5322, RFC 2045). The message itself is one, too.</summary>
internal sealed class MailEntity
{
    private const int MostHeaderBytes = 64 * 1024;
    private const int MostFields = 500;
    private readonly List<(string Name, string Value)> fields = [];

    private MailEntity(ReadOnlyMemory<byte> body) => Body = body;

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Null when no header field comes before the first empty line: then it is no message.</summary>
    public static MailEntity? Read(ReadOnlyMemory<byte> bytes)
    {
        var (head, body) = Split(bytes);
        if (head.Length > MostHeaderBytes) return null;
        var entity = new MailEntity(body);
        // Bytes beyond ASCII in a header are UTF-8 today (RFC 6532), and windows-1255 from old programs.
        var lines = MailCharset.Decode(head.Span, null).Split('\n');
        foreach (var raw in lines)
        {
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t' && entity.fields.Count > 0) entity.fields[^1] = (entity.fields[^1].Name, entity.fields[^1].Value + " " + line.Trim());
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && entity.fields.Count < MostFields && line[..colon].All(c => c is > ' ' and < '\x7f'))
                entity.fields.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        return entity;
    }

    public bool HasFields => fields.Count > 0;

    public string? Field(string name)
    {
        var found = fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Name is null ? null : found.Value;
    }

    public string MediaType => (Field("Content-Type") ?? "text/plain").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>A parameter of Content-Type, such as <c>charset</c> or <c>boundary</c>.</summary>
    public string? Parameter(string name)
    {
        foreach (var piece in (Field("Content-Type") ?? "").Split(';').Skip(1))
        {
            var pair = piece.Split('=', 2);
            if (pair.Length == 2 && pair[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return pair[1].Trim().Trim('"');
        }

        return null;
    }

    private static (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body) Split(ReadOnlyMemory<byte> bytes)
    {
        var (windows, unix) = (bytes.Span.IndexOf("\r\n\r\n"u8), bytes.Span.IndexOf("\n\n"u8));
        if (windows >= 0 && (unix < 0 || windows < unix)) return (bytes[..windows], bytes[(windows + 4)..]);
        return unix < 0 ? (bytes, default) : (bytes[..unix], bytes[(unix + 2)..]);
    }
}
