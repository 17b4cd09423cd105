using System.Net;
using System.Net.Sockets;
using System.Text;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Events;

/// <param name="Body">The beginning of the answer; empty where none was read.</param>
/// <param name="WasSent">The request may have been taken; false when it surely never left.</param>
internal sealed record Answered(Posted Posted, string Body, bool WasSent);

/// <summary>
/// Posts events over HTTP, and what else goes to addresses that people typed. The check stands where the connection is made: what a name resolves to at that moment is looked at, and exactly that address
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
    /// <param name="longestConnect">How long a name, a line and TLS may take together; five seconds by default.</param>
    public HttpEventPost(Func<IPAddress, bool> allows, TimeProvider clock, TimeSpan? longestConnect = null)
    {
        (this.allows, this.clock) = (allows, clock);
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = longestConnect ?? LongestConnect, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32, ConnectCallback = ConnectAsync,
        })
        {
            // One patience for head and body, kept per request.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => http.Dispose();

    public async Task<Posted> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return (await AskAsync(request, 0, ct)).Posted;
    }

    /// <summary>The same for any request, with the beginning of the answer.</summary>
    /// <param name="most">Bytes of the answer that are read at most.</param>
    internal async Task<Answered> AskAsync(HttpRequestMessage request, int most, CancellationToken ct)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", "FeedbackFlow");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return new(new((int)response.StatusCode, RetryAfter.Of(response, clock)), most > 0 ? await BeginningAsync(response, most, patience.Token) : "", WasSent: true);
        }
        catch (HttpRequestException failure) when (failure.InnerException is ForbiddenAddressException || failure.GetBaseException() is ForbiddenAddressException)
        {
            return new(new(null, Problem: "The address leads into a private network.", IsForbidden: true), "", WasSent: false);
        }
        catch (HttpRequestException failure)
        {
            var neverLeft = failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
            return new(new(null, Problem: failure.HttpRequestError.ToString()), "", !neverLeft);
        }
        catch (OperationCanceledException failure) when (!ct.IsCancellationRequested && failure.InnerException is TimeoutException)
        {
            // So the handler tells its ConnectTimeout; our own patience has no such cause.
            return new(new(null, Problem: "There was no connection in time."), "", WasSent: false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(new(null, Problem: "There was no answer in time."), "", WasSent: true);
        }
    }

    /// <summary>What is said before the line is cut counts.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage response, int most, CancellationToken ct)
    {
        var buffer = new byte[most];
        var read = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            while (read < most && await stream.ReadAsync(buffer.AsMemory(read), ct) is > 0 and var got) read += got;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            return Encoding.UTF8.GetString(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(buffer, 0, read);
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

    private sealed class ForbiddenAddressException() : IOException("The address is not a public one.");
}
