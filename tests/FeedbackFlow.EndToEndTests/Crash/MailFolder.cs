using System.Text;

namespace FeedbackFlow.EndToEndTests.Crash;

/// <summary>The letters that arrived, as files.</summary>
internal sealed class MailFolder(string folder)
{
    /// <summary>Recipient and plain words of each letter.</summary>
    public IReadOnlyList<(string To, string Text)> Read() =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Select(file => Parse(File.ReadAllText(file)))] : [];

    private static (string To, string Text) Parse(string message)
    {
        // A long header goes on in the next line after a space.
        var lines = message.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Split('\n');
        var to = lines.First(line => line.StartsWith("To: ", StringComparison.Ordinal));
        // The plain part comes first: after its own headers, up to the next boundary.
        var part = lines.SkipWhile(line => !line.StartsWith("Content-Type: text/plain", StringComparison.OrdinalIgnoreCase)).SkipWhile(line => line.Length > 0).Skip(1);
        var body = string.Concat(part.TakeWhile(line => !line.StartsWith("--", StringComparison.Ordinal)));
        return (to, Encoding.UTF8.GetString(Convert.FromBase64String(body)));
    }
}
