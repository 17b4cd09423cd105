using System.Net;
using FeedbackFlow.Adapters;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.App.Standalone;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FeedbackFlow.Tests.Functions;

public sealed class DeliveryReportTests(Azurite azurite)
{
    [Fact]
    public async Task A_bounced_alert_is_heard_of_and_goes_another_way()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        // Communication Services took it.
        app.Mail.Answer = (_, _) => Task.FromResult(Delivery.Sent with { Via = DeliveryReports.Via });
        await app.FeedbackAsync(new { text = "I am leaving and will tell everyone", rating = new { scale = "stars", value = 1 } });
        var alert = Assert.Single(app.Mail.Of(LetterKind.Alert));

        var answer = await app.Host.QueueAsync("delivery-report", Report(alert, "Bounced"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);

        var entry = (await app.Get<ILookups>().LetterAsync("demo", alert.Id, CancellationToken.None))!.Value;
        Assert.Equal((LetterState.Waiting, DeliveryReports.Via), (entry.State, Assert.Single(entry.NotVia)));
        Assert.NotEmpty(await app.Get<IQueueEngine>().PeekAsync("nudges", 32, CancellationToken.None));
    }

    [Fact]
    public async Task A_report_that_comes_before_the_mark_is_put_back_and_one_nobody_can_read_is_set_aside()
    {
        var sent = new SentMessages();
        await using var app = await HostedApp.StartAsync(azurite, sent.Use);
        app.Mail.Answer = Mail.IsDown;
        await app.FeedbackAsync(new { text = "I am leaving", rating = new { scale = "stars", value = 1 } });
        var letters = await app.Get<ILists>().LettersAsync("demo", 10, null, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, (await app.Host.QueueAsync("delivery-report", Report(letters.Items[0].Letter, "Failed", app.Clock.GetUtcNow()))).StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.Single(sent.To(DeliveryReports.Name)));
        Assert.Equal(HttpStatusCode.OK, (await app.Host.QueueAsync("delivery-report", "hello")).StatusCode);
        Assert.Equal(1, await app.Get<DeliveryReports>().CountSetAsideAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Standing_alone_the_queue_of_the_settings_is_read_too()
    {
        if (Azurite.Missing is { } reason) Assert.Skip(reason);
        var account = await azurite.NewAccountAsync();
        var mail = new Mail { Answer = (_, _) => Task.FromResult(Delivery.Sent with { Via = DeliveryReports.Via }) };
        await using var app = await TestApp.StartAsync(new()
        {
            Args = ["--Email:ConnectionString", "endpoint=http://127.0.0.1:9/;accesskey=a2V5", "--Email:From", "service@example.com", "--Email:Reports", account.ConnectionString],
            Change = services =>
            {
                services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.ReturnType == typeof(ReportLoop)));
                services.Replace(ServiceDescriptor.Singleton<ILetterChannel>(mail));
            },
        });
        using var told = await app.Client.SendAsync(new(HttpMethod.Post, "/api/feedback")
        {
            Headers = { { "Authorization", "Bearer demo" } },
            Content = System.Net.Http.Json.JsonContent.Create(new { text = "I am leaving and will tell everyone", rating = new { scale = "stars", value = 1 } }),
        });
        await app.LettersSentAsync();
        var alert = Assert.Single(mail.Of(LetterKind.Alert));
        Assert.Equal(0, await app.Get<ReportLoop>().RunDueAsync(CancellationToken.None));
        await using var cloud = new ServiceCollection().AddSingleton<TimeProvider>(app.Clock).AddAdapters(new("unused", null) { Cloud = CloudSettings.OfConnectionString(account.ConnectionString) }).BuildServiceProvider();
        await cloud.GetRequiredService<IQueueEngine>().EnqueueAsync(DeliveryReports.Name, Report(alert, "Bounced"), TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(1, await app.Get<ReportLoop>().RunDueAsync(CancellationToken.None));
        var entry = (await app.Get<ILookups>().LetterAsync("demo", alert.Id, CancellationToken.None))!.Value;
        Assert.Equal((LetterState.Waiting, DeliveryReports.Via), (entry.State, Assert.Single(entry.NotVia)));
    }

    private static string Report(Letter letter, string status, DateTimeOffset? at = null) => System.Text.Json.JsonSerializer.Serialize(new
    {
        id = "1", subject = "sender/x/message/y", eventType = "Microsoft.Communication.EmailDeliveryReportReceived", dataVersion = "1.0", eventTime = at ?? letter.WrittenAt,
        data = new { sender = "DoNotReply@example.com", recipient = letter.To.Address, messageId = Guid.ParseExact(letter.Id.Value, "N").ToString("D"), status, deliveryAttemptTimeStamp = at ?? letter.WrittenAt },
    });

    /// <summary>Remembers for how long each message was hidden: a peek sees only what is visible.</summary>
    private sealed class SentMessages : IQueueEngine
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<(string Queue, TimeSpan Delay)> sent = new();
        private IQueueEngine inner = null!;

        public void Use(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
        {
            var real = services.Last(service => service.ServiceType == typeof(IQueueEngine));
            services.Add(new(typeof(IQueueEngine), provider =>
            {
                inner = (IQueueEngine)real.ImplementationFactory!(provider);
                return this;
            }, Microsoft.Extensions.DependencyInjection.ServiceLifetime.Singleton));
        }

        public IReadOnlyList<TimeSpan> To(string queue) => [.. sent.Where(one => one.Queue == queue).Select(one => one.Delay)];

        public Task EnqueueAsync(string queue, string body, TimeSpan delay, CancellationToken ct)
        {
            sent.Enqueue((queue, delay));
            return inner.EnqueueAsync(queue, body, delay, ct);
        }

        public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan hideFor, CancellationToken ct) => inner.ReceiveAsync(queue, max, hideFor, ct);

        public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken ct) => inner.DeleteAsync(queue, message, ct);

        public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken ct) => inner.PeekAsync(queue, max, ct);
    }
}
