using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>Words out of HTML, for senders that put mark-up around what was written. Every pattern runs in one pass, whatever the text.</summary>
internal static partial class HtmlText
{
    /// <summary>Mark-up goes, and what it escaped is written out; a text without any stays as it is, angle brackets and all.</summary>
    public static string Plain(string text) => MarkUp().IsMatch(text) ? WithoutTags(text) : Entity().IsMatch(text) ? Unescaped(text) : text;

    public static string WithoutTags(string html)
    {
        var text = Invisible().Replace(html, " ");
        text = Whitespace().Replace(text, " ");
        text = Break().Replace(text, "\n");
        text = BlockEdges().Replace(BlockEdge().Replace(text, "\u0001"), "\n");
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
        ['#', 'x', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) => new Rune(code).ToString(),
        ['#', .. var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) => new Rune(code).ToString(),
        _ => entity.Value,
    });

    [GeneratedRegex(@"</?(p|br|div|span|b|i|u|em|strong|a|ul|ol|li|h[1-6])(\s[^<>]*)?/?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex MarkUp();

    [GeneratedRegex(
        @"<style\b[^>]*>.*?</style\s*>|<script\b[^>]*>.*?</script\s*>|<head\b[^>]*>.*?</head\s*>|<title\b[^>]*>.*?</title\s*>|<!--.*?-->",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"<br(\s[^<>]*)?/?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Break();

    [GeneratedRegex(@"</?(p|div|li|tr|h[1-6])(\s[^<>]*)?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex BlockEdge();

    /// <summary>Where one block ends and the next begins is one new line.</summary>
    [GeneratedRegex(@" *\u0001[ \u0001]*", RegexOptions.NonBacktracking)]
    private static partial Regex BlockEdges();

    /// <summary>An angle bracket that no letter follows was meant as one.</summary>
    [GeneratedRegex(@"<[/!?]?[a-zA-Z][^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"&(#x?[0-9a-fA-F]{1,8}|[a-zA-Z]{2,8});", RegexOptions.NonBacktracking)]
    private static partial Regex Entity();
}
