using System.Globalization;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Letters;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/feedbacks</c>: everything that was said, newest first; each with "not a threat" and "you missed this".</summary>
internal static class FeedbackPages
{
    private const int PageSize = 25;

    public static void MapFeedbacks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manage/feedbacks", ListAsync);
        routes.MapGet("/manage/feedbacks/{id}", ShowAsync);
        routes.MapPost("/manage/feedbacks/{id}/reply", ReplyAsync);
        routes.MapPost("/manage/feedbacks/{id}/not-a-threat", (string id, HttpContext context, Visitors visitors, CorrectReading correct, ICourier courier) =>
            CorrectAsync(id, missed: false, context, visitors, correct, courier));
        routes.MapPost("/manage/feedbacks/{id}/missed", (string id, HttpContext context, Visitors visitors, CorrectReading correct, ICourier courier) =>
            CorrectAsync(id, missed: true, context, visitors, correct, courier));
    }

    private static async Task<IResult> ListAsync(HttpContext context, Visitors visitors, ILists lists, TimeProvider clock, string? next, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var business = visitor.Business;
        if (!PageToken.Read(next, out var continuation)) continuation = null;
        var page = await lists.FeedbacksAsync(business.Slug, PageSize, continuation, ct);
        var more = page.Next is null ? null : "/manage/feedbacks?next=" + PageToken.Write(page.Next);
        var model = new FeedbackListModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), [.. page.Items.Select(said => Shown(said, business))], more, business.Policy.AlertThreshold, business.Zone,
            clock.GetUtcNow());
        return new RazorComponentResult<FeedbackListPage>(new { Model = model });
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext context, Visitors visitors, ILookups lookups, ReplyInPublic replies, TimeProvider clock, string? done, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var business = visitor.Business;
        var said = NewId.IsWellFormed(id) ? await lookups.FeedbackAsync(business.Slug, new FeedbackId(id), ct) : null;
        return said is null ? Edge.NothingThere(context) : await PageAsync(context, visitors, visitor, lookups, said, await ShownAsync(said, business, replies, ct), visitor.NoticeOf(done), clock.GetUtcNow(), ct);
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, Visitors visitors, Visitor visitor, ILookups lookups, ReadFeedback said, TaskFeedback shown, string? notice, DateTimeOffset now, CancellationToken ct)
    {
        var business = visitor.Business;
        var task = await lookups.TaskAsync(business.Slug, CorrectReading.TaskOf(said), ct);
        var model = new FeedbackModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), shown, task is null ? null : "/manage/tasks/" + task.Value.Id, Passages.Of(said.Feedback.Text),
            business.Policy.AlertThreshold, notice, business.Zone, now);
        return new RazorComponentResult<FeedbackPage>(new { Model = model }) { StatusCode = model.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    /// <summary>As the business reads it today, with everything that it taught.</summary>
    public static TaskFeedback Shown(ReadFeedback said, Business business)
    {
        var reading = Corrections.Apply(said.Reading, said.Feedback.Text, business.Corrections);
        return new(said.Feedback, reading, PublicReply.Draft(business, said.Feedback, reading));
    }

    /// <summary>The same, with what can be done about a public review.</summary>
    public static async Task<TaskFeedback> ShownAsync(ReadFeedback said, Business business, ReplyInPublic replies, CancellationToken ct) =>
        Shown(said, business) with
        {
            CanSendReply = replies.CanReply(business, said.Feedback), LastReply = await replies.LastAsync(business, said.Feedback, ct), LongestReply = PublicReply.LimitOf(business, said.Feedback),
        };

    private static async Task<IResult> ReplyAsync(string id, HttpContext context, Visitors visitors, ILookups lookups, ReplyInPublic replies, ICourier courier, TimeProvider clock)
    {
        var ct = context.RequestAborted;
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (!NewId.IsWellFormed(id)) return Edge.NothingThere(context);
        var typed = (await PostedForm.ReadAsync(context.Request, ct))["reply"].ToString();
        var replied = await replies.RunAsync(visitor.Business, new(id), typed);
        if (replied.Result == ReplyResult.NothingThere || await lookups.FeedbackAsync(visitor.Business.Slug, new(id), ct) is not { } said) return Edge.NothingThere(context);
        if (ReplyError(replied, visitor.Words) is { } why)
        {
            var shown = await ShownAsync(said, visitor.Business, replies, ct) with { TypedReply = typed, ReplyError = why };
            return await PageAsync(context, visitors, visitor, lookups, said, shown, null, clock.GetUtcNow(), ct);
        }

        await courier.CarryAsync(visitor.Business, replied.OwnLetters);
        return Results.LocalRedirect($"/manage/feedbacks/{id}?done=reply-{Words.Kebab(replied.Result.ToString())}");
    }

    /// <summary>Null for one that is on its way, or was before.</summary>
    private static string? ReplyError(Replied replied, Words words) => replied.Result switch
    {
        ReplyResult.Done or ReplyResult.AlreadySo => null,
        ReplyResult.TooLong => words.Count("reply.error.too-long", replied.TooMany),
        ReplyResult.Empty or ReplyResult.NotConnected or ReplyResult.BeingSent => words["reply.error." + Words.Kebab(replied.Result.ToString())],
        ReplyResult.NothingThere => throw new System.Diagnostics.UnreachableException(),
    };

    private static async Task<IResult> CorrectAsync(string id, bool missed, HttpContext context, Visitors visitors, CorrectReading correct, ICourier courier)
    {
        var ct = context.RequestAborted;
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (!NewId.IsWellFormed(id) || MisreadOf(new(id), missed, await PostedForm.ReadAsync(context.Request, ct)) is not { } misread) return Edge.NothingThere(context);
        var corrected = await correct.RunAsync(visitor.Business.Slug, misread, visitor.Person.Name);
        if (corrected.Result == CorrectResult.NothingThere) return Edge.NothingThere(context);
        await courier.CarryAsync(visitor.Business, corrected.OwnLetters);
        return Results.LocalRedirect(corrected.Task is { } task && !missed ? $"/manage/tasks/{task}?done=corrected" : $"/manage/feedbacks/{id}?done={DoneKey(corrected)}");
    }

    /// <summary>Null for a form that is none of ours.</summary>
    private static Misread? MisreadOf(FeedbackId id, bool missed, IFormCollection form)
    {
        SignalKind? kind = form["kind"].ToString() switch
        {
            "leave" => SignalKind.Leave,
            "publish" => SignalKind.Publish,
            _ => null,
        };
        if (kind is null) return null;
        if (!missed) return new(id, kind.Value, null);
        return int.TryParse(form["start"], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(form["length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                ? new(id, kind.Value, new(start, length))
                : null;
    }

    private static string DoneKey(Corrected corrected) => corrected.Result switch
    {
        CorrectResult.Learnt => corrected.OwnLetters.Count > 0 ? "corrected-and-alerted" : "corrected",
        CorrectResult.AlreadyKnown => "already-done",
        CorrectResult.NotAPhrase => "correction-too-long",
        CorrectResult.Full => "corrections-full",
        CorrectResult.NothingThere => throw new System.Diagnostics.UnreachableException(),
    };
}
