using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace FeedbackFlow.Tests.Cli;

/// <summary>A server that runs, and its address.</summary>
public sealed class Served : IAsyncDisposable
{
    private Served(Ran run, Uri address) => (Run, Http) = (run, new HttpClient { BaseAddress = address });

    public Ran Run { get; }

    public HttpClient Http { get; }

    public static async Task<Served> StartAsync(WorkFolder folder, params string[] args)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var run = Ran.Start(folder, ["--urls", address, .. args]);
        try
        {
            await run.LineAsync("listens");
            return new(run, new Uri(address));
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public async Task<HttpResponseMessage> SubmitAsync(string key, object feedback)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feedback") { Content = JsonContent.Create(feedback) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Run.DisposeAsync();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
