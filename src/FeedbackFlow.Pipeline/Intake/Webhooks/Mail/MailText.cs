using System.Text;
using System.Text.RegularExpressions;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Mail;

/// <summary>What the writer wrote: the plain part, else the HTML without its tags; without what was quoted and without the signature.</summary>
internal static partial class MailText
{
    private const int MostDepth = 8;
    private const int MostParts = 60;
    private const int LongestText = 400_000;

    public static string Of(MailEntity message)
    {
        var left = MostParts;
        var (plain, html) = Find(message, 0, ref left);
        return OwnWords(plain ?? (html is null ? "" : WithoutTags(html)));
    }

    /// <summary>The first text of each kind; attachments are passed over.</summary>
    private static (string? Plain, string? Html) Find(MailEntity entity, int depth, ref int left)
    {
        if (depth > MostDepth || left-- <= 0) return (null, null);
        if (entity.MediaType.StartsWith("multipart/", StringComparison.Ordinal))
        {
            string? plain = null, html = null;
            foreach (var part in Parts(entity))
            {
                var found = Find(part, depth + 1, ref left);
                (plain, html) = (plain ?? found.Plain, html ?? found.Html);
                if (plain is not null) break;
            }

            return (plain, html);
        }

        if (entity.Field("Content-Disposition")?.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true) return (null, null);
        if (entity.MediaType is not ("text/plain" or "text/html")) return (null, null);
        var text = MailCharset.Decode(MailDecoding.Body(entity.Body, entity.Field("Content-Transfer-Encoding")), entity.Parameter("charset"));
        if (text.Length > LongestText) text = text[..LongestText];
        if (string.IsNullOrWhiteSpace(text)) return (null, null);
        return entity.MediaType == "text/plain" ? (text, null) : (null, text);
    }

    private static List<MailEntity> Parts(MailEntity entity)
    {
        var parts = new List<MailEntity>();
        if (entity.Parameter("boundary") is not { Length: > 0 and <= 100 } boundary) return parts;
        var mark = Encoding.UTF8.GetBytes("--" + boundary);
        var rest = entity.Body;
        var at = rest.Span.IndexOf(mark);
        while (at >= 0 && parts.Count < MostParts)
        {
            rest = rest[(at + mark.Length)..];
            if (rest.Span.StartsWith("--"u8)) break;
            if (rest.Span.IndexOf((byte)'\n') is >= 0 and var end) rest = rest[(end + 1)..];
            at = rest.Span.IndexOf(mark);
            if (MailEntity.Read(at < 0 ? rest : rest[..at]) is { } part) parts.Add(part);
        }

        return parts;
    }

    /// <summary>Up to the first line that begins a quotation or the signature; quoted lines before it are left out.</summary>
    private static string OwnWords(string text)
    {
        var own = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            // Mail programs wrap names and addresses of a Hebrew line in marks of direction.
            var trimmed = string.Concat(line.Where(c => !PlainText.IsInvisibleMark(c))).Trim();
            if (line is "-- " or "--" || QuotesFromHere().IsMatch(trimmed)) break;
            if (!trimmed.StartsWith('>')) own.Add(line.TrimEnd());
        }

        var words = string.Join('\n', own).Trim();
        // Everything was quoted: better too much than nothing.
        return words.Length > 0 ? words : text.Trim();
    }

    private static string WithoutTags(string html)
    {
        var text = Invisible().Replace(html, " ");
        text = QuotedBlock().Replace(text, "\n");
        text = Whitespace().Replace(text, " ");
        text = LineEnd().Replace(text, "\n");
        text = Tag().Replace(text, "");
        return Unescaped(text).Replace('\u00a0', ' ');
    }

    private static string Unescaped(string text) => Entity().Replace(text, entity => entity.Groups[1].Value.ToLowerInvariant() switch
    {
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => " ",
        "amp" => "&",
        ['#', 'x', .. var hex] when int.TryParse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) => new Rune(code).ToString(),
        ['#', .. var number] when int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) => new Rune(code).ToString(),
        _ => entity.Value,
    });

    // How mail programs begin what they quote, in English and in Hebrew.
    [GeneratedRegex(
        @"^(-{2,} ?(original message|forwarded message|הודעה מקורית|הודעה שהועברה) ?-{2,}|_{20,}|on .{5,200} wrote:|(ב?תאריך|ב-?יום|ב-?\d).{3,200}(כתב|כתבה|כתב/ה|מאת)\b.{0,120}:|(from|מאת|\*from:?\*): .{3,200})$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QuotesFromHere();

    [GeneratedRegex(
        @"<style\b[^>]*>.*?</style\s*>|<script\b[^>]*>.*?</script\s*>|<head\b[^>]*>.*?</head\s*>|<title\b[^>]*>.*?</title\s*>|<!--.*?-->",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"<blockquote\b.*</blockquote\s*>|<div[^>]{0,200}class=""?gmail_quote.*$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedBlock();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"<br\s*/?>|</(p|div|li|tr|h[1-6])\s*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"<[^>]{0,2000}>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"&(#x?[0-9a-fA-F]{1,8}|[a-zA-Z]{2,8});", RegexOptions.NonBacktracking)]
    private static partial Regex Entity();
}
