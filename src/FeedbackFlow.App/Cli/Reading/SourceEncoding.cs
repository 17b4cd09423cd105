using System.Buffers;
using System.Text;

namespace FeedbackFlow.App.Cli.Reading;

/// <summary>In which encoding a file is written: what its first bytes say, else UTF-8, else what old Hebrew programs write.</summary>
internal static class SourceEncoding
{
    private const int Hebrew = 1255;

    static SourceEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Looks through the whole file and goes back to its beginning. A byte order mark is left to the reader.</summary>
    /// <returns>The encoding, and what the person should know about it.</returns>
    public static (Encoding Encoding, string? Note) Of(Stream file)
    {
        var (good, bad, hasUtf16Mark) = Count(file);
        file.Position = 0;
        if (bad == 0 || hasUtf16Mark) return (Encoding.UTF8, null);
        // In windows-1255 Hebrew letters are single bytes that no UTF-8 sequence could follow, so nearly everything is broken.
        return bad > good
            ? (Encoding.GetEncoding(Hebrew), "The file is not UTF-8; it is read as windows-1255 (Hebrew).")
            : (Encoding.UTF8, $"The file is UTF-8 with {bad} broken characters; they are read as \ufffd.");
    }

    private static (long Good, long Bad, bool HasUtf16Mark) Count(Stream file)
    {
        var buffer = new byte[1 << 16];
        var (good, bad, kept, isFirst, utf16) = (0L, 0L, 0, true, false);
        while (file.ReadAtLeast(buffer.AsSpan(kept), 1, throwOnEndOfStream: false) is var read && (read > 0 || kept > 0))
        {
            var rest = buffer.AsSpan(0, kept + read);
            if (isFirst) utf16 = rest is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
            (isFirst, kept) = (false, 0);
            while (rest.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var at)
            {
                rest = rest[at..];
                var status = Rune.DecodeFromUtf8(rest, out _, out var used);
                if (status == OperationStatus.NeedMoreData && read > 0)
                {
                    kept = rest.Length;
                    rest.CopyTo(buffer);
                    break;
                }

                if (status == OperationStatus.Done) good++;
                else bad++;
                rest = rest[used..];
            }
        }

        return (good, bad, utf16);
    }
}
