using System.Text;

namespace FeedbackFlow.TestKit.Odd;

/// <summary>Odd relatives of a multipart form: boundaries that do not fit, parts that are doubled, missing, endless or files.</summary>
public static class OddParts
{
    private static readonly string[] Types =
    [
        "multipart/form-data; boundary=sample", "multipart/form-data; boundary=\"sample\"", "multipart/form-data; charset=utf-8; boundary=sample", "multipart/form-data;boundary=sample;x=\"a;b\"", "Multipart/Form-Data; BOUNDARY=sample",
        "multipart/form-data; boundary=", "multipart/form-data", "multipart/form-data; boundary=sam", "multipart/form-data; boundary=\"sam ple\"", "multipart/mixed; boundary=sample", "multipart/form-data; boundary==sample",
        "application/x-www-form-urlencoded",
    ];

    /// <param name="parts">The well-formed form, with the boundary <c>sample</c>.</param>
    public static (string ContentType, byte[] Body) Of(string parts, Random random)
    {
        var text = parts;
        var json = Json(text);
        if (json.Length > 0 && random.Next(2) == 0) return (Type(random), Replaced(text, json, OddJson.Of(json, random)));
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            text = random.Next(10) switch
            {
                0 => text.Replace("--sample--", "", StringComparison.Ordinal),
                1 => text.Replace("\r\n", "\n", StringComparison.Ordinal),
                2 => "preamble\r\n" + text + "epilogue",
                3 => text.Insert(0, string.Concat(Enumerable.Repeat("--sample\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n", random.Next(2) == 0 ? 150 : 3))),
                4 => text.Replace("name=\"submissionID\"", random.Next(2) == 0 ? "name=submissionID" : "name=\"submissionID\"; filename=\"x.txt\"", StringComparison.Ordinal),
                5 => text.Replace("Content-Disposition", random.Next(2) == 0 ? "content-disposition" : "X-Other", StringComparison.Ordinal),
                6 => text.Replace("rawRequest", "RAWREQUEST", StringComparison.Ordinal),
                7 => text.Replace("\r\n\r\n", "\r\nContent-Type: text/plain; charset=windows-1255\r\n\r\n", StringComparison.Ordinal),
                8 => text + text,
                _ => text.Replace("q7_whatHappened", "q7_" + new string('x', random.Next(1, 400)), StringComparison.Ordinal),
            };
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return (Type(random), random.Next(3) == 0 ? Mutations.Of(bytes, random) : bytes);
    }

    private static string Type(Random random) => random.Next(3) == 0 ? Types[random.Next(Types.Length)] : Types[0];

    private static string Json(string text) =>
        text.IndexOf("\r\n{", StringComparison.Ordinal) is >= 0 and var at && text.IndexOf("\r\n", at + 2, StringComparison.Ordinal) is > 0 and var end ? text[(at + 2)..end] : "";

    private static byte[] Replaced(string text, string json, byte[] with)
    {
        var at = text.IndexOf(json, StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(text[..at]), .. with, .. Encoding.UTF8.GetBytes(text[(at + json.Length)..])];
    }
}
