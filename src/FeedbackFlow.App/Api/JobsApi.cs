using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Api;

internal sealed record JobBody(CustomerBody Customer, string Service, string? Branch = null);

internal sealed record JobAnswer(JobId JobId, Uri Link);

/// <summary><c>POST /api/jobs</c>: a service was given; the answer carries its one feedback link.</summary>
internal static class JobsApi
{
    private const int LongestService = 200;

    public static void MapJobsApi(this IEndpointRouteBuilder routes) => routes
        .MapPost("/api/jobs", OpenAsync)
        .WithName("OpenJob").WithTags("jobs").WithSummary("Records a job that was done and makes its feedback link.")
        .Accepts<JobBody>("application/json").Produces<JobAnswer>(StatusCodes.Status201Created).ProducesProblems(400, 401, 415, 429, 503);

    private static async Task<IResult> OpenAsync(HttpContext context, ApiKeys keys, BusinessRates rates, OpenJob open, CancellationToken ct)
    {
        if (await keys.BusinessAsync(context.Request, ct) is not { } business) return ApiKeys.Missing(context.Response);
        if (!rates.Admits(business.Slug)) return BusinessRates.TooMany(context.Response);
        var (body, refusal) = await BodyReader.ReadAsync(context.Request, ct);
        if (body is null) return refusal!;
        var customer = body.Object("customer");
        var (contact, problems) = SubmissionGate.CheckContact(customer?.Text("name"), customer?.Text("email"), customer?.Text("phone"));
        var service = PlainText.OneLine(body.Text("service") ?? "");
        if (service.Length == 0) body.Problems.Add(new("service", ProblemKind.Required, "what was done, such as 'air conditioner repair'"));
        if (service.Length > LongestService) body.Problems.Add(new("service", ProblemKind.TooLong, $"at most {LongestService} characters"));
        var branch = body.Text("branch");
        body.CheckBranch(branch, business);
        if (body.Problems.Count + problems.Count > 0) return Problems.BadFields([.. body.Problems, .. problems]);
        var (job, link) = await open.RunAsync(business, contact, service, branch);
        return Results.Json(new JobAnswer(job, link), statusCode: StatusCodes.Status201Created);
    }
}
