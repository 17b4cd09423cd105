using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Manage;

/// <summary>Managers and the owner set up sources and listeners; who stands in for them does not.</summary>
internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manage/sources", async (HttpContext context, Visitors visitors, SourcePages pages, string? done, CancellationToken ct) =>
            await AllowedAsync(context, visitors, visitor => pages.ListAsync(context, visitor, visitor.NoticeOf(done), ct), ct));
        routes.MapPost("/manage/sources", async (HttpContext context, Visitors visitors, SourcePages pages, CancellationToken ct) =>
            await PostedAsync(context, visitors, async visitor => await pages.AddAsync(context, visitor, await PostedForm.ReadAsync(context.Request, ct), ct), ct));
        routes.MapGet("/manage/sources/{name}", async (string name, HttpContext context, Visitors visitors, SourcePages pages, CancellationToken ct) =>
            await AllowedAsync(
                context, visitors,
                async visitor => visitor.Business.FindSource(name) is { } source ? await pages.ShowAsync(context, visitor, source, SourcePages.Shown.Plain, ct) : Edge.NothingThere(context), ct));
        routes.MapPost("/manage/sources/{name}/{act}", async (string name, string act, HttpContext context, Visitors visitors, SourcePages pages, CancellationToken ct) =>
            await PostedAsync(
                context, visitors,
                async visitor => visitor.Business.FindSource(name) is { } source
                    ? await pages.ActAsync(context, visitor, source, act, await PostedForm.ReadAsync(context.Request, ct), ct)
                    : Edge.NothingThere(context),
                ct));

        routes.MapGet("/manage/listeners", async (HttpContext context, Visitors visitors, ListenerPages pages, string? done, CancellationToken ct) =>
            await AllowedAsync(context, visitors, visitor => pages.ListAsync(context, visitor, visitor.NoticeOf(done), ct), ct));
        routes.MapPost("/manage/listeners", async (HttpContext context, Visitors visitors, ListenerPages pages, CancellationToken ct) =>
            await PostedAsync(context, visitors, async visitor => await pages.AddAsync(context, visitor, await PostedForm.ReadAsync(context.Request, ct), ct), ct));
        routes.MapGet("/manage/listeners/{id}", async (string id, HttpContext context, Visitors visitors, ListenerPages pages, string? next, CancellationToken ct) =>
            await AllowedAsync(
                context, visitors,
                async visitor => Find(visitor, id) is { } listener ? await pages.ShowAsync(context, visitor, listener, null, next, null, ct) : Edge.NothingThere(context), ct));
        routes.MapPost("/manage/listeners/{id}/{act}", async (string id, string act, HttpContext context, Visitors visitors, ListenerPages pages, CancellationToken ct) =>
            await PostedAsync(
                context, visitors,
                async visitor => Find(visitor, id) is { } listener
                    ? await pages.ActAsync(context, visitor, listener, act, await PostedForm.ReadAsync(context.Request, ct), ct)
                    : Edge.NothingThere(context),
                ct));
    }

    private static Listener? Find(Visitor visitor, string id) => visitor.Business.Listeners.FirstOrDefault(listener => listener.Id == id);

    private static async Task<IResult> AllowedAsync(HttpContext context, Visitors visitors, Func<Visitor, Task<IResult>> show, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        return visitor.Person.Role == PersonRole.Backup ? Edge.Page(context, StatusCodes.Status403Forbidden, PageProblem.NotAllowed) : await show(visitor);
    }

    private static Task<IResult> PostedAsync(HttpContext context, Visitors visitors, Func<Visitor, Task<IResult>> act, CancellationToken ct) =>
        AllowedAsync(
            context, visitors, async visitor => await visitors.CameFromUsAsync(context) ? await act(visitor) : Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm), ct);
}
