using System.Security.Cryptography;
using System.Text;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

internal static class Secrets
{
    /// <summary>Compares every secret's result, whichever fits: the time tells nothing.</summary>
    public static bool AnyFits(IReadOnlyList<string> secrets, Func<string, byte[]?> expected, ReadOnlySpan<byte> given)
    {
        var fits = false;
        foreach (var secret in secrets) fits |= expected(secret) is { } bytes && CryptographicOperations.FixedTimeEquals(bytes, given);
        return fits;
    }

    /// <summary>Tokens differ in length; their hashes do not.</summary>
    public static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));

    /// <summary>128 random bits, in signs that an address can hold.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static byte[]? FromBase64(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    public static byte[]? FromHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
}
