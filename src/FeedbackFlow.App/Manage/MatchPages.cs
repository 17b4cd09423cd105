using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Manage;

/// <summary><c>POST /manage/tasks/{id}/match</c>: a person says which known customer a review is from.</summary>
internal static class MatchPages
{
    public static void MapMatch(this IEndpointRouteBuilder routes) => routes.MapPost("/manage/tasks/{id}/" + TaskActions.Match, MatchAsync);

    private static async Task<IResult> MatchAsync(string id, HttpContext context, Visitors visitors, TaskPages pages, MatchCustomer match, CancellationToken ct)
    {
        if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
        if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
        if (await pages.FindAsync(visitor, id, ct) is not { } task) return Edge.NothingThere(context);
        var typed = (await PostedForm.ReadAsync(context.Request, ct))[MatchFields.Contact].ToString();
        var contact = new Contact(null, EmailAddress.Normalise(typed), PhoneNumber.Normalise(typed));
        var result = contact.CanBeReached ? await match.RunAsync(visitor.Business, task.Id, contact, visitor.Person.Name) : MatchResult.NobodyKnown;
        return result switch
        {
            MatchResult.Done => Results.LocalRedirect($"/manage/tasks/{task.Id}?done=matched"),
            MatchResult.NotNow => Results.LocalRedirect($"/manage/tasks/{task.Id}?done=already-done"),
            MatchResult.NobodyKnown => await WrongAsync("match.error.nobody"),
            MatchResult.OtherOpen => await WrongAsync("match.error.other-open"),
        };

        Task<IResult> WrongAsync(string key) =>
            pages.PageAsync(context, visitor, task, TaskPages.PageContent.Plain with { Errors = [new(MatchFields.Contact, visitor.Words[key])] }, ct);
    }
}
