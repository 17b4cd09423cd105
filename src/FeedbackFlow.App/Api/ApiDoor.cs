using FeedbackFlow.App.Hosting;

namespace FeedbackFlow.App.Api;

internal static class ApiDoor
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<BusinessRates>();
        services.AddProblemDetails();
        services.AddApiDocument();
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapFeedbackApi();
        routes.MapTasksApi();
        routes.MapJobsApi();
        routes.MapOpenApi("/openapi/v1.json");
    }
}
