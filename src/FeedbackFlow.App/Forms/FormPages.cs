using System.Security.Cryptography;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Forms;

/// <summary>The pages a customer can get, made from what is known.</summary>
internal static class FormPages
{
    public static string NewSubmission() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static IResult Form(PageFrame frame, FormVisit visit, FormValues values, string submission, IReadOnlyList<FieldError> errors, int status)
    {
        var known = visit.Job?.Contact.CanBeReached == true;
        var model = new FormModel(frame, $"{visit.Path}?lang={frame.Language}", submission, visit.Job?.Service, known, visit.Business.Phone, visit.Business.ReplyTo, values, errors);
        return new RazorComponentResult<FormPage>(new { Model = model }) { StatusCode = status };
    }

    public static IResult Spent(PageFrame frame, Business business, FormValues? kept, int status, bool hasEnded = false)
    {
        var model = new SpentModel(frame, $"/b/{business.Slug}?lang={frame.Language}", kept, NewSubmission(), hasEnded);
        return new RazorComponentResult<SpentPage>(new { Model = model }) { StatusCode = status };
    }

    /// <param name="task">Null when nobody needs to call.</param>
    public static IResult Answer(PageFrame frame, Business business, CallBackTask? task, bool again, DateTimeOffset now, Uri? page = null)
    {
        var promise = task is { Contact.CanBeReached: true, Promise.State: PromiseState.Pending } && !task.Promise.IsOverdue(now) ? Promised(task, business) : null;
        var model = new AnswerModel(
            frame, promise, task is { Contact.CanBeReached: false }, again, business.ReviewUrl, business.Phone, business.ReplyTo, business.Zone, now) { OwnPageUrl = page?.PathAndQuery };
        return new RazorComponentResult<AnswerPage>(new { Model = model });
    }

    private static PromiseShown Promised(CallBackTask task, Business business)
    {
        var owner = business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business);
        return new(owner.Name, owner.Role, task.Promise.By, task.Contact.Phone is not null, owner.Phone ?? business.Phone);
    }
}
