using System.Buffers.Text;
using System.Text;

namespace FeedbackFlow.App.Api;

/// <summary>A store's continuation as it stands in an address.</summary>
internal static class PageToken
{
    private const int Longest = 4_096;

    public static string Write(string continuation) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(continuation));

    /// <summary>False when the text was not written by <see cref="Write"/>; null stands for the first page.</summary>
    public static bool Read(string? token, out string? continuation)
    {
        continuation = null;
        if (string.IsNullOrEmpty(token)) return true;
        if (token.Length > Longest || !Base64Url.IsValid(token)) return false;
        continuation = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        return true;
    }
}
