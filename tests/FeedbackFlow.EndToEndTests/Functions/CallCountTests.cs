using System.Net;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FeedbackFlow.Tests.Functions;

/// <summary>
/// What a feedback costs: calls to tables and queues from the request to the mark of its last letter, counted on the wire. The cost document multiplies these numbers.
/// </summary>
public class CallCountTests(Azurite azurite)
{
    private const int WithoutRisk = 6;
    private const int WithRisk = 12;

    public static TheoryData<string, bool, bool, bool> Feedbacks { get; } = new()
    {
        // who, known before, risk, with an Idempotency-Key
        { "phone", false, false, false },
        { "phone and mail", false, false, true },
        { "phone and mail", true, false, true },
        { "nobody", false, true, false },
        { "phone and mail", false, true, false },
        { "phone and mail", false, true, true },
        { "phone and mail", true, true, true },
    };

    [Theory]
    [MemberData(nameof(Feedbacks))]
    public async Task A_feedback_by_the_api_stays_within_its_calls(string who, bool known, bool risk, bool key)
    {
        await using var app = await HostedApp.StartAsync(azurite);
        using var calls = new StorageCalls(app.Account);
        // The first message of an account makes its queue, and each process makes its connections.
        await SubmitAsync(app, "phone", 2, true, false);
        if (known) await SubmitAsync(app, who, 1, false, false);
        calls.Forget();
        var letters = app.Mail.Arrived.Count;

        await SubmitAsync(app, who, 1, risk, key);

        var counted = calls.All;
        TestContext.Current.TestOutputHelper?.WriteLine($"{who}, {(known ? "known" : "new")}, {(risk ? "risk" : "no risk")}{(key ? ", key" : "")}: {counted.Count} calls\n{string.Join('\n', counted)}");
        Assert.Equal(!risk ? 0 : who == "nobody" ? 1 : 2, app.Mail.Arrived.Count - letters);
        Assert.InRange(counted.Count, 2, risk ? WithRisk : WithoutRisk);
    }

    /// <summary>The customer's own page: the open form, one that hangs somewhere, and a job's; from somebody new and from somebody known.</summary>
    [Theory]
    [InlineData("open", false, false)]
    [InlineData("open", true, true)]
    [InlineData("label", true, false)]
    [InlineData("label", true, true)]
    [InlineData("job", false, false)]
    [InlineData("job", false, true)]
    [InlineData("job", true, false)]
    [InlineData("job", true, true)]
    public async Task A_feedback_by_the_form_stays_within_its_calls(string form, bool known, bool risk)
    {
        await using var app = await HostedApp.StartAsync(azurite);
        var counted = await CountFormAsync(app, form, known, risk, () => app.Mail.Arrived.Count);
        Assert.InRange(counted, 3, risk ? WithRisk : WithoutRisk);
    }

    /// <summary>The quota is one row that all processes share: both letters of a feedback ask it together, which is one look and one write more.</summary>
    [Theory]
    [InlineData("job")]
    [InlineData("label")]
    public async Task Letters_through_Communication_Services_stay_within_the_same_calls(string form)
    {
        var taken = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var service = builder.Build();
        service.MapPost("/emails:send", (HttpContext context) =>
        {
            Interlocked.Increment(ref taken);
            return Results.Json(new { id = context.Request.Headers["Operation-Id"].ToString(), status = "Running" }, statusCode: StatusCodes.Status202Accepted);
        });
        await service.StartAsync(TestContext.Current.CancellationToken);
        await using var app = await HostedApp.StartAsync(azurite, channel:
            ["--Email:ConnectionString", $"endpoint={service.Urls.Single()};accesskey=a2V5", "--Email:From", "service@example.com", "--Email:PerMinute", "1000", "--Email:PerHour", "10000", "--Channels", "email"]);

        var counted = await CountFormAsync(app, form, known: true, risk: true, () => taken);

        Assert.InRange(counted, 8, WithRisk);
    }

    private static async Task<int> CountFormAsync(HostedApp app, string form, bool known, bool risk, Func<int> sent)
    {
        using var calls = new StorageCalls(app.Account);
        await SubmitAsync(app, "phone", 2, true, false);
        if (known) await SubmitAsync(app, "phone and mail", 1, false, false);
        var path = form switch
        {
            "open" => "/b/demo",
            "label" => await LabelAsync(app),
            _ => await JobAsync(app),
        };
        calls.Forget();
        var letters = sent();
        var fields = new Dictionary<string, string>
        {
            [FormFields.Score] = risk ? "1" : "5", [FormFields.Words] = risk ? "אף אחד לא חוזר אליי, אני אספר לכולם" : "תודה, שירות מצוין", [FormFields.Phone] = "054-1234561", [FormFields.Email] = "guest1@example.com",
        };
        var answer = await app.Host.OutsideAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.OK, answer!.StatusCode);

        var counted = calls.All;
        TestContext.Current.TestOutputHelper?.WriteLine($"form {form}, {(known ? "known" : "new")}, {(risk ? "risk" : "no risk")}: {counted.Count} calls\n{string.Join('\n', counted)}");
        Assert.Equal(risk ? 2 : 0, sent() - letters);
        return counted.Count;
    }

    private static async Task<string> JobAsync(HostedApp app)
    {
        var job = await app.Host.OutsideAsync(
            HttpMethod.Post, "/api/jobs", System.Net.Http.Json.JsonContent.Create(new { service = "repair", customer = new { phone = "054-1234561", email = "guest1@example.com" } }), ("Authorization", "Bearer " + app.Key));
        return new Uri(System.Text.Json.JsonDocument.Parse(await job!.Content.ReadAsStringAsync()).RootElement.GetProperty("link").GetString()!).AbsolutePath;
    }

    private static async Task<string> LabelAsync(HostedApp app)
    {
        var token = Token.New("demo");
        var link = new Link(Token.Hash(token), LinkPurpose.OpenForm, null, null, null, "van 3", null, null);
        await app.Get<ICommits>().CommitAsync(new Commit("demo") { Links = [Change.New(link)] }, CancellationToken.None);
        return "/f/" + token;
    }

    /// <summary>What a task costs after its letters: the first nudge, the step at half time with its letter, closing. Taking a message and deleting it are the host's, two more each.</summary>
    [Fact]
    public async Task Nudges_steps_and_closing_stay_within_their_calls()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        using var calls = new StorageCalls(app.Account);
        await SubmitAsync(app, "phone and mail", 1, true, true);
        var task = (await app.Get<ILists>().OpenTasksAsync("demo", 1, null, CancellationToken.None)).Items.Single();
        var letters = (await app.Get<ILists>().LettersAsync("demo", 10, null, CancellationToken.None)).Items.Select(entry => entry.Letter.Id).ToList();

        app.Clock.Advance(TimeSpan.FromSeconds(46));
        Assert.InRange(await CountAsync(() => app.Host.QueueAsync("nudge", Text(letters))), 4, 5);
        app.Clock.MoveTo(task.Ladder.NextAt!.Value);
        Assert.InRange(await CountAsync(() => app.Host.QueueAsync("nudge", Text([]))), 6, 11);
        Assert.InRange(await CountAsync(async () => (await app.Host.OutsideAsync(
            HttpMethod.Post, $"/api/tasks/{task.Id}/outcome", System.Net.Http.Json.JsonContent.Create(new { outcome = "saved", reason = "solved" }), ("Authorization", "Bearer " + app.Key)))!), 3, 8);

        string Text(IReadOnlyList<LetterId> named) => System.Text.Json.JsonSerializer.Serialize(new Nudge("demo", named, task.Id, app.Clock.GetUtcNow(), app.Clock.GetUtcNow()));

        async Task<int> CountAsync(Func<Task<HttpResponseMessage>> work)
        {
            calls.Forget();
            Assert.True((await work()).IsSuccessStatusCode);
            var counted = calls.All;
            TestContext.Current.TestOutputHelper?.WriteLine($"{counted.Count} calls\n{string.Join('\n', counted)}");
            return counted.Count;
        }
    }

    /// <summary>How much is kept: rows and their bytes as the service counts them, names and values in UTF-16.</summary>
    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 36)]
    public async Task A_feedback_is_so_many_rows(bool risk, int most)
    {
        await using var app = await HostedApp.StartAsync(azurite);
        var before = await MeasureAsync(app);
        await SubmitAsync(app, "phone and mail", 1, risk, true);
        var after = await MeasureAsync(app);
        TestContext.Current.TestOutputHelper?.WriteLine($"{(risk ? "risk" : "no risk")}: {after.Rows - before.Rows} rows, {(after.Bytes - before.Bytes) / 1024.0:F1} KB");
        Assert.InRange(after.Rows - before.Rows, 5, most);
    }

    private static async Task<(int Rows, long Bytes)> MeasureAsync(HostedApp app)
    {
        var (rows, bytes) = (0, 0L);
        await foreach (var (partition, row) in app.Get<FeedbackFlow.Adapters.Storage.Engines.IRowCopies>().AllAsync(CancellationToken.None))
            (rows, bytes) = (rows + 1, bytes + 4 + 2 * (partition.Length + row.Key.Length + row.Body.Length + row.CommitId.Length) + 60);
        return (rows, bytes);
    }

    private static async Task SubmitAsync(HostedApp app, string who, int number, bool risk, bool key)
    {
        var phone = who.Contains("phone", StringComparison.Ordinal) ? $"054-123456{number}" : null;
        var mail = who.Contains("mail", StringComparison.Ordinal) ? $"guest{number}@example.com" : null;
        var headers = new List<(string, string)> { ("Authorization", "Bearer " + app.Key) };
        if (key) headers.Add(("Idempotency-Key", Guid.NewGuid().ToString()));
        var answer = await app.Host.OutsideAsync(HttpMethod.Post, "/api/feedback", System.Net.Http.Json.JsonContent.Create(new
        {
            channel = "form",
            rating = new { scale = "stars", value = risk ? 1 : 5 },
            text = risk ? "אף אחד לא חוזר אליי, אני אספר לכולם" : "תודה, שירות מצוין",
            customer = phone is null && mail is null ? null : new { name = "Dana", phone, email = mail },
        }), [.. headers]);
        Assert.Equal(HttpStatusCode.Created, answer!.StatusCode);
    }
}
