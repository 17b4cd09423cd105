using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FeedbackFlow.TestKit.Odd;

/// <summary>Odd relatives of a well-formed JSON text that are mostly JSON still: values of other types, fields that are missing, doubled, renamed, wrapped, too long, too deep.</summary>
public static class OddJson
{
    private const string Mark = "@@odd";

    /// <summary>What a program, a person or an attacker may put where a value stands; each as it stands in JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "-0", "0.5", "5", "11", "1e999", "-1e-999", "1E5", "99999999999999999999", "3.000000000000000000000000001", "253402300800", "1767600000000", "\"\"", "\" \"", "\"0\"",
        "\"2\"", "\"2.5\"", "\"4/5\"", "\"/5\"", "\"TWO\"", "\"👎\"", "\"1,5\"", "\"NaN\"", "\"true\"", "\"כן\"", "[]", "{}", "[null]", "[[]]", "{\"\":\"\"}", "{\"label\":\"x\",\"labels\":[\"y\"],\"other\":\"z\"}", "[{\"label\":\"a\"},{\"label\":null},3]",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\\\ud83d\"", "\"\\u202eabc\\u2066\"", "\"\\r\\nBcc: x@example.com\"", "\"<script>alert(1)</script>\"", "\"<p>היה <b>נורא</b></p>\"",
        "\"javascript:alert(1)\"", "\"https://u:p@h.example/\"", "\"../../x\"", "\"2026-01-05T08:00:00Z\"", "\"9999-99-99T99:99:99Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"dana@example.com\"",
        "\"a@b\"", "\"@\"", "\"050-123 45 67\"", "\"+972 (0) 50\"", "\"review.deleted\"", "\"review.updated\"", "\"no.such.event\"", "\"mystery\"", "\"review\"", "\"NEW_REVIEW\"", "\"accounts/1/locations/2/reviews/../../x\"",
        "\"I will sue you and tell everyone\"", "\"אני עוזבת אתכם ואספר לכולם\"", "\"\\u05d0\\u05e0\\u05d9 \\u05e2\\u05d5\\u05d6\\u05d1\\u05ea\"",
    ];

    private static readonly string[] Names = ["id", "text", "event", "type", "data", "events", "review", "message", "score", "rating", "kind", "customer", "", "ID", "__proto__", "a/b", "\ufeffid", "א"];

    public static byte[] Of(string json, Random random)
    {
        var odd = new List<string>();
        var root = JsonNode.Parse(json)!;
        for (var times = random.Next(1, 5); times > 0; times--) root = Change(root, random, odd);
        var text = root.ToJsonString(random.Next(3) == 0 ? new JsonSerializerOptions() : new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (var n = odd.Count - 1; n >= 0; n--) text = text.Replace($"\"{Mark}{n}\"", odd[n], StringComparison.Ordinal);
        if (random.Next(10) == 0) text = Doubled(text, random);
        if (random.Next(12) == 0) text = Spaced(text, random);
        return Encoded(text, random);
    }

    private static JsonNode Change(JsonNode root, Random random, List<string> odd)
    {
        var places = Places(root).ToList();
        if (places.Count == 0) return Wrapped(root, random);
        var (parent, key, index) = places[random.Next(places.Count)];
        switch (random.Next(9))
        {
            case 0 or 1 or 2:
                Put(parent, key, index, Value(random, odd));
                break;
            case 3:
                if (parent is JsonObject fields) fields.Remove(key!);
                else ((JsonArray)parent).RemoveAt(index);
                break;
            case 4 when parent is JsonObject named:
                var value = named[key!];
                named.Remove(key!);
                named[Names[random.Next(Names.Length)]] = value;
                break;
            case 5 when parent is JsonArray list:
                for (var copies = random.Next(8) == 0 ? 120 : random.Next(1, 4); copies > 0; copies--) list.Add(list[index]?.DeepClone());
                break;
            case 6:
                Put(parent, key, index, new JsonArray(Take(parent, key, index)));
                break;
            case 7:
                Put(parent, key, index, new JsonObject { [Names[random.Next(Names.Length)]] = Take(parent, key, index) });
                break;
            default:
                Put(parent, key, index, Longer(Take(parent, key, index), random));
                break;
        }

        return random.Next(60) == 0 ? Wrapped(root, random) : root;
    }

    private static JsonNode Wrapped(JsonNode root, Random random) => random.Next(2) == 0 ? new JsonArray(root.DeepClone()) : new JsonObject { ["data"] = root.DeepClone() };

    private static JsonValue Value(Random random, List<string> odd)
    {
        odd.Add(random.Next(40) switch
        {
            0 => new string('[', random.Next(2, 200)) is var open ? open + new string(']', open.Length) : "",
            1 => string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70),
            2 => "\"" + new string('ש', random.Next(9_900, 30_000)) + "\"",
            3 => "\"" + string.Concat(Enumerable.Repeat("😡", random.Next(4_990, 5_010))) + "\"",
            4 => new string('9', random.Next(20, 400)),
            5 => new string('[', 5_000),
            _ => Values[random.Next(Values.Length)],
        });
        return JsonValue.Create(Mark + (odd.Count - 1));
    }

    private static JsonNode? Longer(JsonNode? node, Random random) => node is JsonValue value && value.TryGetValue<string>(out var text)
        ? JsonValue.Create(random.Next(3) switch { 0 => text + text, 1 => text + " ", _ => string.Concat(text.Reverse()) })
        : JsonValue.Create(node?.ToJsonString());

    private static JsonNode? Take(JsonNode parent, string? key, int index) => (parent is JsonObject fields ? fields[key!] : parent[index])?.DeepClone();

    private static void Put(JsonNode parent, string? key, int index, JsonNode? value)
    {
        if (parent is JsonObject fields) fields[key!] = value;
        else ((JsonArray)parent)[index] = value;
    }

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            foreach (var (key, value) in fields.ToList())
            {
                yield return (fields, key, 0);
                foreach (var place in Places(value)) yield return place;
            }
        }
        else if (node is JsonArray list)
        {
            for (var n = 0; n < list.Count && n < 20; n++)
            {
                yield return (list, null, n);
                foreach (var place in Places(list[n])) yield return place;
            }
        }
    }

    /// <summary>A name that stands twice in its object.</summary>
    private static string Doubled(string text, Random random)
    {
        var objects = text.Select((c, at) => (c, at)).Where(one => one.c == '{').Select(one => one.at).ToList();
        if (objects.Count == 0) return text;
        var at = objects[random.Next(objects.Count)] + 1;
        return text.Insert(at, $"\"{Names[random.Next(6)]}\":{Values[random.Next(Values.Length)]}" + (text[at] == '}' ? "" : ","));
    }

    private static string Spaced(string text, Random random) => random.Next(4) switch
    {
        0 => new string(' ', random.Next(1, 70_000)) + text,
        1 => text + "\r\n\t ",
        2 => text + "{}",
        _ => "/* comment */" + text,
    };

    private static byte[] Encoded(string text, Random random) => random.Next(40) switch
    {
        0 => Encoding.Unicode.GetBytes(text),
        1 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        2 => Encoding.Latin1.GetBytes(text),
        3 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        4 => CodePagesEncodingProvider.Instance.GetEncoding(1255)!.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };
}
