using System.Net;
using System.Net.Sockets;
using System.Text;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Events;

/// <summary>
/// Posts events over HTTP. The check stands where the connection is made: what a name resolves to at that moment is looked at, and exactly that address
/// is connected to, so neither a redirect nor a name that changes its address gets past it.
/// </summary>
public sealed class HttpEventPost : IEventPost, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);
    private readonly Func<IPAddress, bool> allows;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    /// <param name="allows">Which addresses may be connected to; <see cref="PublicAddresses.Holds"/> but for a developer's own machine.</param>
    public HttpEventPost(Func<IPAddress, bool> allows, TimeProvider clock)
    {
        (this.allows, this.clock) = (allows, clock);
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = LongestConnect, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32, ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Patience,
        };
    }

    public void Dispose() => http.Dispose();

    public async Task<Posted> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("User-Agent", "FeedbackFlow");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return new((int)response.StatusCode, RetryAfter(response));
        }
        catch (HttpRequestException failure) when (failure.InnerException is ForbiddenAddressException || failure.GetBaseException() is ForbiddenAddressException)
        {
            return new(null, Problem: "The address leads into a private network.", IsForbidden: true);
        }
        catch (HttpRequestException failure)
        {
            return new(null, Problem: failure.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, Problem: "The listener did not answer in time.");
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
        // One private address among public ones is refused too: which of them answers is not ours to choose.
        if (found.Length == 0 || !found.All(allows)) throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private DateTimeOffset? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => clock.GetUtcNow() + wait,
        { Date: { } date } => date,
        _ => null,
    };

    private sealed class ForbiddenAddressException() : IOException("The address is not a public one.");
}
