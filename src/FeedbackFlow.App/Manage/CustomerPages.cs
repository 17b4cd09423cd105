using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/customers/{id}</c>: everything one customer said, and who may be the same person.</summary>
internal static class CustomerPages
{
    private const int PageSize = 25;

    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manage/customers/{id}", ShowAsync);
        routes.MapPost("/manage/customers/{id}/erase", EraseAsync);
    }

    /// <summary>For a customer who asked by phone or letter.</summary>
    private static async Task<IResult> EraseAsync(string id, HttpContext context, Visitors visitors, ILookups lookups, EraseCustomer erase, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (!NewId.IsWellFormed(id) || await lookups.CustomerAsync(visitor.Business.Slug, new CustomerId(id), ct) is null) return Edge.NothingThere(context);
        await erase.BeginAsync(visitor.Business.Slug, new CustomerId(id), CancellationToken.None);
        await erase.LookAtAsync(visitor.Business.Slug, new CustomerId(id), CancellationToken.None);
        return Results.LocalRedirect("/manage/customers/" + id);
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext context, Visitors visitors, ILookups lookups, ILists lists, TimeProvider clock, string? next, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var business = visitor.Business;
        var line = NewId.IsWellFormed(id) ? await lookups.CustomerAsync(business.Slug, new CustomerId(id), ct) : null;
        if (line is null) return Edge.NothingThere(context);
        if (!PageToken.Read(next, out var continuation)) continuation = null;
        var page = await lists.FeedbacksOfAsync(business.Slug, line.Value.Id, PageSize, continuation, ct);
        var perhapsSame = line.Value.PerhapsSame is { } other ? await lookups.CustomerAsync(business.Slug, other, ct) : null;
        var more = page.Next is null ? null : $"/manage/customers/{id}?next={PageToken.Write(page.Next)}";
        var model = new CustomerModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), line.Value, perhapsSame?.Value, [.. page.Items.Select(said => FeedbackPages.Shown(said, business))], more,
            business.Policy.AlertThreshold, business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<CustomerPage>(new { Model = model });
    }
}
