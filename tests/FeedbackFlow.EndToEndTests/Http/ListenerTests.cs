using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>A system of the business's own is told what happens, signed, until it says that it is gone.</summary>
public class ListenerTests
{
    private const string Manager = "manager@demo.example";
    private const string Address = "https://crm.example/hook";

    [Fact]
    public async Task The_whole_way_of_a_complaint_is_told_in_signed_events_without_its_words()
    {
        var receiver = new Receiver();
        await using var app = await StartAsync(receiver);
        var secret = await AddAsync(app);
        var risk = await Api.Of(app).RiskAsync();
        await app.AdvanceAsync(TimeSpan.FromSeconds(1));
        await Api.Of(app).PostAsync($"/api/tasks/{risk.TaskId}/claim", "{}");
        await Api.Of(app).PostAsync($"/api/tasks/{risk.TaskId}/outcome", """{"outcome":"saved","reason":"spoke"}""");
        await app.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["feedback.received", "risk.detected", "task.claimed", "task.closed"], receiver.Types.Order());
        foreach (var (headers, body) in receiver.Got)
        {
            var arrival = Deliveries.Arrival(body, [.. headers.Select(header => (header.Key, header.Value))]);
            Assert.Equal(SignatureResult.Genuine, new StandardProof().Check(arrival, Deliveries.Source("standard-webhooks", secret), new(app.Now)));
            foreach (var word in new[] { "דנה", "שמונה", "0541234567", "+97254" }) Assert.DoesNotContain(word, body, StringComparison.Ordinal);
            Assert.Equal(["type", "timestamp", "data"], JsonDocument.Parse(body).RootElement.EnumerateObject().Select(member => member.Name));
        }

        var closed = JsonDocument.Parse(receiver.Got.Single(got => got.Body.Contains("task.closed", StringComparison.Ordinal)).Body).RootElement.GetProperty("data");
        Assert.Equal((risk.TaskId, "saved"), (closed.GetProperty("taskId").GetString(), closed.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_promise_that_breaks_is_told()
    {
        var receiver = new Receiver();
        await using var app = await StartAsync(receiver);
        await AddAsync(app);
        await Api.Of(app).RiskAsync(email: "dana@customers.example");
        await app.AdvanceAsync(TimeSpan.FromDays(3));
        Assert.Contains("promise.broken", receiver.Types);
    }

    [Fact]
    public async Task A_listener_that_is_away_is_tried_on_the_schedule_and_then_left_to_a_person_who_sends_it_again()
    {
        var receiver = new Receiver { Answer = new(503) };
        await using var app = await StartAsync(receiver);
        await AddAsync(app, "feedback.received");
        await Api.Of(app).FeedbackAsync(new { text = "תודה רבה, היה מצוין", rating = new { scale = "stars", value = 5 } });
        await app.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.Equal(10, receiver.At.Count);
        var waits = receiver.At.Zip(receiver.At.Skip(1), (one, next) => next - one).ToList();
        TimeSpan[] schedule = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24)];
        Assert.All(waits.Zip(schedule), pair => Assert.InRange(pair.First, pair.Second * 0.74, pair.Second * 1.01));
        Assert.Single(receiver.Got.Select(got => got.Headers[StandardProof.IdHeader]).Distinct());
        Assert.Equal(10, receiver.Got.Select(got => got.Headers[StandardProof.TimeHeader]).Distinct().Count());

        receiver.Answer = new(200);
        var guest = await app.SignInAsync(Manager);
        var page = await guest.GetAsync(await PageOfAsync(app));
        Assert.Contains("HTTP 503", page.Text, StringComparison.Ordinal);
        await guest.SubmitAsync(page, "form[action$='/replay']");
        await app.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(11, receiver.At.Count);
        Assert.Single(receiver.Got.Select(got => got.Headers[StandardProof.IdHeader]).Distinct());
        Assert.Contains("התקבלה", (await guest.GetAsync(await PageOfAsync(app))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_gone_is_switched_off_until_a_person_switches_it_on()
    {
        var receiver = new Receiver { Answer = new(410) };
        await using var app = await StartAsync(receiver);
        await AddAsync(app, "feedback.received");
        await SayAsync(app);
        await SayAsync(app);
        Assert.Single(receiver.At);
        var guest = await app.SignInAsync(Manager);
        var page = await guest.GetAsync(await PageOfAsync(app));
        Assert.Contains("410", page.Words, StringComparison.Ordinal);
        receiver.Answer = new(200);
        await guest.SubmitAsync(page, "form[action$='/on']");
        await SayAsync(app);
        Assert.Equal(2, receiver.At.Count);
    }

    [Fact]
    public async Task While_its_secret_is_changed_both_sign()
    {
        var receiver = new Receiver();
        await using var app = await StartAsync(receiver);
        var old = await AddAsync(app, "feedback.received");
        var guest = await app.SignInAsync(Manager);
        var changed = await guest.SubmitAsync(await guest.GetAsync(await PageOfAsync(app)), "form[action$='/secret']");
        var fresh = SecretIn(changed);
        await SayAsync(app);
        var (headers, body) = Assert.Single(receiver.Got);
        foreach (var secret in new[] { old, fresh })
            Assert.Equal(SignatureResult.Genuine, new StandardProof().Check(Deliveries.Arrival(body, [.. headers.Select(header => (header.Key, header.Value))]), Deliveries.Source("standard-webhooks", secret), new(app.Now)));
        Assert.DoesNotContain(old, (await guest.GetAsync(await PageOfAsync(app))).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://crm.example/")]
    [InlineData("crm.example")]
    [InlineData("https://user:pass@crm.example/")]
    [InlineData("")]
    public async Task An_address_that_cannot_be_one_is_refused(string address)
    {
        await using var app = await StartAsync(new());
        var guest = await app.SignInAsync(Manager);
        var answer = await guest.SubmitAsync(await guest.GetAsync("/manage/listeners"), "form[action='/manage/listeners']", ("address", address), ("event", "feedback.received"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task In_Production_nothing_inside_is_posted_to()
    {
        await using var app = await TestApp.StartAsync(new() { Environment = "Production", PublicUrl = "https://feedback.example.com" });
        var posted = await app.Get<IEventPost>().PostAsync(new("http://169.254.169.254/metadata"), new Dictionary<string, string>(), "{}", CancellationToken.None);
        Assert.True(posted.IsForbidden);
    }

    private static async Task<TestApp> StartAsync(Receiver receiver)
    {
        var app = await TestApp.StartAsync(new() { Change = services => services.Replace(ServiceDescriptor.Singleton<IEventPost>(receiver)) });
        receiver.Clock = app.Clock;
        return app;
    }

    private static async Task SayAsync(TestApp app)
    {
        await Api.Of(app).FeedbackAsync(new { text = "תודה רבה, היה מצוין", rating = new { scale = "stars", value = 5 } });
        await app.AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    private static async Task<string> AddAsync(TestApp app, params string[] events)
    {
        var guest = await app.SignInAsync(Manager);
        var page = await guest.GetAsync("/manage/listeners");
        var token = page.Page.QuerySelector("form[action='/manage/listeners'] input[type=hidden]")!;
        var added = await guest.PostAsync("/manage/listeners", [
            (token.GetAttribute("name")!, token.GetAttribute("value")!), ("address", Address), .. (events.Length == 0 ? OutboundEvents.Names : events).Select(name => ("event", name))]);
        Assert.Equal(HttpStatusCode.OK, added.Status);
        return SecretIn(added);
    }

    private static string SecretIn(Answer answer) => Regex.Match(answer.Words, "whsec_[A-Za-z0-9+/=]{40,}").Value;

    private static async Task<string> PageOfAsync(TestApp app) => "/manage/listeners/" + Assert.Single((await app.Get<ILookups>().BusinessAsync("demo", CancellationToken.None))!.Value.Listeners).Id;

    private sealed class Receiver : IEventPost
    {
        private readonly ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, string Body)> got = [];
        private readonly ConcurrentQueue<DateTimeOffset> at = [];

        public Posted Answer { get; set; } = new(200);

        public TimeProvider Clock { get; set; } = new DrivenClock(default);

        public IReadOnlyList<(IReadOnlyDictionary<string, string> Headers, string Body)> Got => [.. got];

        public IReadOnlyList<DateTimeOffset> At => [.. at];

        public IEnumerable<string> Types => got.Select(one => JsonDocument.Parse(one.Body).RootElement.GetProperty("type").GetString()!);

        public Task<Posted> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken ct)
        {
            Assert.Equal(Address, address.ToString());
            Assert.True(Encoding.UTF8.GetByteCount(body) < 20_000);
            got.Enqueue((headers, body));
            at.Enqueue(Clock.GetUtcNow());
            return Task.FromResult(Answer);
        }
    }
}
