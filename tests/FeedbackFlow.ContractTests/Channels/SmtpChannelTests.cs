using System.Net;
using System.Net.Sockets;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Pipeline.Outbox;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

public sealed class SmtpChannelTests : IDisposable
{
    private const string From = "letters@firm.example";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_letter_arrives_whole_at_a_real_server()
    {
        await using var sink = await SmtpSink.StartAsync(folder);
        var letter = Letters.To("manager@demo.example");

        Assert.Equal(Delivery.Sent, await Channel(sink.Port).SendAsync(letter, CancellationToken.None));

        var mail = await sink.NextAsync();
        Assert.Equal(["manager@demo.example"], mail.To);
        LetterOnTheWire.IsRight(letter, "firm.example", mail.Raw);
    }

    [Fact]
    public async Task A_repeated_send_carries_the_same_message_id()
    {
        await using var sink = await SmtpSink.StartAsync(folder);
        var letter = Letters.To("manager@demo.example");

        await Channel(sink.Port).SendAsync(letter, CancellationToken.None);
        await Channel(sink.Port).SendAsync(letter, CancellationToken.None);

        var (first, second) = (Mime.Read((await sink.NextAsync()).Raw), Mime.Read((await sink.NextAsync()).Raw));
        Assert.Equal(first.Headers["message-id"], second.Headers["message-id"]);
    }

    [Fact]
    public async Task With_STARTTLS_and_a_password_the_letter_goes_over_TLS()
    {
        await using var sink = await SmtpSink.StartAsync(folder, "needs-auth");
        using var trust = new TrustsTheSink();

        Assert.Equal(Delivery.Sent, await Channel(sink.Port, startTls: true, password: "right").SendAsync(Letters.To("manager@demo.example"), CancellationToken.None));

        var mail = await sink.NextAsync();
        Assert.True(mail.Secure);
        Assert.Equal("sender", mail.User);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_letter() =>
        Assert.Equal(DeliveryKind.TryAgain, await TryAsync(startTls: true));

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_letter_when_TLS_is_asked_for() =>
        Assert.Equal(DeliveryKind.TryAgain, await TryAsync(startTls: true, kind: "no-tls"));

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_refused_for_good() =>
        Assert.Equal(DeliveryKind.Refused, await TryAsync(to: "unknown@demo.example"));

    [Fact]
    public async Task A_mailbox_that_is_busy_is_tried_again() =>
        Assert.Equal(DeliveryKind.TryAgain, await TryAsync(to: "later@demo.example"));

    [Fact]
    public async Task A_wrong_password_is_tried_again_and_says_nothing_secret()
    {
        await using var sink = await SmtpSink.StartAsync(folder, "needs-auth");
        using var trust = new TrustsTheSink();

        var delivery = await Channel(sink.Port, startTls: true, password: "wrong-secret").SendAsync(Letters.To("manager@demo.example"), CancellationToken.None);

        Assert.Equal(DeliveryKind.TryAgain, delivery.Kind);
        Assert.DoesNotContain("wrong-secret", delivery.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_again()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();

        Assert.Equal(DeliveryKind.TryAgain, (await Channel(port).SendAsync(Letters.To("manager@demo.example"), CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_when_the_lease_ends()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var lease = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var sending = Channel(((IPEndPoint)silent.LocalEndpoint).Port).SendAsync(Letters.To("manager@demo.example"), lease.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private async Task<DeliveryKind> TryAsync(string to = "manager@demo.example", bool startTls = false, string kind = "plain")
    {
        await using var sink = await SmtpSink.StartAsync(folder, kind);
        return (await Channel(sink.Port, startTls).SendAsync(Letters.To(to), CancellationToken.None)).Kind;
    }

    private static SmtpChannel Channel(int port, bool startTls = false, string? password = null) =>
        new(new("127.0.0.1", port, From, password is null ? null : "sender", password, startTls));

    /// <summary>The sink's certificate is its own; only these tests believe it.</summary>
    private sealed class TrustsTheSink : IDisposable
    {
#pragma warning disable SYSLIB0014 // SmtpClient has no other place to ask.
        public TrustsTheSink() => ServicePointManager.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1";

        public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014
    }
}
