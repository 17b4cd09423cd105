using System.Security.Claims;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FeedbackFlow.App.Manage;

/// <summary>Somebody who is signed in, with the business as it is now.</summary>
internal sealed record Visitor(Business Business, Person Person)
{
    public Words Words => Words.For(Person.Language);

    public PageFrame Frame => new(Person.Language, Business.Name, null, null);

    /// <summary>What the last action did. Only words of our own are shown, whatever stands in the address.</summary>
    public string? NoticeOf(string? done) => done is not null && Words.Has("done." + done) ? Words["done." + done] : null;
}

/// <summary>From the cookie to the person. Somebody who left the business is signed out by that.</summary>
internal sealed class Visitors(ILookups lookups, ILists lists, IAntiforgery antiforgery)
{
    private const string BusinessClaim = "business";
    private const string PersonClaim = "person";

    public static ClaimsPrincipal Principal(Business business, Person person) =>
        new(new ClaimsIdentity([new(BusinessClaim, business.Slug), new(PersonClaim, person.Id.Value)], CookieAuthenticationDefaults.AuthenticationScheme));

    public async Task<Visitor?> FindAsync(HttpContext context, CancellationToken ct)
    {
        var (slug, person) = (context.User.FindFirstValue(BusinessClaim), context.User.FindFirstValue(PersonClaim));
        if (slug is null || person is null) return null;
        var business = await lookups.BusinessAsync(slug, ct);
        return business?.Value.Find(new PersonId(person)) is { } found ? new(business.Value, found) : null;
    }

    /// <summary>Sends to the sign-in, and back to a page that can be opened afterwards.</summary>
    public static IResult SignInFirst(HttpContext context) =>
        Results.Redirect(HttpMethods.IsGet(context.Request.Method) ? $"/manage/sign-in?to={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}" : "/manage/sign-in");

    public FormToken Token(HttpContext context)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new(tokens.FormFieldName, tokens.RequestToken!);
    }

    public async Task<bool> CameFromUsAsync(HttpContext context)
    {
        await PostedForm.ReadAsync(context.Request, context.RequestAborted);
        return await antiforgery.IsRequestValidAsync(context);
    }

    public async Task<ManageNav> NavAsync(HttpContext context, Visitor visitor, CancellationToken ct)
    {
        var setAside = await lists.SetAsideAsync(visitor.Business.Slug, 20, null, ct);
        return new(visitor.Person.Name, "/manage", "/manage?status=closed", "/manage/outbox", "/manage/sign-out", setAside.Items.Count, Token(context));
    }
}
