namespace FeedbackFlow.App.Layout;

/// <summary>What stands around the content of every page.</summary>
/// <param name="Language">Of the page; its direction follows.</param>
/// <param name="BusinessName">Null where no business is known (an unknown link).</param>
/// <param name="PrivacyUrl">Null leaves the link out.</param>
/// <param name="AccessibilityUrl">Null leaves the link out.</param>
/// <param name="Languages">The same page in the other languages; empty leaves the choice out.</param>
public sealed record PageFrame(string Language, string? BusinessName, string? PrivacyUrl, string? AccessibilityUrl, IReadOnlyList<LanguageLink>? Languages = null)
{
    public Words Words => Words.For(Language);
}

/// <param name="Language">The language the link leads to.</param>
public sealed record LanguageLink(string Language, string Url);

/// <summary>A hidden field that proves that a form came from our page.</summary>
public sealed record FormToken(string Field, string Value);
