using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Forms;

/// <summary>A form that somebody has before them.</summary>
/// <param name="Path">Where it stands and is posted to.</param>
/// <param name="Link">Null for the business's open form.</param>
/// <param name="Job">The job of a job's link.</param>
internal sealed record FormVisit(Business Business, string Path, Versioned<Link>? Link, Job? Job)
{
    public bool IsSpent => Link?.Value.SpentAt is not null;

    public Origin Origin => Job is null ? Origin.OpenLink : Origin.JobLink;

    /// <summary>Names the link for its rate.</summary>
    public string RateKey => Link?.Value.Hash ?? Business.Slug;

    public PageFrame Frame(HttpRequest request)
    {
        var language = Languages.Chosen(request, Business.Language);
        var others = Words.Languages.Where(other => other != language).Select(other => new LanguageLink(other, $"{request.Path}?{Languages.Parameter}={other}"));
        return new(language, Business.Name, $"/b/{Business.Slug}/privacy?lang={language}", $"/b/{Business.Slug}/accessibility?lang={language}", [.. others]);
    }
}

/// <summary>Finds the form behind an address. Unknown and expired links look alike, and a business without people takes no feedback yet.</summary>
internal sealed class FormVisits(ILookups lookups, TimeProvider clock)
{
    public async Task<FormVisit?> OfBusinessAsync(string slug, CancellationToken ct) =>
        Slug.IsWellFormed(slug) && await lookups.BusinessAsync(slug, ct) is { Value: { People.Count: > 0 } business } ? new(business, "/b/" + slug, null, null) : null;

    public async Task<FormVisit?> OfLinkAsync(string token, CancellationToken ct)
    {
        if (Token.BusinessOf(token) is not { } slug || await OfBusinessAsync(slug, ct) is not { } visit) return null;
        var link = await lookups.LinkAsync(slug, Token.Hash(token), ct);
        if (link is not { Value.Purpose: LinkPurpose.JobForm or LinkPurpose.OpenForm } || link.Value.IsOver(clock.GetUtcNow())) return null;
        var job = link.Value.About ?? (link.Value.Job is { } id ? (await lookups.JobAsync(slug, id, ct))?.Value : null);
        return visit with { Path = "/f/" + token, Link = link, Job = job };
    }
}
