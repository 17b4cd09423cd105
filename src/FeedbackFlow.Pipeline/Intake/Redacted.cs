using System.Text.RegularExpressions;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>Words without the means to find the person who wrote them: addresses, links, handles, numbers of four digits and more, and names that are known.</summary>
public static partial class Redacted
{
    private const string Removed = "…";

    /// <param name="names">Full names; each of their words is removed wherever it stands as a word, also behind a Hebrew prefix.</param>
    public static string From(string text, IReadOnlyCollection<string> names)
    {
        var left = Numbers().Replace(Handles().Replace(Links().Replace(Mails().Replace(text, Removed), Removed), Removed), Removed);
        foreach (var word in names.SelectMany(name => Separators().Split(name)).Where(word => word.Length > 1).Distinct())
        {
            left = Regex.Replace(left, $@"(?<!\w)([ובכלמשה]{{0,3}}){Regex.Escape(word)}(?!\w)", Removed, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);
        }

        return left;
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [GeneratedRegex(@"[^\s@]+@[^\s@]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mails();

    [GeneratedRegex(@"(?:https?://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Links();

    [GeneratedRegex(@"@\w+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Handles();

    [GeneratedRegex(@"\+?\d(?:[\s\-().]{0,2}\d){3,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"[^\p{L}\p{M}'""׳״]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Separators();
}
