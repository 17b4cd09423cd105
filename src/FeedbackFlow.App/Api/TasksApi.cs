using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Api;

internal sealed record TaskAnswer(
    TaskId TaskId, TaskState Status, string? Owner, DateTimeOffset PromisedBy, IReadOnlyList<string> Reasons, CustomerBody? Customer,
    IReadOnlyList<FeedbackId> FeedbackIds, Priority Priority, PromiseState Promise, OutcomeAnswer? Outcome)
{
    public static TaskAnswer Of(CallBackTask task, Business business)
    {
        var words = Words.For(business.Language);
        var (contact, closing) = (task.Contact, task.Closing);
        return new(
            task.Id, task.State, business.Find(task.Owner)?.Name, task.Promise.By, [.. task.Reasons.Select(words.Reason)],
            contact == Contact.None ? null : new(contact.Name, contact.Email, contact.Phone), task.Feedbacks, task.Priority, task.Promise.State,
            closing is null ? null : new(closing.Outcome, closing.Reason, closing.Gesture, closing.By, closing.At));
    }
}

internal sealed record OutcomeAnswer(Outcome Outcome, string Reason, string? Gesture, string By, DateTimeOffset At);

internal sealed record TaskListAnswer(IReadOnlyList<TaskAnswer> Items, string? Next);

internal sealed record OutcomeBody(string Outcome, string Reason, string? Gesture);

internal sealed record ReopenBody(string Reason);

/// <summary>The tasks API. Acts are done in the name of the task's owner: a key belongs to a business, not to a person.</summary>
internal static class TasksApi
{
    private const int PageSize = 50;
    private const int LongestReason = 1_000;

    public static void MapTasksApi(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/api/tasks").WithTags("tasks");
        tasks.MapGet("", ListAsync).WithName("ListTasks").WithSummary("Tasks by deadline (open) or last closed first (closed), a page at a time.")
            .Produces<TaskListAnswer>().ProducesProblems(400, 401, 503);
        tasks.MapPost("{id}/claim", ClaimAsync).WithName("ClaimTask").WithSummary("The owner has it: repeated alerts stop, the deadline stays.")
            .Produces<TaskAnswer>().ProducesProblems(401, 404, 409, 503);
        tasks.MapPost("{id}/outcome", CloseAsync).WithName("CloseTask").WithSummary("Closes a task with its outcome. The same again is 200, another one 409.")
            .Accepts<OutcomeBody>("application/json").Produces<TaskAnswer>().ProducesProblems(400, 401, 404, 409, 415, 503);
        tasks.MapPost("{id}/reopen", ReopenAsync).WithName("ReopenTask").WithSummary("Opens a task again within 24 hours after it was closed.")
            .Accepts<ReopenBody>("application/json").Produces<TaskAnswer>().ProducesProblems(400, 401, 404, 409, 415, 503);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiKeys keys, ILists lists, string? status, string? next, CancellationToken ct)
    {
        if (await keys.BusinessAsync(context.Request, ct) is not { } business) return ApiKeys.Missing(context.Response);
        if (status is not (null or "open" or "closed")) return Problems.BadField("status", "status is not one of: open, closed.");
        var page = PageToken.Read(next, out var continuation)
            ? status == "closed"
                ? await lists.ClosedTasksAsync(business.Slug, PageSize, continuation, ct)
                : await lists.OpenTasksAsync(business.Slug, PageSize, continuation, ct)
            : null;
        if (page is null) return Problems.BadField("next", "next is not an address that an earlier page gave.");
        var more = page.Next is null ? null : $"/api/tasks?status={status ?? "open"}&next={PageToken.Write(page.Next)}";
        return Results.Json(new TaskListAnswer([.. page.Items.Select(task => TaskAnswer.Of(task, business))], more));
    }

    private static async Task<IResult> ClaimAsync(string id, HttpContext context, ApiKeys keys, ILookups lookups, ActOnTask act, ICourier courier, CancellationToken ct)
    {
        if (await keys.BusinessAsync(context.Request, ct) is not { } business) return ApiKeys.Missing(context.Response);
        return await ActAsync(id, business, lookups, act, courier, (owner, _) => new Claim(owner.Id, owner.Name), ct);
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext context, ApiKeys keys, ILookups lookups, ActOnTask act, ICourier courier, CancellationToken ct)
    {
        if (await keys.BusinessAsync(context.Request, ct) is not { } business) return ApiKeys.Missing(context.Response);
        var (body, refusal) = await BodyReader.ReadAsync(context.Request, ct);
        if (body is null) return refusal!;
        var (outcome, reason, gesture) = (OutcomeOf(body), TextOf(body, "reason", required: true), TextOf(body, "gesture", required: false));
        if (body.Problems.Count > 0) return Problems.BadFields(body.Problems);
        return await ActAsync(id, business, lookups, act, courier, (owner, task) => new Close(outcome!.Value, reason!, gesture, task.Closing?.By ?? owner.Name), ct);
    }

    private static async Task<IResult> ReopenAsync(string id, HttpContext context, ApiKeys keys, ILookups lookups, ActOnTask act, ICourier courier, CancellationToken ct)
    {
        if (await keys.BusinessAsync(context.Request, ct) is not { } business) return ApiKeys.Missing(context.Response);
        var (body, refusal) = await BodyReader.ReadAsync(context.Request, ct);
        if (body is null) return refusal!;
        var reason = TextOf(body, "reason", required: true);
        if (body.Problems.Count > 0) return Problems.BadFields(body.Problems);
        return await ActAsync(id, business, lookups, act, courier, (owner, _) => new Reopen(reason!, owner.Name), ct);
    }

    private static async Task<IResult> ActAsync(
        string id, Business business, ILookups lookups, ActOnTask act, ICourier courier, Func<Person, CallBackTask, Act> actOf, CancellationToken ct)
    {
        var task = NewId.IsWellFormed(id) ? await lookups.TaskAsync(business.Slug, new TaskId(id), ct) : null;
        if (task is null) return Problems.Of(StatusCodes.Status404NotFound, "There is no such task.");
        var owner = business.Find(task.Value.Owner) ?? DutyRoster.BusinessOwner(business);
        var acted = await act.RunAsync(business, task.Value.Id, actOf(owner, task.Value), CancellationToken.None);
        await courier.CarryAsync(business, acted.OwnLetters);
        return acted.Result switch
        {
            ActResult.Done or ActResult.AlreadySo => Results.Json(TaskAnswer.Of(acted.Task!, business)),
            ActResult.Closed => Conflict("The task is closed, with another outcome than this.", "Re-open it within 24 hours, with a reason."),
            ActResult.NotClosed => Conflict("The task is open.", null),
            ActResult.TooLate => Conflict("The task was closed more than 24 hours ago.", "A new feedback opens a new task."),
            ActResult.OtherOpen => Conflict("The customer has another open task.", null),
            ActResult.Away => Conflict("The owner is not on duty at the time promised.", "Change the rota, or let somebody act who is on duty."),
            ActResult.Erased => Conflict("The customer's data was erased on request.", "Nobody can be called. Close the task with an outcome."),
            ActResult.UnknownPerson or ActResult.NoApologyNow => Conflict("This cannot be done now.", null),
        };
    }

    private static IResult Conflict(string title, string? detail) => Problems.Of(StatusCodes.Status409Conflict, title, detail);

    private static Outcome? OutcomeOf(BodyReader body)
    {
        Outcome? outcome = body.Text("outcome") switch
        {
            "saved" => Outcome.Saved,
            "lost" => Outcome.Lost,
            "not-reached" => Outcome.NotReached,
            "no-fault" => Outcome.NoFault,
            "duplicate" => Outcome.Duplicate,
            _ => null,
        };
        if (outcome is null) body.Problems.Add(new("outcome", ProblemKind.NotOneOf, "saved, lost, not-reached, no-fault, duplicate"));
        return outcome;
    }

    private static string? TextOf(BodyReader body, string field, bool required)
    {
        var text = body.Text(field)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            if (required) body.Problems.Add(new(field, ProblemKind.Required, "a few words"));
            return null;
        }

        if (text.Length > LongestReason) body.Problems.Add(new(field, ProblemKind.TooLong, $"at most {LongestReason} characters"));
        return PlainText.WellFormed(text);
    }
}
