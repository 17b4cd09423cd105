using System.Net;
using System.Net.Sockets;
using FeedbackFlow.Adapters.Events;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

/// <summary>Where events may go: to anybody's public address, and to nothing inside.</summary>
public class EventPostTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.9.10", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("::127.0.0.1", false)]
    public void An_address_is_everybodys_or_it_is_not(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    public async Task Nothing_inside_is_connected_to_however_it_is_written(string address)
    {
        await using var listener = new Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var post = new HttpEventPost(PublicAddresses.Holds, new DrivenClock(default));
        var posted = await post.PostAsync(new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, listener.Port)), NoHeaders, "{}", TestContext.Current.CancellationToken);
        Assert.True(posted.IsForbidden, posted.Problem);
        Assert.Equal(0, listener.Connections);
    }

    /// <summary>The line stands and nobody speaks on it: of the request nothing has left.</summary>
    [Fact]
    public async Task A_connection_that_does_not_come_about_in_time_has_carried_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var post = new HttpEventPost(_ => true, new DrivenClock(default), TimeSpan.FromMilliseconds(50));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/") { Content = new StringContent("{}") };
        var answered = await post.AskAsync(request, 0, TestContext.Current.CancellationToken);
        Assert.Equal((null, "There was no connection in time.", false), (answered.Posted.Status, answered.Posted.Problem, answered.WasSent));
    }

    [Theory]
    [InlineData("200 OK", 200)]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/", 302)]
    [InlineData("410 Gone", 410)]
    public async Task The_status_is_told_and_no_redirect_is_followed(string head, int status)
    {
        await using var listener = new Answering($"HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var post = new HttpEventPost(_ => true, new DrivenClock(default));
        Assert.Equal(new Posted(status), await post.PostAsync(listener.Address, NoHeaders, "{}", TestContext.Current.CancellationToken));
        Assert.Equal(1, listener.Connections);
    }

    [Fact]
    public async Task A_listener_that_asks_for_patience_is_heard_and_one_that_is_away_is_told_as_such()
    {
        await using var listener = new Answering("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var clock = new DrivenClock(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        using var post = new HttpEventPost(_ => true, clock);
        Assert.Equal(new Posted(429, clock.GetUtcNow().AddSeconds(120)), await post.PostAsync(listener.Address, NoHeaders, "{}", TestContext.Current.CancellationToken));
        var away = await post.PostAsync(new Uri("http://127.0.0.1:1/"), NoHeaders, "{}", TestContext.Current.CancellationToken);
        Assert.Equal((null, false), (away.Status, away.IsForbidden));
        Assert.NotNull(away.Problem);
    }

    /// <summary>Answers every connection with the same bytes after its request has begun.</summary>
    private sealed class Answering : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource over = new();
        private readonly Task serving;
        private int connections;

        public Answering(string answer)
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            serving = ServeAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        }

        public int Port { get; }

        public int Connections => connections;

        public Uri Address => new($"http://127.0.0.1:{Port}/");

        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await serving;
            listener.Stop();
            over.Dispose();
        }

        private async Task ServeAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(over.Token);
                    Interlocked.Increment(ref connections);
                    var stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[4_096]);
                    await stream.WriteAsync(answer);
                }
            }
            catch (Exception stopped) when (stopped is SocketException or IOException or OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
