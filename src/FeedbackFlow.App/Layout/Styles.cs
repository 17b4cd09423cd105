using System.Security.Cryptography;
using System.Text;

namespace FeedbackFlow.App.Layout;

/// <summary>The one style sheet. It stands inside every page, so that a page is one answer and needs nothing else.</summary>
public static class Styles
{
    public static string Sheet { get; } = Read();

    /// <summary>
    /// A Content-Security-Policy for every page but the mailbox's letter: this sheet, forms to ourselves, nothing else.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Hash(Sheet)}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The same for a page that shows a letter in a frame: letters carry their styles in attributes.</summary>
    public static string LetterContentSecurityPolicy { get; } =
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static string Hash(string sheet) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)));

    private static string Read()
    {
        using var stream = typeof(Styles).Assembly.GetManifestResourceStream("FeedbackFlow.App.Layout.style.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
