using System.Globalization;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Promises;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Promises;

/// <summary><c>/p/{token}</c>: the customer's own page. Opening shows, buttons act: mail scanners open every link.</summary>
internal static partial class PromiseDoor
{
    public static IServiceCollection AddOwnPages(this IServiceCollection services) => services.AddSingleton<Matters>().AddSingleton<MatterPages>();

    public static void MapOwnPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/p/{token}", ShowAsync);
        routes.MapPost("/p/{token}/{act}", ActAsync);
        routes.MapGet("/p/{token}/" + PromiseActions.Erase, AskToEraseAsync);
        routes.MapPost("/p/{token}/" + PromiseActions.Erase, EraseAsync);
    }

    private static async Task<IResult> ShowAsync(string token, HttpContext context, Matters matters, MatterPages pages, string? done, CancellationToken ct) =>
        await matters.FindAsync(token, ct) is { } matter ? await pages.PageAsync(matter, context.Request, done, [], ct) : Edge.NothingThere(context);

    private static async Task<IResult> ActAsync(
        string token, string act, HttpContext context, Matters matters, MatterPages pages, HearCustomer hear, BusinessRates rates, ICourier courier, CancellationToken ct)
    {
        if (await matters.FindAsync(token, ct) is not { } matter) return Edge.NothingThere(context);
        if (!rates.Admits(matter.Business.Slug)) return Edge.Page(context, StatusCodes.Status429TooManyRequests, PageProblem.TooMany);
        var form = await PostedForm.ReadAsync(context.Request, ct);
        var (wanted, errors) = ActOf(act, form, matter.Frame(context.Request).Words);
        if (errors.Count > 0) return await pages.PageAsync(matter, context.Request, null, errors, ct);
        if (wanted is null) return Edge.NothingThere(context);
        var heard = await hear.RunAsync(matter.Business, matter.Task.Id, wanted, CancellationToken.None);
        await courier.CarryAsync(matter.Business, heard.OwnLetters);
        return SeeOther(matter, context.Request, DoneKey(heard.Result, act));
    }

    /// <summary>Says what goes and what stays; only the button erases.</summary>
    private static async Task<IResult> AskToEraseAsync(string token, HttpContext context, Matters matters, MatterPages pages, CancellationToken ct)
    {
        if (await matters.FindAsync(token, ct) is not { } matter) return Edge.NothingThere(context);
        if (!matter.MayErase) return await pages.PageAsync(matter, context.Request, null, [], ct);
        var query = Matter.Query(context.Request);
        var model = new ErasePageModel(matter.Frame(context.Request), $"{matter.Path}/{PromiseActions.Erase}{query}", matter.Path + query);
        return new RazorComponentResult<ErasePage>(new { Model = model });
    }

    private static async Task<IResult> EraseAsync(
        string token, HttpContext context, Matters matters, EraseCustomer erase, BusinessRates rates, ILoggerFactory logs, CancellationToken ct)
    {
        if (await matters.FindAsync(token, ct) is not { } matter) return Edge.NothingThere(context);
        if (!rates.Admits(matter.Business.Slug)) return Edge.Page(context, StatusCodes.Status429TooManyRequests, PageProblem.TooMany);
        if (!matter.MayErase) return SeeOther(matter, context.Request, "already");
        var customer = matter.Customer!.Id;
        await erase.BeginAsync(matter.Business.Slug, customer, CancellationToken.None);
        try
        {
            await erase.LookAtAsync(matter.Business.Slug, customer, CancellationToken.None);
        }
        catch (StoreUnavailableException later)
        {
            Log.LeftToNudge(logs.CreateLogger(typeof(PromiseDoor)), later);
        }

        return SeeOther(matter, context.Request, PromiseActions.Erase);
    }

    /// <summary>Null and no errors for an act that there is not.</summary>
    private static (CustomerAct? Act, IReadOnlyList<FieldError> Errors) ActOf(string act, IFormCollection form, Words words)
    {
        switch (act)
        {
            case PromiseActions.NobodyCalled: return (new NobodyCalled(), []);
            case PromiseActions.NoCall: return (new NoNeedToCall(), []);
            case PromiseActions.Solved: return (new SaySolved(true), []);
            case PromiseActions.NotSolved: return (new SaySolved(false), []);
            case PromiseActions.Write:
                var way = Enum.GetValues<WrittenBy>().Cast<WrittenBy?>().FirstOrDefault(one => Words.Kebab(one.ToString()!) == form[PromiseFields.Way]);
                return way is { } chosen ? (new WriteInstead(chosen), []) : (null, []);
            case PromiseActions.CallAt:
                return DateTimeOffset.TryParse(form[PromiseFields.Window], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var by)
                    ? (new CallAt(by), [])
                    : (null, [new(PromiseFields.Window, words["case.error.window"])]);
            default: return (null, []);
        }
    }

    private static IResult SeeOther(Matter matter, HttpRequest request, string done)
    {
        var query = Matter.Query(request);
        return Results.LocalRedirect($"{matter.Path}{query}{(query.Length == 0 ? "?" : "&")}done={done}");
    }

    private static string DoneKey(CustomerActResult result, string act) => result switch
    {
        CustomerActResult.Done => act,
        CustomerActResult.AlreadySo => "already",
        CustomerActResult.TooEarly => "too-early",
        CustomerActResult.NotOffered => "not-offered",
        CustomerActResult.TooOften => "too-often",
        CustomerActResult.Closed => "closed",
        CustomerActResult.NotClosed => "not-closed",
        CustomerActResult.OtherOpen => "other-open",
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Erasing has begun and could not go on now; its nudge does.")]
        public static partial void LeftToNudge(ILogger log, Exception failure);
    }
}
