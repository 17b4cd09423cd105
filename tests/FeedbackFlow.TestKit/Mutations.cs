using System.Text;

namespace FeedbackFlow.TestKit;

/// <summary>Odd relatives of a well-formed body: bytes flipped, cut, doubled, and values put where others belong.</summary>
public static class Mutations
{
    private static readonly byte[][] Odd =
    [
        .. new[]
        {
            "null", "true", "-1", "1e999", "99999999999999999999", "\"\"", "\"\\ud83d\"", "[]", "{}", "[[[[[[]]]]]]", "\"א\"", "\"\\u0000\"", "0.5", "\"2\"", "\"TWO\"", "{\"a\":1,\"a\":2}",
            "\"9999-99-99T99:99:99Z\"", "\"javascript:alert(1)\"", "\"../../x\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3, 0x28], [0], "\r\n"u8.ToArray(), "--"u8.ToArray(),
    ];

    public static byte[] Of(ReadOnlySpan<byte> body, Random random)
    {
        var bytes = new List<byte>(body.ToArray());
        for (var times = random.Next(1, 5); times > 0 && bytes.Count > 0; times--)
        {
            var (at, length) = (random.Next(bytes.Count), random.Next(1, 30));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(length, bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, bytes.Count - at)));
                    break;
                case 3:
                    bytes.InsertRange(at, Odd[random.Next(Odd.Length)]);
                    break;
                case 4:
                    ReplaceValue(bytes, at, Odd[random.Next(Odd.Length)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>From the next colon to the next comma or brace: mostly one JSON value.</summary>
    private static void ReplaceValue(List<byte> bytes, int from, byte[] value)
    {
        var colon = bytes.IndexOf((byte)':', from);
        if (colon < 0) return;
        var end = bytes.FindIndex(colon, b => b is (byte)',' or (byte)'}');
        if (end < 0) return;
        bytes.RemoveRange(colon + 1, end - colon - 1);
        bytes.InsertRange(colon + 1, value);
    }
}
