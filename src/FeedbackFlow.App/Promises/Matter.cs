using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Promises;

/// <summary>A customer's link with everything it is about.</summary>
/// <param name="Business">As the task's branch sees it.</param>
/// <param name="Customer">Null where nobody is known.</param>
internal sealed record Matter(string Token, Business Business, Link Link, CallBackTask Task, CustomerLine? Customer)
{
    /// <summary>Only who surely is this customer, and has not asked yet.</summary>
    public bool MayErase => Link.Feedback is not null && Customer is { Erasure: null };

    public string Path => "/p/" + Token;

    /// <summary>Keeps the language that was chosen.</summary>
    public static string Query(HttpRequest request) =>
        request.Query[Languages.Parameter].ToString() is { Length: > 0 } asked && Words.Languages.Contains(asked) ? $"?{Languages.Parameter}={asked}" : "";

    public PageFrame Frame(HttpRequest request)
    {
        var language = Languages.Chosen(request, Business.Language);
        var others = Words.Languages.Where(other => other != language).Select(other => new LanguageLink(other, $"{Path}?{Languages.Parameter}={other}"));
        return new(language, Business.Name, $"/b/{Business.Slug}/privacy?lang={language}", $"/b/{Business.Slug}/accessibility?lang={language}", [.. others]);
    }
}

/// <summary>Finds what a customer's link is about. Unknown, foreign and expired links look alike.</summary>
internal sealed class Matters(ILookups lookups, TimeProvider clock)
{
    public async Task<Matter?> FindAsync(string token, CancellationToken ct)
    {
        if (Token.BusinessOf(token) is not { } slug || !Slug.IsWellFormed(slug)) return null;
        var link = (await lookups.LinkAsync(slug, Token.Hash(token), ct))?.Value;
        if (link is not { Purpose: LinkPurpose.CustomerPage, Task: { } taskId } || link.IsOver(clock.GetUtcNow())) return null;
        var business = (await lookups.BusinessAsync(slug, ct))?.Value;
        var task = (await lookups.TaskAsync(slug, taskId, ct))?.Value;
        if (business is null || task is null) return null;
        var customer = task.Customer is { } who ? (await lookups.CustomerAsync(slug, who, ct))?.Value : null;
        return new(token, business.At(task.Branch), link, task, customer);
    }
}
