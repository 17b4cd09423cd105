using System.Globalization;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Forms;

/// <summary>Takes a posted form. What was typed is never lost: not by an error, and not by a link that was used meanwhile.</summary>
internal sealed partial class FormPosts(
    AcceptFeedback accept, ILookups lookups, BusinessRates businessRates, LinkRates linkRates, ICourier courier, TimeProvider clock, ILogger<FormPosts> log)
{
    public async Task<IResult> AcceptAsync(FormVisit visit, HttpContext context, IFormCollection form)
    {
        var (frame, business) = (visit.Frame(context.Request), visit.Business);
        var (values, submissionId) = (ValuesOf(form), SubmissionIdOf(form));
        if (!businessRates.Admits(business.Slug)) return Kept("form.error.too-many", StatusCodes.Status429TooManyRequests);
        var submission = new Submission(
            "form", values.Score is null ? null : "csat", values.Score, values.Text, values.WantsCall, values.Name, values.Email, values.Phone, null);
        var (submitted, problems) = SubmissionGate.Check(submission);
        var errors = submitted is null ? FormErrors.Of(problems, frame.Words) : FormErrors.OfMissingContact(submitted, visit.Job?.Contact, frame.Words);
        if (errors.Count > 0) return FormPages.Form(frame, visit, values, submissionId, errors, StatusCodes.Status400BadRequest);

        // The key holds what was typed, too: the same form sent twice is one feedback, a form that was changed and sent again is another.
        var key = SubmissionKey.Of("form", submissionId + "\n" + SubmissionKey.ContentOf(submission), submission);
        var mayWrite = visit.Origin != Origin.OpenLink || linkRates.MayWrite(visit);
        Accepted accepted;
        try
        {
            var request = new AcceptRequest(business, submitted!, visit.Origin, key, visit.Link, ShownOnPage: true, mayWrite) { IsFresh = true };
            accepted = await accept.RunAsync(request, CancellationToken.None);
        }
        catch (StoreUnavailableException down)
        {
            Log.NotKept(log, down);
            return Kept("form.error.unavailable", StatusCodes.Status503ServiceUnavailable);
        }

        if (accepted.AnalysisFailure is { } failure) ApiLog.NotAnalysed(log, failure);
        await courier.CarryAsync(business, accepted.OwnLetters);
        return accepted.Kind switch
        {
            AcceptKind.Stored or AcceptKind.Repeated => FormPages.Answer(
                frame, business, accepted.Task ?? await TaskAsync(business, accepted.Answer!.Task), accepted.Kind == AcceptKind.Repeated, clock.GetUtcNow(), accepted.Page),
            AcceptKind.LinkSpent => FormPages.Spent(frame, business, values, StatusCodes.Status409Conflict),
            AcceptKind.JobUnknown => Edge.NothingThere(context),
            AcceptKind.KeyHasOtherContent or AcceptKind.Outdated => throw new System.Diagnostics.UnreachableException(),
        };

        IResult Kept(string message, int status)
        {
            context.Response.Headers.RetryAfter = "5";
            return FormPages.Form(frame, visit, values, submissionId, [new(null, frame.Words[message])], status);
        }
    }

    private async Task<CallBackTask?> TaskAsync(Business business, TaskId? id) =>
        id is { } task ? (await lookups.TaskAsync(business.Slug, task, CancellationToken.None))?.Value : null;

    public static FormValues ValuesOf(IFormCollection form)
    {
        var score = int.TryParse(form[FormFields.Score], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : (int?)null;
        return new(score, OneUnitLineBreaks(form[FormFields.Words]), form[FormFields.CallMe].Count > 0, form[FormFields.Name], form[FormFields.Phone], form[FormFields.Email]);
    }

    /// <summary>A browser counts a line break once against maxlength and posts two characters for it.</summary>
    private static string? OneUnitLineBreaks(string? text) => text?.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>A form without a well-formed id gets one of its own: it is a feedback all the same.</summary>
    private static string SubmissionIdOf(IFormCollection form) =>
        form[FormFields.Submission].ToString() is { } id && NewId.IsWellFormed(id) ? id : FormPages.NewSubmission();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A form could not be kept; it was given back with everything that was typed.")]
        public static partial void NotKept(ILogger log, Exception failure);
    }
}
