using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Manage;
using FeedbackFlow.App.Pages.Health;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Health;

internal sealed record StatusAnswer(double? AlertLatencyP95Ms, double? OutboxOldestSeconds, PromiseCounts? Promises, TargetTally? Targets, int? SetAside, int? Poison);

/// <summary><c>/healthz</c> for machines, <c>/status</c> for whoever wants to know whether promises are kept.</summary>
internal static class HealthDoor
{
    private const int NewestAlerts = 500;

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", HealthAsync);
        routes.MapGet("/status", StatusAsync);
        routes.MapGet("/", (HttpContext context) => Results.LocalRedirect("/manage"));
    }

    /// <summary>Healthy means that the store answers.</summary>
    private static async Task<IResult> HealthAsync(ILists lists, CancellationToken ct)
    {
        await lists.BusinessesAsync(1, null, ct);
        return Results.Text("healthy");
    }

    private static async Task<IResult> StatusAsync(
        HttpContext context, Visitors visitors, ApiKeys keys, ILists lists, ILookups lookups, NudgeQueue nudges, TimeProvider clock, CancellationToken ct)
    {
        var visitor = await visitors.FindAsync(context, ct);
        var business = visitor?.Business ?? await keys.BusinessAsync(context.Request, ct);
        var status = await ReadAsync(business, lists, lookups, nudges, clock, ct);
        if (context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)) return Results.Json(status);
        var frame = visitor?.Frame ?? Edge.Frame(context);
        var model = new StatusModel(frame, status.AlertLatencyP95Ms, status.OutboxOldestSeconds, status.Promises, status.SetAside, status.Poison)
        {
            Targets = status.Targets,
            DrillUrl = visitor is null ? null : "/manage/drill",
        };
        return new RazorComponentResult<StatusPage>(new { Model = model });
    }

    /// <summary>How quick the program is, is everybody's to see; a business's numbers only its own.</summary>
    private static async Task<StatusAnswer> ReadAsync(Business? business, ILists lists, ILookups lookups, NudgeQueue nudges, TimeProvider clock, CancellationToken ct)
    {
        var all = business is null ? (await lists.BusinessesAsync(100, null, ct)).Items : [business.Slug];
        var (took, oldest) = (new List<double>(), (DateTimeOffset?)null);
        foreach (var slug in all)
        {
            took.AddRange((await lists.LatenciesAsync(slug, NewestAlerts, null, ct)).Items.Select(alert => alert.Took.TotalMilliseconds));
            foreach (var letter in (await lists.DueLettersAsync(slug, DateTimeOffset.MaxValue, NewestAlerts, null, ct)).Items)
                if (oldest is null || letter.WrittenAt < oldest) oldest = letter.WrittenAt;
        }

        var tally = business is null ? null : (await lookups.TallyAsync(business.Slug, ct))?.Value ?? PromiseTally.Zero;
        var setAside = business is null ? (int?)null : (await lists.SetAsideAsync(business.Slug, NewestAlerts, null, ct)).Items.Count;
        return new(
            P95(took),
            oldest is { } since ? Math.Round(Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds), 1) : null,
            tally is null ? null : new(tally.Kept, tally.Late, tally.Broken),
            tally?.Targets,
            setAside,
            await nudges.CountSetAsideAsync(ct));
    }

    /// <summary>Nearest rank: the value that 95 of 100 do not exceed.</summary>
    private static double? P95(List<double> values)
    {
        if (values.Count == 0) return null;
        values.Sort();
        return Math.Round(values[(int)Math.Ceiling(values.Count * 0.95) - 1], 1);
    }
}
