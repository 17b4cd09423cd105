using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Forms;

/// <summary>The customer's pages: <c>/f/{link}</c> of a job or a place, and <c>/b/{business}</c> for everybody. Opening stores nothing.</summary>
internal static class FormsDoor
{
    public static IServiceCollection AddForms(this IServiceCollection services) => services.AddSingleton<LinkRates>().AddSingleton<FormVisits>().AddSingleton<FormPosts>();

    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/f/{token}", (string token, HttpContext context, FormVisits visits, CancellationToken ct) => ShowAsync(visits.OfLinkAsync(token, ct), context));
        routes.MapPost("/f/{token}", (string token, HttpContext context, FormVisits visits, FormPosts posts, CancellationToken ct) => PostToLinkAsync(token, visits, context, posts, ct));
        routes.MapGet("/b/{business}", (string business, HttpContext context, FormVisits visits, CancellationToken ct) => ShowAsync(visits.OfBusinessAsync(business, ct), context));
        routes.MapPost("/b/{business}", (string business, HttpContext context, FormVisits visits, FormPosts posts, CancellationToken ct) => PostAsync(visits.OfBusinessAsync(business, ct), context, posts, ct));
        routes.MapGet("/b/{business}/privacy", (string business, HttpContext context, FormVisits visits, CancellationToken ct) => NoticeAsync<PrivacyPage>(visits.OfBusinessAsync(business, ct), context));
        routes.MapGet("/b/{business}/accessibility", (string business, HttpContext context, FormVisits visits, CancellationToken ct) => NoticeAsync<AccessibilityPage>(visits.OfBusinessAsync(business, ct), context));
    }

    private static async Task<IResult> ShowAsync(Task<FormVisit?> opened, HttpContext context)
    {
        if (await opened is not { } visit) return Edge.NothingThere(context);
        var frame = visit.Frame(context.Request);
        if (visit.IsSpent) return FormPages.Spent(frame, visit.Business, null, StatusCodes.Status200OK);
        return FormPages.Form(frame, visit, FormValues.Empty, FormPages.NewSubmission(), [], StatusCodes.Status200OK);
    }

    private static async Task<IResult> PostAsync(Task<FormVisit?> opened, HttpContext context, FormPosts posts, CancellationToken ct)
    {
        if (await opened is not { } visit) return Edge.NothingThere(context);
        if (!context.Request.HasFormContentType) return Edge.Page(context, StatusCodes.Status415UnsupportedMediaType, Pages.PageProblem.StaleForm);
        return await posts.AcceptAsync(visit, context, await PostedForm.ReadAsync(context.Request, ct));
    }

    /// <summary>The link may have ended while the form was being filled in: the words are given back, ready to be sent by the open form.</summary>
    private static async Task<IResult> PostToLinkAsync(string token, FormVisits visits, HttpContext context, FormPosts posts, CancellationToken ct)
    {
        if (await visits.OfLinkAsync(token, ct) is { } visit) return await PostAsync(Task.FromResult<FormVisit?>(visit), context, posts, ct);
        if (Token.BusinessOf(token) is not { } slug || await visits.OfBusinessAsync(slug, ct) is not { } open || !context.Request.HasFormContentType) return Edge.NothingThere(context);
        return FormPages.Spent(open.Frame(context.Request), open.Business, FormPosts.ValuesOf(await PostedForm.ReadAsync(context.Request, ct)), StatusCodes.Status410Gone, hasEnded: true);
    }

    private static async Task<IResult> NoticeAsync<TPage>(Task<FormVisit?> opened, HttpContext context) where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        if (await opened is not { } visit) return Edge.NothingThere(context);
        var (business, frame) = (visit.Business, visit.Frame(context.Request));
        return new RazorComponentResult<TPage>(new { Model = new NoticeModel(frame, business.Phone, business.ReplyTo, $"/b/{business.Slug}?lang={frame.Language}") });
    }
}
