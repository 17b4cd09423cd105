using System.Globalization;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Forms;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/note</c>: ten seconds for what was said on the phone, at the counter, on paper, or in a review that nobody sends.</summary>
internal sealed class StaffPages(Visitors visitors, AcceptFeedback accept, BusinessRates rates, ICourier courier, TimeProvider clock, ILogger<StaffPages> log)
{
    public const string Start = "/manage/note";
    private const string Source = "staff";

    public async Task<IResult> ShowAsync(HttpContext context, Visitor visitor, string? notice, CancellationToken ct) =>
        await PageAsync(context, visitor, new Dictionary<string, string>(), FormPages.NewSubmission(), [], notice, StatusCodes.Status200OK, ct);

    public async Task<IResult> NoteAsync(HttpContext context, Visitor visitor, IFormCollection form, CancellationToken ct)
    {
        var words = visitor.Words;
        string[] fields = [StaffFields.How, StaffFields.Words, StaffFields.Name, StaffFields.Phone, StaffFields.Email, StaffFields.Score, StaffFields.Url];
        var typed = fields.ToDictionary(field => field, field => form[field].ToString().Replace("\r\n", "\n", StringComparison.Ordinal));
        var id = form[StaffFields.Submission].ToString() is { } given && NewId.IsWellFormed(given) ? given : FormPages.NewSubmission();
        if (!rates.Admits(visitor.Business.Slug)) return await PageAsync(context, visitor, typed, id, [new(null, words["form.error.too-many"])], null, StatusCodes.Status429TooManyRequests, ct);

        var (submission, url) = (SubmissionOf(typed), UrlOf(typed[StaffFields.Url]));
        var (submitted, problems) = SubmissionGate.Check(submission);
        var errors = problems.Select(problem => ErrorOf(problem, words)).ToList();
        if (typed[StaffFields.Url].Trim().Length > 0 && url is null) errors.Add(new(StaffFields.Url, words["staff.error.url"]));
        if (errors.Count > 0 || submitted is null) return await PageAsync(context, visitor, typed, id, errors, null, StatusCodes.Status400BadRequest, ct);

        var now = clock.GetUtcNow();
        var from = new Provenance(Source, null, url, null, [new(words["staff.how"], words["staff.way." + WayOf(typed)]), new(words["staff.by"], visitor.Person.Name)]);
        var receipt = new Receipt(NewId.At<ReceiptId>(now), Source, now, ReceiptResult.Stored, null, WayOf(typed), null, null);
        var accepted = await accept.RunAsync(
            new(visitor.Business, submitted, Origin.Api, SubmissionKey.Of("staff", id + "\n" + SubmissionKey.ContentOf(submission), submission),
                Elsewhere: new(from, receipt, submitted.Channel == Channel.Review && url is not null ? ReviewLine.HashOf(Source, url) : null)),
            CancellationToken.None);
        if (accepted.AnalysisFailure is { } failure) ApiLog.NotAnalysed(log, failure);
        await courier.CarryAsync(visitor.Business, accepted.OwnLetters);
        return Results.LocalRedirect(accepted.Answer?.Task is { } task ? $"/manage/tasks/{task}?done=noted" : Start + "?done=noted");
    }

    private async Task<IResult> PageAsync(
        HttpContext context, Visitor visitor, IReadOnlyDictionary<string, string> values, string id, IReadOnlyList<FieldError> errors, string? notice, int status, CancellationToken ct)
    {
        var model = new StaffModel(visitor.Frame, await visitors.NavAsync(context, visitor, ct), values, id, errors, notice);
        return new RazorComponentResult<StaffPage>(new { Model = model }) { StatusCode = status };
    }

    private static string WayOf(Dictionary<string, string> typed) => StaffFields.Ways.Contains(typed[StaffFields.How]) ? typed[StaffFields.How] : StaffFields.Ways[0];

    private static Submission SubmissionOf(Dictionary<string, string> typed)
    {
        var stars = int.TryParse(typed[StaffFields.Score], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : (int?)null;
        var channel = WayOf(typed) switch { "wrote" => "mail", "faxed" => "letter", "review" => "review", _ => "phone" };
        return new(channel, stars is null ? null : "stars", stars, typed[StaffFields.Words], false, typed[StaffFields.Name], typed[StaffFields.Email], typed[StaffFields.Phone], null);
    }

    private static string? UrlOf(string typed) =>
        Uri.TryCreate(typed.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && typed.Length <= 500 ? url.AbsoluteUri : null;

    private static FieldError ErrorOf(FieldProblem problem, Words words) => problem.Field switch
    {
        "customer.phone" => new(StaffFields.Phone, words["form.error.phone"]),
        "customer.email" => new(StaffFields.Email, words["form.error.email"]),
        "customer.name" => new(StaffFields.Name, words["form.error.field-too-long"]),
        _ => new(StaffFields.Words, words[problem.Kind == ProblemKind.TooLong ? "form.error.too-long" : "form.error.nothing"]),
    };
}

internal static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(StaffPages.Start, async (HttpContext context, Visitors visitors, StaffPages pages, string? done, CancellationToken ct) =>
            await visitors.FindAsync(context, ct) is { } visitor
                ? await pages.ShowAsync(context, visitor, visitor.NoticeOf(done), ct)
                : Visitors.SignInFirst(context));
        routes.MapPost(StaffPages.Start, async (HttpContext context, Visitors visitors, StaffPages pages, CancellationToken ct) =>
        {
            if (await visitors.FindAsync(context, ct) is not { } visitor) return Visitors.SignInFirst(context);
            if (!await visitors.CameFromUsAsync(context)) return Edge.Page(context, StatusCodes.Status400BadRequest, PageProblem.StaleForm);
            return await pages.NoteAsync(context, visitor, await PostedForm.ReadAsync(context.Request, ct), ct);
        });
    }
}
