using System.Text.RegularExpressions;

namespace FeedbackFlow.App.Hosting;

/// <summary>A business's name in addresses: 2 to 40 lower case letters, digits and hyphens, beginning with a letter or digit.</summary>
internal static partial class Slug
{
    public static bool IsWellFormed(string slug) => Form().IsMatch(slug);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
