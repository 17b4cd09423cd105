using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary>Sign-in by a mailed link: asked for by address, opened by GET, spent by POST.</summary>
internal static class SignInPages
{
    private const string Start = "/manage/sign-in";
    private const string ReturnCookie = "feedbackflow-to";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Start, (HttpContext context, Visitors visitors, string? to) => Ask(context, visitors, to));
        routes.MapPost(Start, SendAsync);
        routes.MapGet(Start + "/{token}", (string token, HttpContext context, Visitors visitors) =>
            new RazorComponentResult<SignInConfirmPage>(new { Model = new SignInConfirmModel(Edge.Frame(context), $"{Start}/{token}", visitors.Token(context)) }));
        routes.MapPost(Start + "/{token}", EnterAsync);
        routes.MapPost("/manage/sign-out", LeaveAsync);
    }

    /// <summary>A page behind the sign-in, in characters that a header can carry.</summary>
    private static bool IsOurs(string? to) =>
        to is not null && (to == "/manage" || to.StartsWith("/manage/", StringComparison.Ordinal) || to.StartsWith("/manage?", StringComparison.Ordinal)) && to.All(c => c is > ' ' and < '\x7f');

    private static IResult Ask(HttpContext context, Visitors visitors, string? to)
    {
        // Where to go afterwards waits in this browser; only our own pages are believed.
        if (IsOurs(to))
            context.Response.Cookies.Append(ReturnCookie, to!, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Link.SignInLife, Secure = context.Request.IsHttps });
        return Page(context, visitors, null, false, []);
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, Visitors visitors, SignInRates rates, ILists lists, ILookups lookups, SignIn signIn, ICourier courier, LocalOnly local, CancellationToken ct)
    {
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        var typed = (await PostedForm.ReadAsync(context.Request, ct))[SignInFields.Email].ToString();
        if (EmailAddress.Normalise(typed) is not { } address)
            return Page(context, visitors, typed, false, [new(SignInFields.Email, Edge.Frame(context).Words["sign-in.error.email"])]);

        // Known or not, limited or not: the same answer.
        if (rates.Admits(address))
        {
            foreach (var workplace in await lists.WorkplacesAsync(address, ct))
            {
                if (await lookups.BusinessAsync(workplace, ct) is { } business) await courier.CarryAsync(business.Value, await signIn.AskAsync(business.Value, address, ct));
            }
        }

        return new RazorComponentResult<SignInSentPage>(new { Model = new SignInSentModel(Edge.Frame(context), Start, local.Allows(context.Request) ? "/mailbox" : null) });
    }

    private static async Task<IResult> EnterAsync(string token, HttpContext context, Visitors visitors, ILookups lookups, SignIn signIn, CancellationToken ct)
    {
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        var slug = Token.BusinessOf(token);
        var business = slug is not null && Slug.IsWellFormed(slug) ? await lookups.BusinessAsync(slug, ct) : null;
        var person = business is null ? null : await signIn.SpendAsync(business.Value, token, ct);
        if (person is null) return Page(context, visitors, null, true, []);
        await context.SignInAsync(Visitors.Principal(business!.Value, person), new() { IsPersistent = true });
        var to = context.Request.Cookies[ReturnCookie];
        context.Response.Cookies.Delete(ReturnCookie);
        return Results.LocalRedirect(IsOurs(to) ? to! : "/manage");
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, Visitors visitors)
    {
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        await context.SignOutAsync();
        return Results.LocalRedirect(Start);
    }

    private static RazorComponentResult<SignInPage> Page(HttpContext context, Visitors visitors, string? email, bool linkExpired, IReadOnlyList<FieldError> errors)
    {
        var model = new SignInModel(Edge.Frame(context), Start, email, linkExpired, errors, visitors.Token(context));
        return new(new { Model = model }) { StatusCode = errors.Count > 0 || linkExpired ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }
}
