namespace FeedbackFlow.App.Hosting;

/// <summary>In which language a page is shown: what the address asks for, else what the business speaks.</summary>
internal static class Languages
{
    public const string Parameter = "lang";

    public static string Chosen(HttpRequest request, string businessLanguage) =>
        request.Query[Parameter].ToString() is { Length: > 0 } asked && Words.Languages.Contains(asked) ? asked : businessLanguage;

    /// <summary>For pages that know no business: the browser's first language that we speak.</summary>
    public static string Preferred(HttpRequest request, string otherwise) =>
        Chosen(request, Words.Accepted(request.Headers.AcceptLanguage, otherwise));
}
