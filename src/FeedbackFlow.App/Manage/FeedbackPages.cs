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
        string id, HttpContext context, Visitors visitors, ILookups lookups, TimeProvider clock, string? done, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var business = visitor.Business;
        var said = NewId.IsWellFormed(id) ? await lookups.FeedbackAsync(business.Slug, new FeedbackId(id), ct) : null;
        if (said is null) return Edge.NothingThere(context);
        var task = await lookups.TaskAsync(business.Slug, CorrectReading.TaskOf(said), ct);
        var notice = visitor.NoticeOf(done);
        var model = new FeedbackModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), Shown(said, business), task is null ? null : "/manage/tasks/" + task.Value.Id, Passages.Of(said.Feedback.Text),
            business.Policy.AlertThreshold, notice, business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<FeedbackPage>(new { Model = model });
    }

    /// <summary>As the business reads it today, with everything that it taught.</summary>
    public static TaskFeedback Shown(ReadFeedback said, Business business)
    {
        var reading = Corrections.Apply(said.Reading, said.Feedback.Text, business.Corrections);
        return new(said.Feedback, reading, PublicReply.Draft(business, said.Feedback, reading));
    }

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
