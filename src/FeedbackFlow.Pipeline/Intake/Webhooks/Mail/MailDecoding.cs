using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Mail;

/// <summary>Transfer encodings of bodies (RFC 2045, 6) and encoded words of headers (RFC 2047). What is broken is read as far as it goes.</summary>
internal static partial class MailDecoding
{
    public static byte[] Body(ReadOnlyMemory<byte> body, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body.Span),
        "quoted-printable" => QuotedPrintable(body.Span, inHeader: false),
        _ => body.ToArray(),
    };

    /// <summary>A header's text: neighbours that are both encoded belong together without the blank between them, and some programs cut a letter in two.</summary>
    public static string Header(string? value)
    {
        if (value is null) return "";
        var (text, at) = (new StringBuilder(), 0);
        var (run, charset) = (new List<byte>(), "");
        var joined = BetweenWords().Replace(value, "?==?");
        foreach (Match word in EncodedWord().Matches(joined))
        {
            var named = word.Groups[1].Value.Split('*')[0];
            if (word.Index > at || !named.Equals(charset, StringComparison.OrdinalIgnoreCase)) Flush();
            text.Append(joined, at, word.Index - at);
            var letters = Encoding.ASCII.GetBytes(word.Groups[3].Value);
            run.AddRange(word.Groups[2].Value is "B" or "b" ? Base64(letters) : QuotedPrintable(letters, inHeader: true));
            (charset, at) = (named, word.Index + word.Length);
        }

        Flush();
        return text.Append(joined, at, joined.Length - at).ToString();

        void Flush()
        {
            text.Append(MailCharset.Decode([.. run], charset));
            run.Clear();
        }
    }

    private static byte[] Base64(ReadOnlySpan<byte> text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var b in text)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/') digits.Append((char)b);
            else if (b == '=') break;
        }

        while (digits.Length % 4 == 1) digits.Length--;
        while (digits.Length % 4 != 0) digits.Append('=');
        return Convert.FromBase64String(digits.ToString());
    }

    private static byte[] QuotedPrintable(ReadOnlySpan<byte> text, bool inHeader)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (inHeader && text[i] == '_')
            {
                bytes.Add((byte)' ');
            }
            else if (text[i] != '=')
            {
                bytes.Add(text[i]);
            }
            else if (i + 2 < text.Length && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else if (i + 1 < text.Length && text[i + 1] == '\n')
            {
                i++;
            }
            else if (i + 2 < text.Length && text[i + 1] == '\r' && text[i + 2] == '\n')
            {
                i += 2;
            }
            else
            {
                bytes.Add(text[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"=\?([^?\s]{1,60})\?([BbQq])\?([^?\s]*)\?=", RegexOptions.NonBacktracking)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.NonBacktracking)]
    private static partial Regex BetweenWords();
}
