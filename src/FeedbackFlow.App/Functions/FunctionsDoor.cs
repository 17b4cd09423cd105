using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Functions;

/// <summary>
/// What the Functions host calls: one address for each trigger, named as the trigger's folder. An answer that is not JSON would fail the invocation, and an empty one would
/// let it hang until it times out. A failure becomes a 5xx: a message comes back after a minute and is set aside after five tries, a timer runs at its next tick.
/// </summary>
internal static partial class FunctionsDoor
{
    /// <summary>A letter that is still not marked as sent after a day was set aside long ago.</summary>
    private static readonly TimeSpan ReportsWait = TimeSpan.FromDays(1);

    public static IServiceCollection AddFunctions(this IServiceCollection services)
    {
        services.AddSingleton<HostOnly>();
        services.AddSingleton<HostedCourier>();
        services.AddSingleton<ICourier>(provider => provider.GetRequiredService<HostedCourier>());
        return services;
    }

    public static void MapFunctions(this IEndpointRouteBuilder routes)
    {
        var triggers = routes.MapGroup("").ExcludeFromDescription().AddEndpointFilter(routes.ServiceProvider.GetRequiredService<HostOnly>());
        triggers.MapPost("/nudge", NudgeAsync);
        triggers.MapPost("/sweep", SweepAsync);
        triggers.MapPost("/delivery-report", DeliveryReportAsync);
    }

    /// <summary>A message that cannot be read is set aside at once: four more tries would not read it.</summary>
    private static async Task<IResult> NudgeAsync(HttpContext context, NudgeQueue queue, FollowNudge follow, ILoggerFactory logs, CancellationToken ct)
    {
        if (await Invocation.ReadAsync(context.Request, ct) is not { } call || call.Text("nudge") is not { Length: > 0 } text) return Results.BadRequest();
        if (NudgeQueue.Parse(text) is not { } nudge)
        {
            await queue.SetAsideAsync(text, ct);
            Log.SetAside(logs.CreateLogger(typeof(FunctionsDoor)));
            return Done();
        }

        await follow.RunAsync(nudge, ct);
        return Done();
    }

    private static async Task<IResult> SweepAsync(SweepRound round, CancellationToken ct)
    {
        await round.RunAsync(ct);
        return Done();
    }

    /// <summary>Event Grid says at least once what became of a letter. A report that is faster than our own mark is put back; waiting is never expressed by failing.</summary>
    private static async Task<IResult> DeliveryReportAsync(
        HttpContext context, DeliveryReports reports, HearDelivery hear, TimeProvider clock, ILoggerFactory logs, CancellationToken ct)
    {
        if (await Invocation.ReadAsync(context.Request, ct) is not { } call || call.Text("report") is not { Length: > 0 } text) return Results.BadRequest();
        var log = logs.CreateLogger(typeof(FunctionsDoor));
        if (DeliveryReports.Parse(text) is not { } heard)
        {
            await reports.SetAsideAsync(text, ct);
            Log.ReportSetAside(log);
            return Done();
        }

        foreach (var report in heard)
        {
            var result = await hear.RunAsync(report, ct);
            if (result == DeliveryHeard.TooEarly && clock.GetUtcNow() - report.At < ReportsWait) await reports.PutBackAsync(text, ct);
            if (result == DeliveryHeard.Done) Log.DidNotArrive(log, report.Letter, report.Status);
        }

        return Done();
    }

    /// <summary>Success, in the spelling that the host's own samples use.</summary>
    private static IResult Done() => Results.Text("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", "application/json");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A nudge that cannot be read was set aside.")]
        public static partial void SetAside(ILogger log);

        [LoggerMessage(2, LogLevel.Error, "A delivery report that cannot be read was set aside.")]
        public static partial void ReportSetAside(ILogger log);

        [LoggerMessage(3, LogLevel.Warning, "Letter {Letter} did not arrive: {Status}.")]
        public static partial void DidNotArrive(ILogger log, LetterId letter, string status);
    }
}
