using System.ComponentModel;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Api;

internal sealed record RatingBody([property: Description("nps (0-10), csat (1-5) or stars (1-5)")] string Scale, int Value);

internal sealed record CustomerBody(string? Name, string? Email, string? Phone);

/// <summary>A feedback as it is submitted. A rating or a text is required.</summary>
internal sealed record FeedbackBody(string? Business, string? Channel, RatingBody? Rating, string? Text, bool? CallMe, CustomerBody? Customer, string? JobId, string? Branch = null);

internal sealed record EvidenceAnswer(int Start, int Length, string Text);

internal sealed record SignalAnswer(SignalKind Kind, SignalStrength? Strength, double Confidence, IReadOnlyList<EvidenceAnswer> Evidence);

internal sealed record FindingAnswer(FindingKind Kind, IReadOnlyList<EvidenceAnswer> Evidence);

internal sealed record ReadingAnswer(
    string Language, Sentiment Sentiment, SentimentConfidence Confidence, IReadOnlyList<SignalAnswer> Signals, IReadOnlyList<FindingAnswer> Findings, string AnalysedBy)
{
    /// <summary>What reaches the alert threshold, and nothing below it.</summary>
    public static ReadingAnswer Of(Reading reading, string? text, Policy policy) => new(
        reading.Language,
        reading.Sentiment,
        reading.Confidence,
        [.. reading.Signals.Where(signal => signal.Confidence >= policy.AlertThreshold)
            .Select(signal => new SignalAnswer(signal.Kind, signal.Strength, signal.Confidence, Words(signal.Evidence, text)))],
        [.. reading.Findings.Select(finding => new FindingAnswer(finding.Kind, Words(finding.Evidence, text)))],
        reading.AnalysedBy);

    private static IReadOnlyList<EvidenceAnswer> Words(IReadOnlyList<Evidence> evidence, string? text) =>
        text is null ? [] : [.. evidence.Select(range => new EvidenceAnswer(range.Start, range.Length, range.In(text)))];
}

internal sealed record RecoveryAnswer(TaskId TaskId, string? Owner, DateTimeOffset? PromisedBy);

internal sealed record FeedbackAnswer(FeedbackId FeedbackId, ReadingAnswer Reading, RecoveryAnswer? Recovery);

/// <summary><c>POST /api/feedback</c>.</summary>
internal static class FeedbackApi
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    public static void MapFeedbackApi(this IEndpointRouteBuilder routes) => routes
        .MapPost("/api/feedback", SubmitAsync)
        .WithName("SubmitFeedback").WithTags("feedback")
        .WithSummary("Submits a feedback: it is read, decided and stored before the answer.")
        .WithDescription("With an Idempotency-Key (kept 7 days) a repeated request gets the first answer with 200; the same key with another body gets 409.")
        .Accepts<FeedbackBody>("application/json")
        .Produces<FeedbackAnswer>(StatusCodes.Status201Created).Produces<FeedbackAnswer>()
        .ProducesProblems(400, 401, 403, 404, 409, 413, 415, 429, 503);

    private static async Task<IResult> SubmitAsync(
        HttpContext context, ApiKeys keys, BusinessRates rates, AcceptFeedback accept, ICourier courier, ILoggerFactory logs, CancellationToken ct)
    {
        if (await keys.BusinessAsync(context.Request, ct) is not { } business) return ApiKeys.Missing(context.Response);
        if (business.People.Count == 0)
            return Problems.Of(StatusCodes.Status409Conflict, "Nobody works at this business yet.", "Add a person who can be told: 'person add'.");
        if (!rates.Admits(business.Slug)) return BusinessRates.TooMany(context.Response);
        var (body, refusal) = await BodyReader.ReadAsync(context.Request, ct);
        if (body is null) return refusal!;
        if (body.Text("business") is { } named && named != business.Slug)
            return Problems.Of(StatusCodes.Status403Forbidden, "The key belongs to another business.", "Leave out 'business', or use that business's key.");

        var submission = SubmissionOf(body);
        var (submitted, problems) = SubmissionGate.Check(submission);
        body.CheckBranch(submission.Branch, business);
        if (body.Problems.Count > 0 || submitted is null) return Problems.BadFields([.. body.Problems, .. problems]);
        var header = context.Request.Headers[KeyHeader].ToString();
        if (header.Length > LongestKey) return Problems.BadField(KeyHeader, $"{KeyHeader} is too long: at most {LongestKey} characters.");

        var key = header.Length == 0 ? null : SubmissionKey.Of("api", header, submission);
        // The commit is not the client's to cancel: once begun it ends, and a retry with the key gets its answer.
        var accepted = await accept.RunAsync(new(business, submitted, Origin.Api, key), CancellationToken.None);
        if (accepted.AnalysisFailure is { } failure) ApiLog.NotAnalysed(logs.CreateLogger(typeof(FeedbackApi)), failure);
        await courier.CarryAsync(business, accepted.OwnLetters);
        return accepted.Kind switch
        {
            AcceptKind.Stored => Results.Json(Answer(accepted, business), statusCode: StatusCodes.Status201Created),
            AcceptKind.Repeated => Results.Json(Answer(accepted, business)),
            AcceptKind.KeyHasOtherContent => Problems.Of(StatusCodes.Status409Conflict, "This Idempotency-Key was used with another body.", "Use a new key for another feedback."),
            AcceptKind.JobUnknown => Problems.Of(StatusCodes.Status404NotFound, "There is no such job.", "jobId must be an id given by POST /api/jobs.", [new("jobId", "There is no such job.")]),
            AcceptKind.LinkSpent or AcceptKind.Outdated => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Submission SubmissionOf(BodyReader body)
    {
        var (rating, customer) = (body.Object("rating"), body.Object("customer"));
        return new(
            body.Text("channel"), rating?.Text("scale"), rating?.Whole("value"), body.Text("text"), body.Flag("callMe"),
            customer?.Text("name"), customer?.Text("email"), customer?.Text("phone"), body.Text("jobId"))
        {
            Branch = body.Text("branch"),
        };
    }

    private static FeedbackAnswer Answer(Accepted accepted, Business business)
    {
        var (read, answer) = (accepted.Feedback!, accepted.Answer!);
        return new(
            read.Feedback.Id,
            ReadingAnswer.Of(read.Reading, read.Feedback.Text, business.Policy),
            answer.Task is { } task ? new(task, answer.Owner, answer.PromisedBy) : null);
    }
}

internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "The words of a feedback could not be read; it was kept and a person was asked.")]
    public static partial void NotAnalysed(ILogger log, Exception failure);
}
