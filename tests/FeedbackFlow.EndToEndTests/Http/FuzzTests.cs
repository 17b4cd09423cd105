using System.Diagnostics;
using System.Globalization;
using System.Text;
using FeedbackFlow.App;
using FeedbackFlow.Tests.Fuzz;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>Random input at every public door. A failure names its seed, which repeats it.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Time = FuzzSettings.Time(2);

    private static readonly string[] Pieces =
    [
        "", " ", "\0", "\n", "\r\n", "\t", "\"", "\\", "'", "<", ">", "&", "%", "{", "}", "[", "]", ":", ",", "/", "..", ";", "=", "?", "#", "\ufeff", "\u202e", "\u200f", "\u2028", "א", "ש\u05c1", "😡", "\ud800", "\udc00",
        "null", "true", "-1", "1e999", "0", "5", "99999999999999999999", "demo", "form", "stars", "nps", "dana@example.com", "0541234567", "אני עוזבת אתכם", "I will sue you", "\\ud800", "\\u0000", "0123456789abcdef0123456789abcdef",
    ];

    private static readonly string[] Fields = ["business", "channel", "rating", "text", "callMe", "customer", "jobId", "scale", "value", "name", "email", "phone", "service", "outcome", "reason", "gesture", "x", "\\ud800"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_input_breaks_a_door_or_is_half_stored(int place)
    {
        var seed = FuzzSettings.Seed - 1 + place;
        await using var app = await TestApp.StartAsync();
        var random = new Random(seed);
        var (_, alert) = await ActionLinkTests.AlertAsync(app);
        var job = await FormTests.JobAsync(app);
        string[] machineDoors = ["/api/feedback", "/api/feedback", "/api/jobs", "/api/tasks", "/api/tasks/{id}/claim", "/api/tasks/{id}/outcome", "/api/tasks/{id}/reopen"];
        string[] doors = ["/b/demo", job, new Uri(alert.Tap(Words.For("he")["action.reached-saved.tap"])).AbsolutePath, "/manage/sign-in", "/b/{id}", "/f/{id}", "/a/{id}", "/manage/sign-in/{id}", "/manage/tasks/{id}/close", "/status", "/mailbox/demo/{id}", "/{id}"];
        var (clock, requests, accepted) = (Stopwatch.StartNew(), 0, 1);
        while (clock.Elapsed < Time)
        {
            var machine = random.Next(2) == 0;
            var door = Pick(random, machine ? machineDoors : doors);
            var url = door.Replace("{id}", Uri.EscapeDataString(WellFormed(Text(random, 4))), StringComparison.Ordinal) + (random.Next(4) == 0 ? "?" + Uri.EscapeDataString(WellFormed(Text(random, 2))) + "=" + Uri.EscapeDataString(WellFormed(Text(random, 3))) + "&next=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(random, 3))).TrimEnd('=') : "");
            using var request = new HttpRequestMessage(random.Next(8) == 0 ? Pick(random, [HttpMethod.Get, HttpMethod.Put, HttpMethod.Head, HttpMethod.Delete]) : HttpMethod.Post, url);
            var body = Body(random, machine);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType(random, machine));
            request.Headers.TryAddWithoutValidation("Authorization", random.Next(12) == 0 ? Header(Text(random, 3)) : "Bearer demo");
            if (random.Next(4) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", Header(Text(random, 3)));
            if (random.Next(6) == 0) request.Headers.TryAddWithoutValidation("Accept-Language", Header(Text(random, 3)));
            if (random.Next(6) == 0) request.Headers.TryAddWithoutValidation("Cookie", "feedbackflow=" + Header(Text(random, 3)));
            requests++;
            var answer = await app.Client.SendAsync(request);
            Assert.True((int)answer.StatusCode < 500, $"seed {seed}, request {requests}: {request.Method} {url} {request.Content.Headers.ContentType}: {(int)answer.StatusCode}\n{Encoding.UTF8.GetString(body)}");
            if (answer.StatusCode == System.Net.HttpStatusCode.Created && door == "/api/feedback") accepted++;
            if ((door.StartsWith("/b/", StringComparison.Ordinal) || door == job) && request.Method == HttpMethod.Post && answer.StatusCode == System.Net.HttpStatusCode.OK && (await answer.Content.ReadAsStringAsync()).Contains(Words.For("he")["answer.arrived"], StringComparison.Ordinal)) accepted++;
        }

        output.WriteLine($"seed {seed}: {requests} requests, {accepted} feedbacks");
        Assert.Equal(accepted, await app.CountRowsAsync("demo", "feedback-"));
        await app.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(0, (await app.Get<FeedbackFlow.Pipeline.RepairNudges>().RunAsync(CancellationToken.None)).Letters);
    }

    private static byte[] Body(Random random, bool machine)
    {
        var bytes = Encoding.UTF8.GetBytes(machine ? Json(random, 0) : Form(random));
        for (var i = random.Next(6) == 0 ? random.Next(1, 4) : 0; i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(15) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    private static string Json(Random random, int depth) => depth > 3 ? Value(random) : random.Next(depth == 0 ? 12 : 6) switch
    {
        0 => $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Json(random, depth + 1)))}]",
        1 or 2 => depth > 0 ? Value(random) : Text(random, 6),
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Pick(random, Fields)}\":{(random.Next(3) == 0 ? Json(random, depth + 1) : Value(random))}")) + "}",
    };

    private static string Value(Random random) => random.Next(5) switch
    {
        0 => Pick(random, Pieces),
        1 => random.Next(-2, 12).ToString(CultureInfo.InvariantCulture),
        2 => """{"scale":"stars","value":1}""",
        _ => System.Text.Json.JsonSerializer.Serialize(WellFormed(Text(random, 4))),
    };

    private static string Form(Random random) => string.Join('&', Enumerable.Range(0, random.Next(7)).Select(_ =>
        Pick(random, ["score", "words", "name", "phone", "email", "call", "submission", "outcome", "reason", "reason-text", "gesture", "person", "__RequestVerificationToken", "x"]) + "="
        + (random.Next(5) == 0 ? Text(random, 3) : Uri.EscapeDataString(WellFormed(Text(random, 4))))));

    private static string ContentType(Random random, bool machine) => random.Next(12) switch
    {
        0 => "multipart/form-data; boundary=x",
        1 => Header(Text(random, 3)),
        2 => "application/json; charset=" + Header(Text(random, 2)),
        3 => "application/x-www-form-urlencoded; charset=utf-7",
        _ => machine ? "application/json" : "application/x-www-form-urlencoded",
    };

    private static string Text(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => Pick(random, Pieces)));

    private static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>What a client can put into a header at all.</summary>
    private static string Header(string text) => new([.. text.Where(c => c is >= ' ' and < '\x7f')]);
}
