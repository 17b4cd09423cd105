using System.Text;
using System.Text.RegularExpressions;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

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
        return OwnWords(plain ?? (html is null ? "" : HtmlText.WithoutTags(QuotedBlock().Replace(html, "\n"))));
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
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        // Mail programs wrap names and addresses of a Hebrew line in marks of direction.
        var bare = Array.ConvertAll(lines, line => string.Concat(line.Where(c => !PlainText.IsInvisibleMark(c))).Trim());
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at] is "-- " or "--" || QuotesFromHere().IsMatch(bare[at]) || IsWrappedQuote(bare, at)) break;
            if (!bare[at].StartsWith('>') && !SentFrom().IsMatch(bare[at])) own.Add(lines[at].TrimEnd());
        }

        var words = string.Join('\n', own).Trim();
        // Everything was quoted: better too much than nothing.
        return words.Length > 0 ? words : text.Trim();
    }

    /// <summary>A line that says who wrote is longer than a line of mail may be where the name is long; then it stands on two or three.</summary>
    private static bool IsWrappedQuote(string[] lines, int at) =>
        WroteBegins().IsMatch(lines[at]) && Enumerable.Range(2, 2).Any(count => at + count <= lines.Length && Wrote().IsMatch(string.Join(' ', lines[at..(at + count)])));

    // How mail programs begin what they quote, in English and in Hebrew.
    [GeneratedRegex(
        @"^(-{2,} ?(original message|forwarded message|הודעה מקורית|הודעה שהועברה) ?-{2,}|_{20,}|on .{5,200} wrote:|(ב?תאריך|ב-?יום|ב-?\d).{3,200}(כתב|כתבה|כתב/ה|מאת)\b.{0,120}:|\*?(from|מאת):\*? .{3,200})$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QuotesFromHere();

    [GeneratedRegex(@"^(on |ב?תאריך|ב-?יום|ב-?\d)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex WroteBegins();

    [GeneratedRegex(@"^(on .{5,300} wrote:|(ב?תאריך|ב-?יום|ב-?\d).{3,300}(כתב|כתבה|כתב/ה|מאת)\b.{0,200}:)$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Wrote();

    // What telephones write under a mail by themselves.
    [GeneratedRegex(@"^(sent from my .{2,40}|sent from outlook for .{2,20}|get outlook for (ios|android).{0,60}|נשלח מה-?(iphone|ipad|אייפון|אייפד|גלקסי|טלפון|סמארטפון|מכשיר).{0,30}|(נשלח מ|השג את |קבל את |הורד את )-?outlook .{0,80})$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex SentFrom();

    [GeneratedRegex(@"<blockquote\b.*</blockquote\s*>|<div[^>]{0,200}class=""?gmail_quote.*$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedBlock();
}
