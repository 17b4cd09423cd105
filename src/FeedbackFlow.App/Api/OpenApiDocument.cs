using FeedbackFlow.Pipeline.Outbox;
using Microsoft.OpenApi;

namespace FeedbackFlow.App.Api;

/// <summary><c>/openapi/v1.json</c>: describes the API that other systems call.</summary>
internal static class OpenApiDocument
{
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new() { Title = "FeedbackFlow", Version = "v1", Description = "Feedback in, call-back tasks out. Keys are made with 'key add'." };
            document.Servers = [new() { Url = context.ApplicationServices.GetRequiredService<SiteAddresses>().PublicUrl.ToString().TrimEnd('/') }];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of one business." },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
    });

    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses) route.ProducesProblem(status);
        return route;
    }
}
