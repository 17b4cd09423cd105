using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.App.Pages.Promises;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Promises;

/// <summary>Makes the customer's page from what is known now.</summary>
internal sealed class MatterPages(ILookups lookups, TimeProvider clock)
{
    private const int MostShown = 20;

    /// <param name="done">What the last act did; only words of our own are shown, whatever stands in the address.</param>
    public async Task<IResult> PageAsync(Matter matter, HttpRequest request, string? done, IReadOnlyList<FieldError> errors, CancellationToken ct)
    {
        var (business, task, now, frame) = (matter.Business, matter.Task, clock.GetUtcNow(), matter.Frame(request));
        var state = StateOf(matter, now);
        var notice = done is not null && frame.Words.Has("case.done." + done) ? frame.Words["case.done." + done] : null;
        var model = new PromisePageModel(
            frame, matter.Path, Matter.Query(request), state, PromiseOf(matter, state), task.Promise.From, CustomerActs.AsksForWriting(task), await SaidAsync(matter, ct),
            task.Closing?.At, OffersOf(matter, state, now), notice, errors, business.Phone, business.ReplyTo, business.Zone, now);
        return new RazorComponentResult<PromisePage>(new { Model = model }) { StatusCode = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    private static MatterState StateOf(Matter matter, DateTimeOffset now) => matter.Task switch
    {
        _ when matter.Customer?.Erasure is { } erasure => erasure.DoneAt is null ? MatterState.Erasing : MatterState.Erased,
        { IsOpen: false } => MatterState.Closed,
        { Promise.State: PromiseState.Released } => MatterState.LetOff,
        { Promise.State: PromiseState.Broken } => MatterState.Overdue,
        var task when task.Promise.IsOverdue(now) => MatterState.Overdue,
        { AttemptsNow.Count: > 0 } => MatterState.Tried,
        _ => MatterState.Waiting,
    };

    private static PromiseShown? PromiseOf(Matter matter, MatterState state)
    {
        if (state is not (MatterState.Waiting or MatterState.Tried or MatterState.Overdue)) return null;
        var (business, task) = (matter.Business, matter.Task);
        var owner = business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business);
        return new(owner.Name, owner.Role, task.Promise.By, task.Contact.Phone is not null, owner.Phone ?? business.Phone);
    }

    private static PromiseOffers OffersOf(Matter matter, MatterState state, DateTimeOffset now)
    {
        var (business, task) = (matter.Business, matter.Task);
        if (state is MatterState.Erasing or MatterState.Erased) return PromiseOffers.Nothing;
        var complains = CustomerActs.MayComplainOf(task, now) is not null;
        if (state == MatterState.Closed) return PromiseOffers.Nothing with { NobodyCalled = complains, AsksSolved = true, Answer = task.AnswerSinceClosing?.Solved, Erase = matter.MayErase };
        var chosen = CustomerActs.AsksForWriting(task);
        var canWish = task.Wishes < CustomerActs.MostWishes;
        return new(
            complains,
            canWish && task.Contact.Phone is not null ? CallWindow.Offered(business.Hours(), now) : [],
            canWish ? [.. Enum.GetValues<WrittenBy>().Where(way => way != chosen && (way == WrittenBy.Mail ? task.Contact.Email : task.Contact.Phone) is not null)] : [],
            state != MatterState.LetOff, AsksSolved: false, Answer: null, matter.MayErase);
    }

    /// <summary>Own words only: those of the sender to whom the page was given.</summary>
    private async Task<IReadOnlyList<OwnWords>> SaidAsync(Matter matter, CancellationToken ct)
    {
        if (matter.Customer?.Erasure is not null || matter.Link.Feedback is not { } given || await lookups.FeedbackAsync(matter.Business.Slug, given, ct) is not { } own) return [];
        var said = await Task.WhenAll(matter.Task.Feedbacks.Reverse().Take(MostShown).Select(id => lookups.FeedbackAsync(matter.Business.Slug, id, ct)));
        return [.. said.OfType<ReadFeedback>().Where(read => OwnPage.Shows(own.Feedback, read.Feedback)).Select(read => new OwnWords(read.Feedback.At, read.Feedback.Text))];
    }
}
