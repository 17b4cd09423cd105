using System.Globalization;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>One mailbox address. No display names, no lists, nothing that could add a header.</summary>
public static class EmailAddress
{
    /// <summary>Longest forward path an SMTP server must take, without its brackets (RFC 5321, 4.5.3.1.3).</summary>
    public const int LongestAllowed = 254;

    /// <summary>Null when the text is no single address. Upper case is folded: people type their address both ways.</summary>
    public static string? Normalise(string text)
    {
        var address = Trimmed(text);
        var at = address.LastIndexOf('@');
        if (at is < 1 or > 64 || address.Length > LongestAllowed || at != address.IndexOf('@', StringComparison.Ordinal)) return null;
        var (mailbox, domain) = (address[..at], address[(at + 1)..]);
        if (!mailbox.All(IsMailboxCharacter) || mailbox.StartsWith('.') || mailbox.EndsWith('.') || mailbox.Contains("..", StringComparison.Ordinal)) return null;
        return IsDomain(domain) ? address.ToLower(CultureInfo.InvariantCulture) : null;
    }

    private static string Trimmed(string text)
    {
        var address = text.AsSpan();
        while (address.Length > 0 && IsAround(address[0])) address = address[1..];
        while (address.Length > 0 && IsAround(address[^1])) address = address[..^1];
        return address.ToString();
    }

    private static bool IsAround(char c) => char.IsWhiteSpace(c) || PlainText.IsInvisibleMark(c);

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2 && labels.All(label =>
            label.Length is >= 1 and <= 63 && !label.StartsWith('-') && !label.EndsWith('-') && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
    }

    private static bool IsMailboxCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+/=?^_`{|}~.-".Contains(c, StringComparison.Ordinal);
}
