using System.Text.Json;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/corrections</c>: what this business taught the detector, with undo; the owner may export it after seeing every line.</summary>
internal static class CorrectionPages
{
    public static void MapCorrections(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manage/corrections", ShowAsync);
        routes.MapPost("/manage/corrections/forget", ForgetAsync);
        routes.MapGet("/manage/corrections/export", PreviewAsync);
        routes.MapPost("/manage/corrections/export", ExportAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Visitors visitors, TimeProvider clock, string? done, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var notice = visitor.NoticeOf(done);
        var model = new CorrectionsModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), [.. visitor.Business.Corrections.Reverse()], MayExport(visitor), notice, visitor.Business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<CorrectionsPage>(new { Model = model });
    }

    private static async Task<IResult> ForgetAsync(HttpContext context, Visitors visitors, ChangeBusiness change, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        var key = (await PostedForm.ReadAsync(context.Request, ct))["key"].ToString();
        var forgotten = false;
        await change.RunAsync(visitor.Business.Slug, business =>
        {
            var left = business.Corrections.Where(correction => correction.Key != key).ToList();
            forgotten = left.Count < business.Corrections.Count;
            return forgotten ? BusinessChange.To(business with { Corrections = left }) : BusinessChange.No("There is no such correction.");
        });
        return Results.LocalRedirect("/manage/corrections?done=" + (forgotten ? "forgotten" : "already-done"));
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, Visitors visitors, ILookups lookups, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!MayExport(visitor)) return Edge.NothingThere(context);
        var model = new ExportModel(visitor.Frame, await visitors.NavAsync(context, visitor, ct), await RowsAsync(visitor.Business, lookups, ct));
        return new RazorComponentResult<ExportPage>(new { Model = model });
    }

    private static async Task<IResult> ExportAsync(HttpContext context, Visitors visitors, ILookups lookups, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (!MayExport(visitor)) return Edge.NothingThere(context);
        var chosen = (await PostedForm.ReadAsync(context.Request, ct))["key"].ToHashSet();
        var rows = await RowsAsync(visitor.Business, lookups, ct);
        var lines = rows.Where(row => chosen.Contains(row.Key)).Select(row => JsonSerializer.Serialize(row.Exported, Json.Options));
        var file = string.Concat(lines.Select(line => line + "\n"));
        return Results.File(System.Text.Encoding.UTF8.GetBytes(file), "application/jsonl; charset=utf-8", "corrections.jsonl");
    }

    private static bool MayExport(Visitor visitor) => visitor.Person.Role == PersonRole.Owner;

    private static async Task<IReadOnlyList<ExportRow>> RowsAsync(Business business, ILookups lookups, CancellationToken ct)
    {
        var from = business.Corrections.Select(correction => correction.From).Distinct().ToList();
        var said = await Task.WhenAll(from.Select(id => lookups.FeedbackAsync(business.Slug, id, ct)));
        var names = said.OfType<ReadFeedback>().Where(read => read.Feedback.Contact.Name is not null).ToDictionary(read => read.Feedback.Id, read => read.Feedback.Contact.Name!);
        return [.. business.Corrections.Reverse().Select(correction => new ExportRow(correction.Key, new(
            Redacted.From(correction.Phrase, [.. business.People.Select(person => person.Name), names.GetValueOrDefault(correction.From, "")]), correction.Kind, correction.IsSignal)))];
    }
}

/// <summary>One line of the export: a phrase without contacts and what it is.</summary>
/// <param name="Signal">True for "you missed this", false for "not a threat".</param>
public sealed record ExportedCorrection(string Phrase, SignalKind Kind, bool Signal);
