using System.Collections.Concurrent;
using System.Globalization;
using FeedbackFlow.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedbackFlow.ContractTests.AzureRest;

/// <param name="Cut">The connection is cut instead of answered, after the service has done what was asked.</param>
/// <param name="Hangs">No answer comes until the caller gives up.</param>
internal sealed record FakeAnswer(int Status, string Body, IReadOnlyDictionary<string, string>? Headers = null, bool Cut = false, bool Hangs = false)
{
    public static FakeAnswer RetryAfter(int status, int seconds) =>
        new(status, """{"error":{"code":"TooManyRequests","message":"slow down"}}""", new Dictionary<string, string> { ["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture) });
}

/// <summary>A service on loopback that answers as a test says and remembers what it was asked.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeService(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    public static async Task<FakeService> StartAsync(Func<SentRequest, FakeAnswer> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new FakeService(builder.Build());
        service.app.Run(context => service.AnswerAsync(context, answer));
        await service.app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<SentRequest, FakeAnswer> decide)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var request = new SentRequest(
            context.Request.Method, context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), body);
        Requests.Enqueue(request);
        var answer = decide(request);
        if (answer.Hangs)
        {
            var gone = new TaskCompletionSource();
            await using var heard = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return;
        }

        if (answer.Cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>()) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body);
    }
}
