using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage</c>: open tasks by deadline, closed ones by when they were closed.</summary>
internal static class BoardPages
{
    private const int PageSize = 25;

    public static void MapBoard(this IEndpointRouteBuilder routes) => routes.MapGet("/manage", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, Visitors visitors, ILists lists, ILookups lookups, TimeProvider clock, string? status, string? next, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var (business, closed) = (visitor.Business, status == "closed");
        if (!PageToken.Read(next, out var continuation)) continuation = null;
        var page = closed ? await lists.ClosedTasksAsync(business.Slug, PageSize, continuation, ct) : await lists.OpenTasksAsync(business.Slug, PageSize, continuation, ct);
        var rows = await Task.WhenAll(page.Items.Select(task => RowAsync(business, task, lookups, ct)));
        var more = page.Next is null ? null : $"/manage?status={(closed ? "closed" : "open")}&next={PageToken.Write(page.Next)}";
        var model = new BoardModel(visitor.Frame, await visitors.NavAsync(context, visitor, ct), closed, rows, more, business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<BoardPage>(new { Model = model });
    }

    private static async Task<BoardRow> RowAsync(Business business, CallBackTask task, ILookups lookups, CancellationToken ct)
    {
        var said = await lookups.FeedbackAsync(business.Slug, task.Feedbacks[^1], ct);
        return new(task, business.Find(task.Owner)?.Name ?? "", said?.Feedback.Text, said is null ? [] : Marks.Of(said.Reading, business.Policy.AlertThreshold), "/manage/tasks/" + task.Id);
    }
}
