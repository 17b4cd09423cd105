using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/settings</c>: when the business works and rests, what it promises, and who is on duty. The business owner changes it.</summary>
internal static class SettingsPages
{
    private const string Url = "/manage/settings";

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Url, ShowAsync);
        routes.MapPost(Url, SaveAsync);
        routes.MapPost(Url + "/away", (HttpContext context, Visitors visitors, ChangeBusiness change, TimeProvider clock, CancellationToken ct) =>
            SavePersonAsync(context, visitors, change, clock, (form, visitor) => SettingsInput.AwayOf(form, visitor.Business, visitor.Words), ct));
        routes.MapPost(Url + "/duty", (HttpContext context, Visitors visitors, ChangeBusiness change, TimeProvider clock, CancellationToken ct) =>
            SavePersonAsync(context, visitors, change, clock, (form, visitor) => SettingsInput.DutyOf(form, visitor.Words), ct));
        routes.MapPost(Url + "/digest", (HttpContext context, Visitors visitors, ChangeBusiness change, TimeProvider clock, CancellationToken ct) =>
            SavePersonAsync(context, visitors, change, clock, (form, visitor) => SettingsInput.DigestOf(form, visitor.Words), ct, ofOneself: true));
        routes.MapPost(Url + "/back", (HttpContext context, Visitors visitors, ChangeBusiness change, TimeProvider clock, CancellationToken ct) =>
            SavePersonAsync(context, visitors, change, clock, (form, _) => (person => person with { Away = [.. person.Away.Where(absence => Times.Machine(absence.From) != form[SettingsFields.From])] }, null), ct));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Visitors visitors, TimeProvider clock, string? done, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        var notice = done == "saved" ? visitor.Words["settings.saved"] : null;
        return await PageAsync(context, visitors, visitor, clock, SettingsInput.Of(visitor.Business), [], notice, ct);
    }

    private static async Task<IResult> SaveAsync(HttpContext context, Visitors visitors, ChangeBusiness change, TimeProvider clock, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (!MayChange(visitor)) return Edge.Page(context, StatusCodes.Status403Forbidden, PageProblem.NotAllowed);
        var values = SettingsInput.Of(await PostedForm.ReadAsync(context.Request, ct), visitor.Business);
        var (wanted, errors) = SettingsInput.ChangeOf(values, visitor.Words);
        if (wanted is not null && (await change.RunAsync(visitor.Business.Slug, wanted)).After is null) errors = [new(SettingsFields.Day(DayOfWeek.Sunday), visitor.Words["settings.error.never-open"])];
        return errors.Count > 0 ? await PageAsync(context, visitors, visitor, clock, values, errors, null, ct) : Results.LocalRedirect(Url + "?done=saved");
    }

    private static async Task<IResult> SavePersonAsync(
        HttpContext context, Visitors visitors, ChangeBusiness change, TimeProvider clock, Func<IFormCollection, Visitor, (Func<Person, Person>? Change, string? Error)> read, CancellationToken ct,
        bool ofOneself = false)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        var form = await PostedForm.ReadAsync(context.Request, ct);
        var isOwn = ofOneself && visitor.Person.Id.Value == form[SettingsFields.Person];
        if (!isOwn && !MayChange(visitor)) return Edge.Page(context, StatusCodes.Status403Forbidden, PageProblem.NotAllowed);
        if (visitor.Business.People.FirstOrDefault(one => one.Id.Value == form[SettingsFields.Person]) is not { } person) return Edge.NothingThere(context);
        var (wanted, error) = read(form, visitor);
        if (wanted is null) return await PageAsync(context, visitors, visitor, clock, SettingsInput.Of(visitor.Business), [new("person-" + person.Id, error!)], null, ct);
        await change.RunAsync(visitor.Business.Slug, business => BusinessChange.To(business.With(person.Id, wanted)));
        return Results.LocalRedirect(Url + "?done=saved");
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, Visitors visitors, Visitor visitor, TimeProvider clock, SettingsValues values, IReadOnlyList<FieldError> errors, string? notice, CancellationToken ct)
    {
        var model = new SettingsModel(visitor.Frame, await visitors.NavAsync(context, visitor, ct), visitor.Business, values, MayChange(visitor), errors, notice, clock.GetUtcNow()) { Reader = visitor.Person.Id };
        return new RazorComponentResult<SettingsPage>(new { Model = model }) { StatusCode = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    public static bool MayChange(Visitor visitor) => visitor.Person.Role == PersonRole.Owner || visitor.Person.Id == DutyRoster.BusinessOwner(visitor.Business).Id;
}
