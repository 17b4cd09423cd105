namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>
/// A brief as an SMS: the title, cut where it must be, and one link on a line of its own. At most <see cref="MostSegments"/> segments: in the GSM alphabet (3GPP TS 23.038) 160
/// characters in one and 153 in each of several, those of its extension counting twice; with any other character, as in Hebrew, UCS-2 with 70 and 67.
/// </summary>
internal static class SmsText
{
    public const int MostSegments = 3;

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    public static string Of(string title, Uri link)
    {
        var (line, end) = (Cut.WithoutIsolates(title), "\n" + link.AbsoluteUri);
        // Three dots and typewriter quotes keep a text that is otherwise plain in the alphabet that has room for twice as much.
        if (IsGsm(Plain(line))) line = Plain(line);
        var text = Cut.To(line, MostSegments, cut => Segments(cut + end), IsGsm(line) ? "..." : "…");
        return text.Length == 0 ? end[1..] : text + end;
    }

    public static int Segments(string text)
    {
        var gsm = IsGsm(text);
        var doubled = text.Count(c => gsm ? IsIn(Extension, c) : char.IsSurrogate(c));
        var (single, several, length) = gsm ? (160, 153, text.Length + doubled) : (70, 67, text.Length);
        // What takes two places is never torn by the end of a segment, which then stays one short.
        if (doubled > 0) several--;
        return length <= single ? 1 : (length + several - 1) / several;
    }

    private static bool IsGsm(string text) => text.All(c => IsIn(Basic, c) || IsIn(Extension, c));

    private static bool IsIn(string alphabet, char c) => alphabet.AsSpan().Contains(c);

    private static string Plain(string text) => text.Replace("…", "...", StringComparison.Ordinal).Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"').Replace('–', '-').Replace('—', '-');
}
