using System.Globalization;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/settings/people/{id}</c>: by which ways somebody is told of tasks, in which order, and when not. The business owner changes it.</summary>
internal sealed class PersonPages(Visitors visitors, ChangeBusiness businesses, TryWay trial, IWays ways, Settings settings)
{
    public const string Start = "/manage/settings/people";

    public async Task<IResult> ShowAsync(HttpContext context, Visitor visitor, Person person, string? done, CancellationToken ct) =>
        await PageAsync(context, visitor, person, Typed(person), [], null, done == "saved" ? visitor.Words["settings.saved"] : null, ct);

    public async Task<IResult> ActAsync(HttpContext context, Visitor visitor, Person person, string act, IFormCollection form, CancellationToken ct)
    {
        if (act == PersonActions.Quiet) return await QuietAsync(context, visitor, person, form, ct);
        if (WayInput.KindOf(form[PersonFields.Kind]) is not { } kind) return Edge.NothingThere(context);
        return act switch
        {
            PersonActions.Save => await SaveAsync(context, visitor, person, kind, form, ct),
            PersonActions.Try => await TryAsync(context, visitor, person, kind, ct),
            PersonActions.Sooner => await ChangedAsync(visitor, person, known => WayInput.Sooner(known, kind)),
            PersonActions.Remove => await ChangedAsync(visitor, person, known => WayInput.Without(known, kind)),
            PersonActions.Marks => await ChangedAsync(visitor, person, known => known with
            {
                Ways = [.. known.WaysInOrder.Select(way => way.Kind == kind ? way with { InQuietHours = !way.InQuietHours } : way)],
            }),
            _ => Edge.NothingThere(context),
        };
    }

    private async Task<IResult> SaveAsync(HttpContext context, Visitor visitor, Person person, WayKind kind, IFormCollection form, CancellationToken ct)
    {
        var typed = Typed(person) with { Kind = WayInput.NameOf(kind), Address = form[PersonFields.Address].ToString(), InQuietHours = form[PersonFields.InQuietHours] == "yes" };
        if (!ways.Has(kind)) return await RefusedAsync(PersonFields.Address, visitor.Words["person.error.no-account"]);
        var (way, problem) = WayInput.Read(kind, typed.Address, typed.InQuietHours, settings.Adapters.PostsToThisMachine);
        if (way is null) return await RefusedAsync(PersonFields.Address, visitor.Words["person.error." + Words.Kebab(problem!.Value.ToString())]);
        return await ChangedAsync(visitor, person, known => WayInput.With(known, way));

        Task<IResult> RefusedAsync(string field, string message) => PageAsync(context, visitor, person, typed, [new(field, message)], null, null, ct);
    }

    private async Task<IResult> QuietAsync(HttpContext context, Visitor visitor, Person person, IFormCollection form, CancellationToken ct)
    {
        var typed = Typed(person) with { From = form[PersonFields.From].ToString().Trim(), Until = form[PersonFields.Until].ToString().Trim() };
        var quiet = QuietHours.Of(typed.From, typed.Until);
        if (quiet is null && typed.From.Length + typed.Until.Length > 0)
            return await PageAsync(context, visitor, person, typed, [new(PersonFields.From, visitor.Words["person.error.quiet"])], null, null, ct);
        return await ChangedAsync(visitor, person, known => known with { Quiet = quiet });
    }

    private async Task<IResult> TryAsync(HttpContext context, Visitor visitor, Person person, WayKind kind, CancellationToken ct)
    {
        if (person.WaysInOrder.FirstOrDefault(way => way.Kind == kind) is not { } way) return Edge.NothingThere(context);
        var (words, name) = (visitor.Words, visitor.Words.Way(kind));
        var delivery = await trial.RunAsync(visitor.Business, person, way, ct);
        if (delivery.Kind == DeliveryKind.Sent) return await PageAsync(context, visitor, person, Typed(person), [], null, words.Say("person.try.sent", ("way", name)), ct);
        var why = delivery.Because is { } because ? words["way.failure." + Words.Kebab(because.ToString())] : words["way.failure.down"];
        return await PageAsync(context, visitor, person, Typed(person), [new("way-" + WayInput.NameOf(kind), words.Say("person.try.failed", ("way", name), ("why", why)))], delivery.Problem, null, ct);
    }

    private async Task<IResult> ChangedAsync(Visitor visitor, Person person, Func<Person, Person> change)
    {
        await businesses.RunAsync(visitor.Business.Slug, business => BusinessChange.To(business.With(person.Id, change)));
        return Results.LocalRedirect($"{Start}/{person.Id}?done=saved");
    }

    private async Task<IResult> PageAsync(
        HttpContext context, Visitor visitor, Person person, PersonTyped typed, IReadOnlyList<FieldError> errors, string? problem, string? notice, CancellationToken ct)
    {
        var offered = WayInput.Kinds.Where(kind => kind != WayKind.Mail && ways.Has(kind)).ToList();
        var model = new PersonModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), $"{Start}/{person.Id}", person, offered, SettingsPages.MayChange(visitor), typed, errors, problem, notice);
        return new RazorComponentResult<PersonPage>(new { Model = model }) { StatusCode = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    /// <summary>An address that is stored is not shown again.</summary>
    private static PersonTyped Typed(Person person) => new("", "", false, person.Quiet?.From.ToString("HH\\:mm", CultureInfo.InvariantCulture) ?? "", person.Quiet?.Until.ToString("HH\\:mm", CultureInfo.InvariantCulture) ?? "");
}

internal static class PersonEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(PersonPages.Start + "/{id}", async (string id, HttpContext context, Visitors visitors, PersonPages pages, string? done, CancellationToken ct) =>
            await visitors.FindAsync(context, ct) is not { } visitor ? Visitors.SignInFirst(context)
            : Find(visitor, id) is { } person ? await pages.ShowAsync(context, visitor, person, done, ct)
            : Edge.NothingThere(context));
        routes.MapPost(PersonPages.Start + "/{id}/{act}", ActAsync);
    }

    private static async Task<IResult> ActAsync(string id, string act, HttpContext context, Visitors visitors, PersonPages pages, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (!SettingsPages.MayChange(visitor)) return Edge.Page(context, StatusCodes.Status403Forbidden, PageProblem.NotAllowed);
        return Find(visitor, id) is { } person ? await pages.ActAsync(context, visitor, person, act, await PostedForm.ReadAsync(context.Request, ct), ct) : Edge.NothingThere(context);
    }

    private static Person? Find(Visitor visitor, string id) => visitor.Business.People.FirstOrDefault(person => person.Id.Value == id);
}
