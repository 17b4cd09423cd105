using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;

namespace FeedbackFlow.App.Functions;

/// <summary>
/// What the Functions host calls: one address for each trigger, named as the trigger's folder. An answer that is not JSON would fail the invocation, and an empty one would
/// let it hang until it times out. A failure becomes a 5xx: a message comes back after a minute and is set aside after five tries, a timer runs at its next tick.
/// </summary>
internal static partial class FunctionsDoor
{
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
        triggers.MapPost("/digests", DigestsAsync);
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

    private static async Task<IResult> DigestsAsync(WriteDigests digests, CancellationToken ct)
    {
        await digests.RunAsync(ct);
        return Done();
    }

    private static async Task<IResult> DeliveryReportAsync(HttpContext context, DeliveriesHeard heard, CancellationToken ct)
    {
        if (await Invocation.ReadAsync(context.Request, ct) is not { } call || call.Text("report") is not { Length: > 0 } text) return Results.BadRequest();
        await heard.RunAsync(text, ct);
        return Done();
    }

    /// <summary>Success, in the spelling that the host's own samples use.</summary>
    private static IResult Done() => Results.Text("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", "application/json");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A nudge that cannot be read was set aside.")]
        public static partial void SetAside(ILogger log);
    }
}
