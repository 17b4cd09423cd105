using System.Text;
using System.Text.RegularExpressions;

namespace FeedbackFlow.ContractTests.Channels;

/// <summary>Reads the little MIME that our letters are made of, independently of how they were written.</summary>
internal sealed partial record Mime(IReadOnlyDictionary<string, string> Headers, IReadOnlyList<(string Type, string Text)> Parts)
{
    public static Mime Read(byte[] raw)
    {
        // Everything on the wire must be ASCII: other bytes would need SMTPUTF8.
        if (raw.Any(octet => octet > 127)) throw new InvalidDataException("The message is not 7-bit.");
        var (headers, body) = Split(Encoding.ASCII.GetString(raw).ReplaceLineEndings("\r\n"));
        var boundary = Boundary().Match(headers["content-type"]).Groups[1].Value;
        var parts = body.Split("--" + boundary, StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Trim('\r', '\n')).Where(part => part.Contains("\r\n\r\n", StringComparison.Ordinal)).Select(Part).ToList();
        return new(headers, parts);
    }

    private static (string Type, string Text) Part(string part)
    {
        var (headers, body) = Split(part);
        return (headers["content-type"], Encoding.UTF8.GetString(Convert.FromBase64String(body)));
    }

    private static (IReadOnlyDictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = Folding().Replace(text[..end], " ").Split("\r\n").Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0].ToLowerInvariant(), pair => Decode(pair[1].Trim()));
        return (headers, text[(end + 4)..]);
    }

    /// <summary>Encoded words (RFC 2047); the space between two of them is not text.</summary>
    private static string Decode(string value) => Word().Replace(Gap().Replace(value, "$1"), match =>
        match.Groups[1].Value.Equals("b", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[2].Value))
            : Uri.UnescapeDataString(match.Groups[2].Value.Replace('_', ' ').Replace('=', '%')));

    [GeneratedRegex("boundary=\"?([^\";]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"(\?=) +(?==\?)")]
    private static partial Regex Gap();

    [GeneratedRegex(@"=\?utf-8\?([bqBQ])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
