using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace FeedbackFlow.Tests;

/// <summary>A letter as it lies in the mail folder.</summary>
internal sealed partial record Eml(string Raw, IReadOnlyList<(string Name, string Value)> Headers, string Text, string Html)
{
    public string To => Header("To");

    public override string ToString() => $"{To}: {Subject}";

    public string Subject => Header("Subject");

    public IHtmlDocument Page => new HtmlParser().ParseDocument(Html);

    public static Eml Read(string file)
    {
        var raw = File.ReadAllText(file);
        var headers = HeadersOf(raw);
        var boundary = Boundary().Match(headers.First(header => header.Name == "Content-Type").Value).Groups["b"].Value;
        var parts = raw.Split("--" + boundary).Select(part => part.Replace("\r\n", "\n", StringComparison.Ordinal).Trim()).Where(part => part.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)).ToList();
        return new(raw, headers, Body(parts, "text/plain"), Body(parts, "text/html"));
    }

    public string Header(string name) => Assert.Single(Headers, header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The one address in the HTML part that holds <paramref name="part"/>.</summary>
    public string Link(string part) => Assert.Single(Links.Where(link => link.Address.Contains(part, StringComparison.Ordinal)).Select(link => link.Address).Distinct());

    public IReadOnlyList<(string Says, string Address)> Links =>
        [.. Page.QuerySelectorAll("a[href]").Select(anchor => (anchor.TextContent.Trim(), anchor.GetAttribute("href")!))];

    /// <summary>The address behind the button that says this.</summary>
    public string Tap(string says) => Links.First(link => link.Says.Contains(says, StringComparison.Ordinal)).Address;

    private static string Body(IReadOnlyList<string> parts, string type)
    {
        var part = parts.Single(part => part.Contains(type, StringComparison.OrdinalIgnoreCase));
        return Encoding.UTF8.GetString(Convert.FromBase64String(part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]));
    }

    private static List<(string Name, string Value)> HeadersOf(string raw)
    {
        var head = raw.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n")[0];
        var lines = Folded().Replace(head, " ").Split('\n');
        return [.. lines.Select(line => line.Split(':', 2)).Select(pair => (pair[0].Trim(), Decoded(pair[1].Trim())))];
    }

    /// <summary>RFC 2047: encoded words, and no space between two of them.</summary>
    private static string Decoded(string value) =>
        Word().Replace(Between().Replace(value, "?==?"), word => word.Groups["how"].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["what"].Value))
            : Encoding.UTF8.GetString(Quoted(word.Groups["what"].Value)));

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("boundary=\"?(?<b>[^\";]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BbQq])\?(?<what>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
