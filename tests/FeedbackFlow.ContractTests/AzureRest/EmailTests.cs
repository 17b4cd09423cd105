using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using FeedbackFlow.Adapters.AzureRest.Email;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.AzureRest;

public sealed class EmailTests : IAsyncLifetime
{
    private const string Api = "email/specification/communication/data-plane/Email/stable/VERSION/CommunicationServicesEmail.json";
    private const string Key = "c2VjcmV0IGtleSBvZiB0aGUgdGVzdHM=";
    private static readonly Letter Letter = A.Letter() with { ReplyTo = "service@plumber.example" };
    private static readonly Guid Operation = Guid.ParseExact(Letter.Id.Value, "N");
    private static readonly EarlierAttempts Begun = new(true, []);

    private readonly DrivenClock clock = new(Shop.SundayMorning);
    private readonly FakeMail mail = new();
    private FakeService service = null!;
    private FreeBudget budget = null!;
    private CommunicationChannel channel = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        service = await FakeService.StartAsync(mail.Answer);
        budget = new();
        channel = new(Client(), "DoNotReply@example.com", budget, clock);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("2023-03-31")]
    [InlineData("2025-09-01")]
    public async Task What_is_sent_and_looked_up_has_the_shape_of_the_official_description(string version)
    {
        if (OpenApiFile.Missing is { } reason) Assert.Skip(reason);
        var versioned = new CommunicationChannel(new(service.Address, new AzureKeyCredential(Key), new EmailClientOptions { ApiVersion = version }), "DoNotReply@example.com", budget, clock);
        await versioned.SendAsync(Letter, Ct);
        await versioned.SendAsync(Letter, Begun, Ct);
        mail.Becomes(Operation, "Failed", "EmailDropped");
        await versioned.SendAsync(Letter, Begun, Ct);

        var api = OpenApiFile.Read(Api.Replace("VERSION", version, StringComparison.Ordinal));
        Assert.Equal(["POST", "GET", "GET"], service.Requests.Select(request => request.Method));
        foreach (var request in service.Requests)
        {
            Assert.Empty(api.Problems(request));
            var answer = mail.Answer(request);
            Assert.Empty(api.AnswerProblems(request, answer.Status, answer.Body));
        }

        // The check can fail.
        var sent = service.Requests.First();
        Assert.NotEmpty(api.Problems(sent with { Body = sent.Body.Replace("senderAddress", "from", StringComparison.Ordinal) }));
        Assert.NotEmpty(api.Problems(sent with { Headers = new Dictionary<string, string> { ["Operation-Id"] = Letter.Id.Value } }));
    }

    [Fact]
    public async Task A_letter_arrives_whole_under_its_own_id()
    {
        Assert.Equal(DeliveryKind.Sent, (await channel.SendAsync(Letter, Ct)).Kind);

        var request = Assert.Single(service.Requests);
        using var json = JsonDocument.Parse(request.Body);
        var (root, content) = (json.RootElement, json.RootElement.GetProperty("content"));
        Assert.Equal(Operation.ToString("D"), request.Header("Operation-Id"));
        Assert.Equal((Letter.Subject, Letter.Text, Letter.Html), (content.GetProperty("subject").GetString(), content.GetProperty("plainText").GetString(), content.GetProperty("html").GetString()));
        Assert.Equal("service@plumber.example", root.GetProperty("replyTo")[0].GetProperty("address").GetString());
        Assert.Equal((Letter.To.Address, Letter.To.Name), (root.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString(), root.GetProperty("recipients").GetProperty("to")[0].GetProperty("displayName").GetString()));
        Assert.True(root.GetProperty("userEngagementTrackingDisabled").GetBoolean());
    }

    [Fact]
    public async Task Each_request_is_signed_with_the_access_key_over_what_is_sent()
    {
        await channel.SendAsync(Letter, Ct);
        await channel.SendAsync(Letter, Begun, Ct);

        foreach (var request in service.Requests)
        {
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body)));
            var text = $"{request.Method}\n{request.PathAndQuery}\n{request.Header("x-ms-date")};{service.Address.Authority};{hash}";
            var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text)));
            Assert.Equal(hash, request.Header("x-ms-content-sha256"));
            Assert.Equal($"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}", request.Header("Authorization"));
            Assert.True(DateTimeOffset.TryParseExact(request.Header("x-ms-date"), "r", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _));
        }
    }

    [Fact]
    public async Task Entra_tokens_are_asked_for_with_the_scope_of_the_service()
    {
        var (credential, requests) = (new KnownToken(), new List<string>());
        var client = new EmailClient(new("https://name.europe.communication.azure.com"), credential, new EmailClientOptions { Transport = new TeapotTransport(requests) });
        await Assert.ThrowsAsync<RequestFailedException>(() => new EmailSendOperation("x", client).UpdateStatusAsync(Ct));

        Assert.Equal(["https://communication.azure.com//.default"], credential.Scopes);
        Assert.Equal(["GET https://name.europe.communication.azure.com/emails/operations/x?api-version=2023-03-31 Bearer known"], requests);
    }

    [Fact]
    public async Task A_send_that_was_taken_and_never_answered_is_looked_up_and_not_repeated()
    {
        mail.After = _ => new(202, "", Cut: true);
        var first = await channel.SendAsync(Letter, Ct);
        Assert.Equal((DeliveryKind.TryAgain, false), (first.Kind, first.NotTaken));

        Assert.Equal(DeliveryKind.Sent, (await channel.SendAsync(Letter, Begun, Ct)).Kind);
        Assert.Single(mail.Taken);
    }

    [Fact]
    public async Task A_send_that_never_arrived_is_made_again_under_the_same_id()
    {
        mail.Before = request => request.Method == "POST" && service.Requests.Count == 1 ? new(0, "", Cut: true) : null;
        Assert.Equal(DeliveryKind.TryAgain, (await channel.SendAsync(Letter, Ct)).Kind);
        Assert.Equal(DeliveryKind.Sent, (await channel.SendAsync(Letter, Begun, Ct)).Kind);

        Assert.Equal(["POST", "GET", "POST"], service.Requests.Select(request => request.Method));
        Assert.Equal([Operation.ToString("D")], mail.Taken);
    }

    [Fact]
    public async Task An_answer_nobody_can_read_is_looked_into_before_anything_is_sent_again()
    {
        mail.After = _ => new(202, "<html>");
        var first = await channel.SendAsync(Letter, Ct);
        Assert.Equal((DeliveryKind.TryAgain, false), (first.Kind, first.NotTaken));
        Assert.Equal(DeliveryKind.Sent, (await channel.SendAsync(Letter, Begun, Ct)).Kind);
        Assert.Single(mail.Taken);
    }

    [Fact]
    public async Task A_slow_service_is_let_go_when_the_lease_ends()
    {
        using var lease = new CancellationTokenSource();
        mail.After = _ =>
        {
            lease.Cancel();
            return new(202, "", Hangs: true);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.SendAsync(Letter, lease.Token));
        mail.After = _ => null;
        Assert.Equal(DeliveryKind.Sent, (await channel.SendAsync(Letter, Begun, Ct)).Kind);
        Assert.Single(mail.Taken);
    }

    [Fact]
    public async Task Throttling_is_believed_for_everybody_and_leaves_the_letter_to_another_channel()
    {
        mail.Before = _ => FakeAnswer.RetryAfter(429, 90);
        var delivery = await channel.SendAsync(Letter, Ct);

        Assert.Equal((DeliveryKind.TryAgain, true, Shop.SundayMorning.AddSeconds(90)), (delivery.Kind, delivery.NotTaken, delivery.NotBefore));
        Assert.Equal(Shop.SundayMorning.AddSeconds(90), budget.ClosedUntil);
        // A refused call counts against the quota too: it is made once.
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Over_the_quota_the_service_is_not_even_asked()
    {
        budget.NotBefore = Shop.SundayMorning.AddMinutes(7);
        var delivery = await channel.SendAsync(Letter, Ct);

        Assert.Equal((DeliveryKind.TryAgain, true, budget.NotBefore), (delivery.Kind, delivery.NotTaken, delivery.NotBefore));
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData(500, DeliveryKind.TryAgain, false)]
    [InlineData(503, DeliveryKind.TryAgain, false)]
    [InlineData(401, DeliveryKind.TryAgain, true)]
    [InlineData(403, DeliveryKind.TryAgain, true)]
    [InlineData(400, DeliveryKind.Refused, true)]
    [InlineData(413, DeliveryKind.Refused, true)]
    public async Task What_a_refusal_means(int status, DeliveryKind kind, bool notTaken)
    {
        mail.Before = _ => new(status, """{"error":{"code":"BadThing","message":"secret@example.com is wrong"}}""");
        var delivery = await channel.SendAsync(Letter, Ct);

        Assert.Equal((kind, notTaken, $"Communication Services {status} BadThing"), (delivery.Kind, delivery.NotTaken, delivery.Problem));
    }

    [Theory]
    [InlineData("NotStarted", null, DeliveryKind.Sent)]
    [InlineData("Running", null, DeliveryKind.Sent)]
    [InlineData("Succeeded", null, DeliveryKind.Sent)]
    [InlineData("Failed", "EmailDropped", DeliveryKind.Refused)]
    [InlineData("Canceled", null, DeliveryKind.Refused)]
    [InlineData("Exploded", null, DeliveryKind.TryAgain)]
    public async Task What_an_earlier_send_has_come_to(string status, string? error, DeliveryKind kind)
    {
        mail.Becomes(Operation, status, error);
        var delivery = await channel.SendAsync(Letter, Begun, Ct);

        Assert.Equal(kind, delivery.Kind);
        Assert.Empty(mail.Taken);
        if (error is not null) Assert.Contains(error, delivery.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_that_fails_sends_nothing()
    {
        mail.Before = request => request.Method == "GET" ? new(500, "{}") : null;
        var delivery = await channel.SendAsync(Letter, Begun, Ct);

        Assert.Equal((DeliveryKind.TryAgain, false), (delivery.Kind, delivery.NotTaken));
        Assert.Empty(mail.Taken);
    }

    [Theory]
    [InlineData("endpoint=https://x.communication.azure.com/;accesskey=c2VjcmV0", null)]
    [InlineData("accesskey=c2VjcmV0", "endpoint")]
    [InlineData("endpoint=https://x.communication.azure.com/", "accesskey")]
    [InlineData("endpoint=https://x.communication.azure.com/;accesskey=%%secret%%", "accesskey")]
    public void A_connection_string_says_what_is_missing_and_nothing_else(string text, string? missing)
    {
        var failure = Record.Exception(() => EmailSettings.OfConnectionString(text, "a@b.example", new(1, 1)));
        Assert.Equal(missing is null, failure is null);
        if (missing is null) return;
        Assert.Contains(missing, Assert.IsType<FormatException>(failure).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private EmailClient Client() => new(service.Address, new AzureKeyCredential(Key), new());

    private sealed class FreeBudget : ISendingBudget
    {
        public DateTimeOffset? NotBefore { get; set; }

        public DateTimeOffset? ClosedUntil { get; private set; }

        public Task<BudgetGrant> TakeAsync(LetterKind kind, CancellationToken ct) => Task.FromResult(new BudgetGrant(NotBefore, SendingBudget.Full));

        public Task CloseAsync(DateTimeOffset until, CancellationToken ct)
        {
            ClosedUntil = until;
            return Task.CompletedTask;
        }
    }
}
