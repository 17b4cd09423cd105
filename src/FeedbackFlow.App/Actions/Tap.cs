using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Actions;

/// <summary>A one-tap link with everything it is about.</summary>
internal sealed record Tap(string Token, Business Business, Link Link, CallBackTask Task, Person Person);

/// <summary>Finds what a one-tap link is about, and shows it.</summary>
internal sealed class Taps(ILookups lookups, SiteAddresses addresses, TimeProvider clock)
{
    private static readonly LinkPurpose[] Purposes =
        [LinkPurpose.Claim, LinkPurpose.ReachedSaved, LinkPurpose.ReachedLost, LinkPurpose.NoAnswer, LinkPurpose.HandOver, LinkPurpose.SendApology];

    /// <summary>Null for anything that is no one-tap link; nothing tells an unknown one from one of another purpose.</summary>
    public async Task<Tap?> FindAsync(string token, CancellationToken ct)
    {
        if (Token.BusinessOf(token) is not { } slug || !Slug.IsWellFormed(slug)) return null;
        var link = (await lookups.LinkAsync(slug, Token.Hash(token), ct))?.Value;
        if (link is not { Task: { } taskId, Person: { } personId } || !Purposes.Contains(link.Purpose)) return null;
        var business = (await lookups.BusinessAsync(slug, ct))?.Value;
        var task = (await lookups.TaskAsync(slug, taskId, ct))?.Value;
        return business is not null && task is not null && business.Find(personId) is { } person ? new(token, business, link, task, person) : null;
    }

    public bool IsOver(Tap tap) => tap.Link.IsOver(clock.GetUtcNow());

    /// <summary>Why the page has no button any more; null when it has.</summary>
    public ActionResult? Refusal(Tap tap) => IsOver(tap) ? ActionResult.LinkExpired : tap.Task.IsOpen ? null : ActionResult.TaskClosed;

    public async Task<IResult> PageAsync(Tap tap, ActionValues values, IReadOnlyList<FieldError> errors, CancellationToken ct)
    {
        var (business, task, now) = (tap.Business, tap.Task, clock.GetUtcNow());
        var said = await lookups.FeedbackAsync(business.Slug, task.Feedbacks[^1], ct);
        var others = business.People.Where(person => person.Id != task.Owner).Select(person => new PersonChoice(person.Id, person.Name, person.Role, business.IsOnDuty(person, now)));
        var model = new ActionModel(
            Frame(tap), tap.Link.Purpose, "/a/" + tap.Token, task, business.Find(task.Owner)?.Name ?? "", said?.Feedback.Text, said is null ? [] : Marks.Of(said.Reading, business.Policy.AlertThreshold), [.. others],
            addresses.TaskPage(task.Id).ToString(), values, errors, business.Zone, now);
        return new RazorComponentResult<ActionPage>(new { Model = model }) { StatusCode = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    public IResult Done(Tap tap, ActionResult result, CallBackTask task)
    {
        // A link that is over says no more whom it was about.
        var shown = result == ActionResult.LinkExpired ? null : task;
        var model = new ActionDoneModel(
            Frame(tap), result, shown, shown is null ? null : tap.Business.Find(task.Owner)?.Name, addresses.TaskPage(task.Id).ToString(), tap.Business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<ActionDonePage>(new { Model = model });
    }

    private static PageFrame Frame(Tap tap) => new(tap.Person.Language, tap.Business.Name, null, null);
}
