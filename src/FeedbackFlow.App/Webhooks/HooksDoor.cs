using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Webhooks;

/// <summary><c>/hooks/{business}/{source}</c>: reads the bytes once and hands them in; no rule here.</summary>
internal static class HooksDoor
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<ReceiveHook>().AddSingleton<HookSecrets>().AddSingleton<HookRates>().AddSingleton<Hooks>();
        return services;
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/hooks/{business}/{source}", ReceiveAsync);
        routes.MapMethods("/hooks/{business}/{source}", ["OPTIONS"], ShakeHandsAsync);
        routes.MapGet("/hooks/{business}/{source}", ConfirmAsync);
    }

    private static async Task<IResult> ReceiveAsync(string business, string source, HttpContext context, Hooks hooks, BusinessRates rates, CancellationToken ct)
    {
        var (name, token) = Split(source);
        if (await hooks.FindAsync(business, name, ct) is not { } found) return HookAnswers.NoSource();
        if (found.Business.People.Count == 0)
            return Problems.Of(StatusCodes.Status409Conflict, "Nobody works at this business yet.", "Add a person who can be told: 'person add'.", reason: "nobody-works-here");
        if (!rates.Admits(found.Business.Slug)) return BusinessRates.TooMany(context.Response);
        var arrival = await ArrivalReader.ReadAsync(context.Request, token, ct);
        return HookAnswers.Of(await hooks.ReceiveAsync(found.Business, found.Source, arrival, isTest: false, ct), context.Response);
    }

    /// <summary>CloudEvents web hooks, 4: who delivers asks first, and is told what is allowed.</summary>
    private static async Task<IResult> ShakeHandsAsync(string business, string source, HttpContext context, Hooks hooks, CancellationToken ct)
    {
        if (await hooks.FindAsync(business, Split(source).Name, ct) is not { } found || FormatTable.Find(found.Source.Format) is not CloudEvents) return HookAnswers.NoSource();
        var headers = context.Response.Headers;
        headers.Allow = "POST, OPTIONS";
        if (context.Request.Headers["WebHook-Request-Origin"].ToString() is { Length: > 0 } origin && origin.All(c => c is > ' ' and < '\x7f'))
        {
            headers["WebHook-Allowed-Origin"] = origin;
            headers["WebHook-Allowed-Rate"] = HookAnswers.MostAMinute;
        }

        return Results.Ok();
    }

    /// <summary>Meta's subscription check: the token that the owner entered there is compared and the challenge answered as plain text.</summary>
    private static async Task<IResult> ConfirmAsync(string business, string source, HttpContext context, Hooks hooks, CancellationToken ct)
    {
        if (await hooks.FindAsync(business, Split(source).Name, ct) is not { } found) return HookAnswers.NoSource();
        var query = context.Request.Query;
        if (query["hub.mode"] != "subscribe") return Edge.NothingThere(context, StatusCodes.Status405MethodNotAllowed);
        return found.Source.VerifyToken is { } expected && Hooks.SameToken(expected, query["hub.verify_token"].ToString())
            ? Results.Text(query["hub.challenge"].ToString(), "text/plain")
            : Problems.Of(StatusCodes.Status403Forbidden, "The verify token does not fit.", "Enter the one that the source's page shows.", reason: "wrong-verify-token");
    }

    /// <summary><c>name</c> or <c>name.token</c>.</summary>
    private static (string Name, string? Token) Split(string source) =>
        source.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (source[..dot], source[(dot + 1)..]) : (source, null);
}

/// <summary>A business and one of its sources.</summary>
internal sealed record FoundSource(Business Business, Source Source);
