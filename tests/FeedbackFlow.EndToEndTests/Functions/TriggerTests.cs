using System.Net;
using System.Text.Json;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.App.Functions;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FeedbackFlow.Tests.Functions;

/// <summary>What the host sends and what it gets back.</summary>
public class TriggerTests(Azurite azurite)
{
    private const string Complaint = "שמונה ימים אני מחכה ואף אחד לא חוזר אליי. אני אספר לכולם.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Angry => new { channel = "form", rating = new { scale = "stars", value = 1 }, text = Complaint, customer = new { name = "Dana", phone = "054-1234567", email = "dana@example.com" } };

    [Fact]
    public async Task A_submission_is_answered_when_its_letters_were_sent()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        var answer = await app.FeedbackAsync(Angry);

        Assert.Equal(HttpStatusCode.Created, answer!.StatusCode);
        Assert.Equal([LetterKind.Alert, LetterKind.Apology], app.Mail.Kinds.OrderBy(kind => kind.ToString(), StringComparer.Ordinal));
        var letters = await app.Get<ILists>().LettersAsync("demo", 10, null, Ct);
        Assert.All(letters.Items, letter => Assert.Equal(LetterState.Sent, letter.State));
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_an_answer_for_a_second_and_the_nudge_sends()
    {
        var timers = new ManualTimers();
        await using var app = await HostedApp.StartAsync(azurite, services => services.Replace(ServiceDescriptor.Singleton(provider =>
            new HostedCourier(provider.GetRequiredService<SendLetters>(), NullLogger<HostedCourier>.Instance, timers))));
        var hanging = new TaskCompletionSource<Delivery>();
        var reached = 0;
        app.Mail.Answer = (_, _) =>
        {
            Interlocked.Increment(ref reached);
            return hanging.Task;
        };

        var answering = app.FeedbackAsync(Angry);
        // Both letters hang before the second is over, however busy the machine is.
        while (timers.Waits.Count == 0 || Volatile.Read(ref reached) < 2) await Task.Delay(5, Ct);
        Assert.Equal([HostedCourier.Patience], timers.Waits);
        Assert.False(answering.IsCompleted);
        timers.Ring();
        Assert.Equal(HttpStatusCode.Created, (await answering)!.StatusCode);
        Assert.Empty(app.Mail.Arrived);

        // The process was frozen; its lease ends, and the nudge comes in another instance.
        app.Mail.Answer = Mail.Works;
        app.Clock.Advance(TimeSpan.FromSeconds(46));
        Assert.True(await FunctionsHost.SucceededAsync(await app.Host.QueueAsync("nudge", await NudgeAsync(app))));
        Assert.Equal(2, app.Mail.Arrived.Count);
        hanging.SetResult(new(DeliveryKind.TryAgain, "late"));
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("once")]
    [InlineData("not")]
    public async Task A_nudge_is_followed_however_often_its_text_is_quoted(string quoted)
    {
        await using var app = await HostedApp.StartAsync(azurite);
        app.Mail.Answer = (_, _) => Task.FromResult(new Delivery(DeliveryKind.TryAgain, "down"));
        await app.FeedbackAsync(Angry);
        app.Mail.Answer = Mail.Works;
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var text = await NudgeAsync(app);

        var answer = quoted switch
        {
            "twice" => await app.Host.QueueAsync("nudge", text),
            "once" => await app.Host.PostAsync("nudge", JsonSerializer.Serialize(new { Data = new { nudge = text }, Metadata = new { } })),
            _ => await app.Host.PostAsync("nudge", """{"Data":{"nudge":TEXT},"Metadata":{"RetryContext":{"RetryCount":1,"MaxRetryCount":3,"Exception":null}}}""".Replace("TEXT", text, StringComparison.Ordinal)),
        };

        Assert.True(await FunctionsHost.SucceededAsync(answer));
        Assert.Equal(2, app.Mail.Arrived.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"Last":"0001-01-01T00:00:00","Next":"9999-12-31T23:59:59.9999999","LastUpdated":"0001-01-01T00:00:00"}""")]
    public async Task The_timer_sweeps_whatever_its_status_says(string? status)
    {
        await using var app = await HostedApp.StartAsync(azurite);
        app.Mail.Answer = (_, _) => throw new KilledException("the send");
        await app.FeedbackAsync(Angry);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        var before = await CountAsync(app, NudgeQueue.Name);

        Assert.True(await FunctionsHost.SucceededAsync(await app.Host.TimerAsync("sweep", status)));

        Assert.True(await CountAsync(app, NudgeQueue.Name) > before);
    }

    [Fact]
    public async Task The_timer_of_digests_tells_the_owner_once_a_day()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        Assert.True(await FunctionsHost.SucceededAsync(await app.Host.TimerAsync("digests")));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.FeedbackAsync(Angry);
        app.Clock.Advance(TimeSpan.FromDays(1));
        for (var tick = 0; tick < 2; tick++) Assert.True(await FunctionsHost.SucceededAsync(await app.Host.TimerAsync("digests")));
        Assert.True(await FunctionsHost.SucceededAsync(await app.Host.QueueAsync("nudge", await NudgeAsync(app))));

        var digest = Assert.Single(app.Mail.Of(LetterKind.Digest));
        Assert.Equal("owner@demo.example", digest.To.Address);
        Assert.Contains("Dana", digest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_set_aside_at_once_and_the_host_is_told_it_is_done()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        foreach (var text in new[] { "hello", "{\"a\":1}", "[1]", "5", "null" })
            Assert.True(await FunctionsHost.SucceededAsync(await app.Host.QueueAsync("nudge", text)), text);

        Assert.Equal(5, await app.Get<NudgeQueue>().CountSetAsideAsync(Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"nudge":null}}""")]
    [InlineData("""{"Data":7,"Metadata":[]}""")]
    public async Task A_call_that_is_none_fails_and_changes_nothing(string body)
    {
        await using var app = await HostedApp.StartAsync(azurite);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Host.PostAsync("nudge", body)).StatusCode);
        Assert.Equal(0, await app.Get<NudgeQueue>().CountSetAsideAsync(Ct));
    }

    [Fact]
    public async Task A_store_that_is_away_fails_the_trigger_so_that_the_message_comes_again()
    {
        await using var app = await HostedApp.StartAsync(azurite, services =>
        {
            var real = services.Single(service => service.ServiceType == typeof(IRowEngine)).ImplementationFactory!;
            services.AddSingleton(provider => new FragileRows((IRowEngine)real(provider)));
            services.Replace(ServiceDescriptor.Singleton<IRowEngine>(provider => provider.GetRequiredService<FragileRows>()));
        });
        app.Get<FragileRows>().CannotRead = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Host.TimerAsync("sweep")).StatusCode);
        var nudge = JsonSerializer.Serialize(new Nudge("demo", [new("0123456789abcdef0123456789abcdef")], null, app.Clock.GetUtcNow(), app.Clock.GetUtcNow()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Host.QueueAsync("nudge", nudge)).StatusCode);
        Assert.Equal(0, await app.Get<NudgeQueue>().CountSetAsideAsync(Ct));
    }

    [Fact]
    public async Task Nobody_outside_reaches_a_trigger()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        foreach (var function in app.Host.Functions.Where(function => function.Type != "httpTrigger").Select(function => function.Name))
        {
            // The host has no function for these, so the program is not even asked.
            foreach (var path in new[] { $"/{function}", $"/{function}/", $"/{function.ToUpperInvariant()}", $"//{function}", $"/{function}?code=x" })
                Assert.Null(await app.Host.OutsideAsync(HttpMethod.Post, path, new StringContent("{}")));
            // And if it were: every header that tells of a front end, and every other Host, is nobody's but the world's.
            foreach (var header in new[] { ("Host", FunctionsHost.PublicHost), ("Host", "127.0.0.1"), ("Host", "localhost"), ("X-ARR-LOG-ID", "1"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "127.0.0.1"), ("Forwarded", "for=127.0.0.1") })
                Assert.Equal((function, header, HttpStatusCode.NotFound), (function, header, (await app.Host.PostAsync(function, """{"Data":{"nudge":"x","timer":{}}}""", header)).StatusCode));
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await new HttpClient().GetAsync(new Uri(app.Address, function), Ct)).StatusCode);
        }

        Assert.Equal(0, await app.Get<NudgeQueue>().CountSetAsideAsync(Ct));
    }

    [Fact]
    public async Task A_path_that_walks_out_of_its_prefix_arrives_nowhere()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        foreach (var path in new[] { "/api/..%2fnudge", "/api/%2e%2e/nudge", "/f/..%5cnudge", "/api/nudge", "/manage/../nudge" })
        {
            var answer = await app.Host.OutsideAsync(HttpMethod.Post, path, new StringContent("""{"Data":{"nudge":"x"}}""", null, "application/json"));
            Assert.True(answer is null || answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Redirect or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest, $"{path}: {answer?.StatusCode}");
        }

        Assert.Equal(0, await app.Get<NudgeQueue>().CountSetAsideAsync(Ct));
    }

    [Fact]
    public async Task Standing_alone_there_are_no_triggers()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var function in FunctionsHost.Read(HostedApp.Source).Where(function => function.Type != "httpTrigger"))
            Assert.Equal(HttpStatusCode.NotFound, (await app.Client.PostAsync("/" + function.Name, new StringContent("{}"), Ct)).StatusCode);
    }

    [Fact]
    public async Task Under_the_host_there_is_no_mailbox_no_demo_key_and_no_loop()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.FeedbackAsync(new { text = "x" }, "demo"))!.StatusCode);
        Assert.Null(await app.Host.OutsideAsync(HttpMethod.Get, "/mailbox"));
        using var inside = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await inside.GetAsync(new Uri(app.Address, "mailbox"), Ct)).StatusCode);
        Assert.DoesNotContain(app.Get<IEnumerable<IHostedService>>(), service => service.GetType().Namespace!.StartsWith("FeedbackFlow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_host_finds_somebody_there_and_addresses_are_the_public_ones()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        using var inside = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        Assert.Equal(HttpStatusCode.Found, (await inside.GetAsync(app.Address, Ct)).StatusCode);
        await app.FeedbackAsync(Angry);
        Assert.Contains($"https://{FunctionsHost.PublicHost}/a/", app.Mail.Of(LetterKind.Alert).Single().Text, StringComparison.Ordinal);
    }

    /// <summary>What the queue would hand over by now: it is hidden for 45 seconds of the service's own clock.</summary>
    private static async Task<string> NudgeAsync(HostedApp app)
    {
        var letters = (await app.Get<ILists>().LettersAsync("demo", 10, null, Ct)).Items.Select(entry => entry.Letter.Id).ToList();
        return JsonSerializer.Serialize(new Nudge("demo", letters, null, app.Clock.GetUtcNow(), app.Clock.GetUtcNow()));
    }

    private static async Task<int> CountAsync(HostedApp app, string queue) => (await app.Get<IQueueEngine>().PeekAsync(queue, 32, Ct)).Count;
}
