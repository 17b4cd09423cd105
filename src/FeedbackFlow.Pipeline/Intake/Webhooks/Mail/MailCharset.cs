using System.Text;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Mail;

/// <summary>Bytes of a message as text. Hebrew mail still comes in windows-1255 and ISO-8859-8-I, which is logical order and the same bytes as ISO-8859-8.</summary>
internal static class MailCharset
{
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset) => Of(charset, bytes).GetString(bytes);

    private static Encoding Of(string? charset, ReadOnlySpan<byte> bytes)
    {
        var name = charset?.Trim().Trim('"', '\'').ToLowerInvariant();
        switch (name)
        {
            case "utf-8" or "utf8":
                return Encoding.UTF8;
            case null or "" or "us-ascii" or "ascii":
                // Nobody said, or said less than is there.
                return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Pages(1255);
            case "iso-8859-8-i" or "iso-8859-8-e" or "iso-8859-8" or "csiso88598i" or "hebrew" or "visual" or "logical":
                return Pages(28598);
            case "windows-1255" or "cp1255" or "x-cp1255":
                return Pages(1255);
            default:
                return Named(name) ?? Encoding.UTF8;
        }
    }

    private static Encoding Pages(int page) => CodePagesEncodingProvider.Instance.GetEncoding(page)!;

    private static Encoding? Named(string name)
    {
        try
        {
            // UTF-7 hides anything in ASCII; nobody writes it any more.
            return name.Contains("utf-7", StringComparison.Ordinal) ? null : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
