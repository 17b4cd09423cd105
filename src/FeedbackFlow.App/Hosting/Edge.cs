using FeedbackFlow.App.Api;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Hosting;

/// <summary>The web edge: what goes wrong behind it becomes a clear answer, as JSON for machines and as a page for people.</summary>
internal static partial class Edge
{
    private static readonly string[] MachineDoors = ["/api", "/hooks", "/openapi"];

    public static void UseEdge(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Edge));
        app.Use(async (context, next) =>
        {
            Protect(context.Response.Headers);
            try
            {
                LimitedBody.Limit(context.Request);
                await next(context);
                if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed or StatusCodes.Status415UnsupportedMediaType, ContentLength: null })
                    await NothingThere(context, context.Response.StatusCode).ExecuteAsync(context);
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
            {
                // The client has gone; there is nobody to answer.
            }
            catch (Exception failure) when (!context.Response.HasStarted)
            {
                await AnswerTo(failure, context, log).ExecuteAsync(context);
            }
        });
    }

    /// <summary>A page of the edge in the language that the browser prefers.</summary>
    public static PageFrame Frame(HttpContext context) => new(Languages.Preferred(context.Request, "he"), null, null, null);

    private static void Protect(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = Styles.ContentSecurityPolicy;
        // As the antiforgery tokens of a page want it; anything else they would overwrite with a warning.
        headers.CacheControl = "no-cache, no-store";
    }

    private static IResult AnswerTo(Exception failure, HttpContext context, ILogger log)
    {
        switch (failure)
        {
            case StoreUnavailableException:
                Log.StoreUnavailable(log, failure);
                context.Response.Headers.RetryAfter = "5";
                return Answer(context, StatusCodes.Status503ServiceUnavailable, PageProblem.Unavailable, "The store could not commit. Nothing was kept; try again.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large:
                return Answer(context, StatusCodes.Status413PayloadTooLarge, PageProblem.TooLarge, large.Message);
            case BadHttpRequestException bad:
                return Answer(context, bad.StatusCode, PageProblem.StaleForm, "The request could not be read.");
            case InvalidDataException:
                return Answer(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm, "The form could not be read.");
            default:
                Log.Unexpected(log, failure);
                return Answer(context, StatusCodes.Status500InternalServerError, PageProblem.Unexpected, "Something went wrong here.");
        }
    }

    private static IResult Answer(HttpContext context, int status, PageProblem problem, string title) =>
        IsForMachines(context) ? Problems.Of(status, title, reason: ReasonOf(status)) : Page(context, status, problem);

    public static IResult Page(HttpContext context, int status, PageProblem problem) =>
        new RazorComponentResult<ErrorPage>(new { Frame = Frame(context), Problem = problem }) { StatusCode = status };

    public static IResult NothingThere(HttpContext context, int status = StatusCodes.Status404NotFound) =>
        IsForMachines(context)
            ? Problems.Of(status, status switch
            {
                StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
                StatusCodes.Status415UnsupportedMediaType => "The body must be JSON.",
                _ => "There is nothing at this address.",
            }, reason: ReasonOf(status))
            : new RazorComponentResult<NotFoundPage>(new { Frame = Frame(context) }) { StatusCode = status };

    private static string ReasonOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "nothing-there",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status408RequestTimeout => "body-too-slow",
        StatusCodes.Status413PayloadTooLarge => "body-too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-content-type",
        StatusCodes.Status503ServiceUnavailable => "store-unavailable",
        >= 500 => "unexpected",
        _ => "unreadable-request",
    };

    private static bool IsForMachines(HttpContext context) =>
        MachineDoors.Any(door => context.Request.Path.StartsWithSegments(door, StringComparison.OrdinalIgnoreCase));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The store could not be used.")]
        public static partial void StoreUnavailable(ILogger log, Exception failure);

        [LoggerMessage(2, LogLevel.Error, "A request failed in a way that nobody foresaw.")]
        public static partial void Unexpected(ILogger log, Exception failure);
    }
}
