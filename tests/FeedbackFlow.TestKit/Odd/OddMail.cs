using System.Text;

namespace FeedbackFlow.TestKit.Odd;

/// <summary>Odd relatives of a mail: header fields that are missing, doubled, folded or not ASCII, parts within parts, encodings that lie.</summary>
public static class OddMail
{
    private static readonly string[] Charsets = ["utf-8", "windows-1255", "ISO-8859-8-I", "iso-8859-8", "us-ascii", "utf-7", "utf-16", "x-unknown", "\"utf-8", "", "koi8-r", "gb18030", "utf-32", "iso-2022-jp"];
    private static readonly string[] Encodings = ["7bit", "8bit", "base64", "BASE64", "quoted-printable", "binary", "uuencode", ""];

    private static readonly string[] Fields =
    [
        "Subject: =?utf-8?B?16nXnNeV150=?= =?utf-8?Q?=D7=A9?=", "Subject: =?utf-8?B?!!!!?=", "Subject: =?x?Q?=ZZ?=", "Subject:", "Subject: \u05e9\u05dc\u05d5\u05dd", "Subject: =?utf-7?B?K0FEdy0=?=",
        "From: <>", "From: a@b.example, c@d.example", "From: \"dana@example.com\" <other@example.com>", "From: =?windows-1255?Q?=E3=F0=E4?= <dana@example.com>", "Reply-To: x@y.example", "Auto-Submitted: auto-replied",
        "Precedence: bulk", "List-Id: <x.example>", "Return-Path: <>", "Date: Mon, 05 Jan 2026 10:00:00 +0200 (IST)", "Date: yesterday", "Message-ID: <" , "Content-Type: multipart/report; boundary=x", "Content-Disposition: attachment",
        "X: " , ": no name", "no colon here", "X-Folded: a\r\n b\r\n\tc", "Content-Transfer-Encoding: base64",
    ];

    public static byte[] Of(string message, Random random)
    {
        var (head, body) = Split(message);
        for (var times = random.Next(0, 4); times > 0; times--) head = Header(head, random);
        if (random.Next(2) == 0) (head, body) = Structured(head, body, random);
        if (random.Next(5) == 0) body = Quoted(body, random);
        var text = head + "\r\n\r\n" + body;
        if (random.Next(8) == 0) text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (random.Next(30) == 0) text = "X-Long: " + new string('a', random.Next(1_000, 90_000)) + "\r\n" + text;
        if (random.Next(30) == 0) text += new string(random.Next(2) == 0 ? '<' : '=', random.Next(1_000, 300_000));
        var bytes = random.Next(6) == 0 ? CodePagesEncodingProvider.Instance.GetEncoding(1255)!.GetBytes(text) : Encoding.UTF8.GetBytes(text);
        return random.Next(4) == 0 ? Mutations.Of(bytes, random) : bytes;
    }

    private static string Header(string head, Random random)
    {
        var lines = head.Split("\r\n").ToList();
        if (lines.Count == 0) return head;
        var at = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[random.Next(lines.Count)]);
                break;
            default:
                lines.Insert(at, Fields[random.Next(Fields.Length)]);
                break;
        }

        return string.Join("\r\n", lines);
    }

    private static (string Head, string Body) Structured(string head, string body, Random random)
    {
        var (charset, encoding) = (Charsets[random.Next(Charsets.Length)], Encodings[random.Next(Encodings.Length)]);
        var inner = $"Content-Type: text/{(random.Next(2) == 0 ? "plain" : "html")}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{Written(body, encoding, random)}";
        for (var depth = random.Next(5) == 0 ? random.Next(1, 60) : random.Next(0, 3); depth > 0; depth--)
        {
            var boundary = random.Next(6) == 0 ? "b" : "b" + depth;
            inner = $"Content-Type: multipart/{(random.Next(2) == 0 ? "mixed" : "alternative")}; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n{inner}\r\n--{boundary}{(random.Next(4) == 0 ? "" : "--")}\r\n";
        }

        var at = inner.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var plain = string.Join("\r\n", head.Split("\r\n").Where(line => !line.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)));
        return (plain + "\r\n" + inner[..at], inner[(at + 4)..]);
    }

    private static string Written(string body, string encoding, Random random) => encoding switch
    {
        "base64" or "BASE64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(body)) + (random.Next(4) == 0 ? "=?" : ""),
        "quoted-printable" => string.Concat(Encoding.UTF8.GetBytes(body).Select(b => $"={b:X2}")) + (random.Next(4) == 0 ? "=" : ""),
        _ => body,
    };

    private static string Quoted(string body, Random random) => random.Next(5) switch
    {
        0 => "> " + body.Replace("\r\n", "\r\n> ", StringComparison.Ordinal),
        1 => body + "\r\nOn Mon, 5 Jan 2026 Sam wrote:\r\n> old",
        2 => "-- \r\n" + body,
        3 => "<html><head><style>" + body + "</style></head><blockquote>" + body + "</blockquote>&#x110000;&#xD800;&amp;nbsp;" + body,
        _ => "\u202a" + body + "\u202c\r\n-----הודעה מקורית-----\r\n" + body,
    };

    private static (string Head, string Body) Split(string message) =>
        message.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var at ? (message[..at], message[(at + 4)..]) : (message, "");
}
