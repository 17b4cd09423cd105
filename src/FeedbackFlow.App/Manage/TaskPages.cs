using FeedbackFlow.App.Actions;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/tasks/{id}</c>: a task with everything said and done, and what can be done now.</summary>
internal sealed class TaskPages(ILookups lookups, ILists lists, Visitors visitors, ReplyInPublic replies, TimeProvider clock)
{
    private const int EventsOnAPage = 30;
    private const int FeedbacksOnAPage = 20;

    public async Task<CallBackTask?> FindAsync(Visitor visitor, string id, CancellationToken ct) =>
        NewId.IsWellFormed(id) ? (await lookups.TaskAsync(visitor.Business.Slug, new TaskId(id), ct))?.Value : null;

    public async Task<IResult> PageAsync(HttpContext context, Visitor visitor, CallBackTask task, PageContent content, CancellationToken ct)
    {
        var (business, now, url) = (visitor.Business, clock.GetUtcNow(), "/manage/tasks/" + task.Id);
        var events = await lists.TimelineAsync(business.Slug, task.Id, EventsOnAPage, content.Continuation, ct);
        var said = await Task.WhenAll(task.Feedbacks.Reverse().Take(FeedbacksOnAPage).Select(id => lookups.FeedbackAsync(business.Slug, id, ct)));
        var others = business.People.Where(person => person.Id != task.Owner).Select(person => new PersonChoice(person.Id, person.Name, person.Role, business.IsOnDuty(person, now)));
        var model = new TaskModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), url, task, business.Find(task.Owner)?.Name ?? "",
            await Task.WhenAll(said.OfType<ReadFeedback>().Select(read => FeedbackPages.ShownAsync(read, business, replies, ct))), events.Items,
            events.Next is null ? null : $"{url}?next={PageToken.Write(events.Next)}", [.. others], business.Policy.AlertThreshold, TaskActs.OffersApology(task, now),
            TaskActs.CanReopen(task, now), content.Values, content.Errors, content.Notice, business.Zone, now);
        return new RazorComponentResult<TaskPage>(new { Model = model }) { StatusCode = content.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    /// <param name="Continuation">Of the timeline; null for its newest page.</param>
    public sealed record PageContent(string? Continuation, ActionValues Values, IReadOnlyList<FieldError> Errors, string? Notice)
    {
        public static PageContent Plain { get; } = new(null, ActionValues.Empty, [], null);
    }
}

internal static class TaskPageEndpoints
{
    public static void MapTaskPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manage/tasks/{id}", ShowAsync);
        routes.MapPost("/manage/tasks/{id}/{act}", ActAsync);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, Visitors visitors, TaskPages pages, string? next, string? done, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (await pages.FindAsync(visitor, id, ct) is not { } task) return Edge.NothingThere(context);
        if (!PageToken.Read(next, out var continuation)) continuation = null;
        return await pages.PageAsync(context, visitor, task, TaskPages.PageContent.Plain with { Continuation = continuation, Notice = visitor.NoticeOf(done) }, ct);
    }

    private static async Task<IResult> ActAsync(string id, string act, HttpContext context, Visitors visitors, TaskPages pages, ActOnTask acts, ICourier courier, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (await pages.FindAsync(visitor, id, ct) is not { } task) return Edge.NothingThere(context);
        var values = ActionInput.ValuesOf(await PostedForm.ReadAsync(context.Request, ct));
        var (wanted, errors) = ActOf(act, visitor, values);
        if (errors.Count > 0) return await pages.PageAsync(context, visitor, task, TaskPages.PageContent.Plain with { Values = values, Errors = errors }, ct);
        if (wanted is null) return Edge.NothingThere(context);
        var acted = await acts.RunAsync(visitor.Business, task.Id, wanted, CancellationToken.None);
        await courier.CarryAsync(visitor.Business, acted.OwnLetters);
        return Results.LocalRedirect($"/manage/tasks/{task.Id}?done={DoneKey(acted, wanted)}");
    }

    /// <summary>Null and no errors for an act that there is not.</summary>
    private static (Act? Act, IReadOnlyList<FieldError> Errors) ActOf(string act, Visitor visitor, ActionValues values)
    {
        var (person, words) = (visitor.Person, visitor.Words);
        return act switch
        {
            TaskActions.Claim => (new Claim(person.Id, person.Name), []),
            TaskActions.NoAnswer => (new NoAnswer(person.Name), []),
            TaskActions.SendApology => (new SendApology(person.Name), []),
            TaskActions.Close => ActionInput.CloseOf(values.Outcome, values, person, words, ActionFields.ReasonText),
            TaskActions.HandOver => ActionInput.HandOverOf(visitor.Business, values, person, words),
            TaskActions.Reopen => string.IsNullOrWhiteSpace(values.ReasonText)
                ? (null, [new(ActionFields.ReasonText, words["action.error.reason-text"])])
                : (new Reopen(PlainText.WellFormed(values.ReasonText.Trim()), person.Name), []),
            _ => (null, []),
        };
    }

    private static string DoneKey(Acted acted, Act act) => acted.Result switch
    {
        ActResult.Done => act switch
        {
            Claim => "claimed",
            NoAnswer => acted.Task!.IsOpen ? "no-answer" : "gave-up",
            HandOver => "handed-over",
            Reopen => "reopened",
            SendApology => "apology-sent",
            Close close => Words.Kebab(close.Outcome.ToString()),
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        ActResult.AlreadySo or ActResult.NotClosed or ActResult.UnknownPerson or ActResult.NoApologyNow => "already-done",
        ActResult.Away => "away",
        ActResult.Erased => "erased",
        ActResult.Closed or ActResult.TooLate or ActResult.OtherOpen => "task-closed",
    };
}
