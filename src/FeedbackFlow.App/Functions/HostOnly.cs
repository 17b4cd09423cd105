using FeedbackFlow.App.Hosting;

namespace FeedbackFlow.App.Functions;

/// <summary>
/// The addresses of triggers are plain paths, and the host adds no secret to its calls. Two things keep the world out: the routes of the HTTP functions, none of which leads to
/// a trigger's path, and this: the host's own calls carry our loopback address as Host and no header of a front end, while every request from outside keeps its public Host.
/// </summary>
internal sealed class HostOnly(IConfiguration configuration) : IEndpointFilter
{
    private static readonly string[] FrontEndHeaders =
        ["X-ARR-LOG-ID", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Original-URL", "Forwarded"];

    private readonly string host = new Uri(Settings.ListenOn(configuration)).Authority;

    public bool Allows(HttpRequest request) => request.Host.Value == host && !FrontEndHeaders.Any(request.Headers.ContainsKey);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Allows(context.HttpContext.Request) ? next(context) : ValueTask.FromResult<object?>(Edge.NothingThere(context.HttpContext));
}
