using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/outbox</c>: letters that were given up, with "send again", and those that still wait.</summary>
internal static class OutboxPages
{
    private const int PageSize = 25;

    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manage/outbox", ShowAsync);
        routes.MapPost("/manage/outbox/{id}/again", SendAgainAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, Visitors visitors, ILists lists, ILookups lookups, TimeProvider clock, string? next, string? done, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!PageToken.Read(next, out var continuation)) continuation = null;
        var slug = visitor.Business.Slug;
        var setAside = await lists.SetAsideAsync(slug, PageSize, continuation, ct);
        var due = await lists.DueLettersAsync(slug, DateTimeOffset.MaxValue, PageSize, null, ct);
        var waiting = await Task.WhenAll(due.Items.Select(letter => lookups.LetterAsync(slug, letter.Letter, ct)));
        var notice = visitor.NoticeOf(done);
        var model = new OutboxModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct),
            [.. setAside.Items.Select(entry => new OutboxRow(entry, $"/manage/outbox/{entry.Letter.Id}/again"))],
            [.. waiting.OfType<Versioned<OutboxEntry>>().Select(entry => new OutboxRow(entry.Value, null))],
            setAside.Next is null ? null : "/manage/outbox?next=" + PageToken.Write(setAside.Next), notice, visitor.Business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<OutboxPage>(new { Model = model });
    }

    private static async Task<IResult> SendAgainAsync(string id, HttpContext context, Visitors visitors, SendLetters send, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (!NewId.IsWellFormed(id)) return Edge.NothingThere(context);
        var again = await send.SendAgainAsync(visitor.Business.Slug, new LetterId(id), ct);
        return Results.LocalRedirect("/manage/outbox?done=" + (again ? "sent-again" : "already-done"));
    }
}
