using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FeedbackFlow.Tests;

/// <summary>Slack, Teams, ntfy and a provider of SMS on loopback: answers by path as a test says, and remembers what came.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ChatServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>What a path answers; 200 "ok" where nothing is said.</summary>
    public ConcurrentDictionary<string, (int Status, string Body)> Answers { get; } = new();

    public ConcurrentQueue<(string Path, string Body)> Got { get; } = new();

    public static async Task<ChatServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ChatServer(builder.Build());
        server.app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            server.Got.Enqueue((context.Request.Path, await reader.ReadToEndAsync()));
            var (status, body) = server.Answers.GetValueOrDefault(context.Request.Path, (200, "ok"));
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
