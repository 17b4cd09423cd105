using FeedbackFlow.App.Api;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/promises</c>: every time that was told, and how it ended. Nothing on it can be changed.</summary>
internal static class PromisePages
{
    /// <summary>Lines, not promises: the end of a promise is a line of its own before its telling.</summary>
    private const int PageSize = 60;

    public static void MapPromises(this IEndpointRouteBuilder routes) => routes.MapGet("/manage/promises", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, Visitors visitors, ILists lists, ILookups lookups, TimeProvider clock, string? next, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!PageToken.Read(next, out var continuation)) continuation = null;
        var business = visitor.Business;
        var page = await lists.LedgerAsync(business.Slug, PageSize, continuation, ct);
        // A page may end between the end of a promise and its telling: one line more shows what it was.
        var lines = page.Items.ToList();
        var more = page.Next;
        while (lines.Count > 0 && lines[^1].Mark != LedgerMark.Told && more is not null)
        {
            var rest = await lists.LedgerAsync(business.Slug, 1, more, ct);
            lines.AddRange(rest.Items);
            more = rest.Next;
        }

        var tally = (await lookups.TallyAsync(business.Slug, ct))?.Value ?? PromiseTally.Zero;
        var model = new PromisesModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), tally, [.. Rows(lines, business)], more is null ? null : "/manage/promises?next=" + PageToken.Write(more),
            business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<PromisesPage>(new { Model = model });
    }

    private static IEnumerable<PromiseRow> Rows(IReadOnlyList<LedgerLine> lines, Business business)
    {
        LedgerLine? ended = null;
        var disputed = false;
        foreach (var line in lines)
        {
            if (line.Mark == LedgerMark.Told)
                yield return new(line, ended, business.Find((ended ?? line).Owner)?.Name ?? "", "/manage/tasks/" + line.Task) { IsDisputed = disputed };
            disputed = line.Mark == LedgerMark.Disputed || (disputed && line.Mark != LedgerMark.Told);
            ended = line.Mark switch { LedgerMark.Told => null, LedgerMark.Disputed => ended, _ => line };
        }
    }
}
