using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/drill</c>: one button sends a marked fake threat through the whole chain, and the page says how long each step took.</summary>
internal static class DrillPages
{
    private const string Here = "/manage/drill";

    public static void MapDrill(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Here, ShowAsync);
        routes.MapPost(Here, StartAsync);
        routes.MapPost(Here + "/end", EndAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Visitors visitors, FireDrill drill, TimeProvider clock, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var model = new DrillModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), Here, await drill.ReportAsync(visitor.Business.Slug, ct), visitor.Business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<DrillPage>(new { Model = model });
    }

    private static async Task<IResult> StartAsync(HttpContext context, Visitors visitors, FireDrill drill, ICourier courier, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        // In the language of the business: the detector and whoever has the task read it.
        var words = Words.For(visitor.Business.Language);
        var letters = await drill.StartAsync(visitor.Business, words["drill.name"], words["drill.words"], visitor.Person.Name, CancellationToken.None);
        await courier.CarryAsync(visitor.Business, letters);
        return Results.LocalRedirect(Here);
    }

    private static async Task<IResult> EndAsync(HttpContext context, Visitors visitors, FireDrill drill, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        await drill.EndAsync(visitor.Business.Slug, CancellationToken.None);
        return Results.LocalRedirect(Here);
    }
}
