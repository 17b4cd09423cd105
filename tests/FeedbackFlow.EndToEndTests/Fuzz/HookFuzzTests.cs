using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using FeedbackFlow.TestKit.Odd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FeedbackFlow.Tests.Fuzz;

/// <summary>
/// Odd deliveries of every format at the real door over the real store. Each is answered soon and never by a 5xx; a 2xx means that it is stored, once; a 4xx names its
/// reason and leaves nothing behind; and no log tells what was written.
/// </summary>
public sealed class HookFuzzTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>This program is faster than a business may send (150 a second): such a delivery is refused by name and leaves nothing.</summary>
    private const int TooMany = 429;

    private const int LargestBody = 512 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Words, names and contacts of the samples, and the secrets.</summary>
    private static readonly string[] Unspeakable = ["חזרו", "דנה", "עוזבת", "dana@", "0501234567", "501234567", "גרוע", "sue you", "alert(1)", "Bcc:", OddDelivery.Token, OddDelivery.Secret];

    private static readonly string[] Rows = ["feedback-", "task-", "review-", "pending-", "answer-", "customer-", "contact-"];
    private readonly System.Security.Cryptography.RSA key = Signed.Key();
    private readonly List<IReadOnlyList<RowChange>> commits = [];
    private readonly Dictionary<string, int> seen = [];
    private readonly ReviewSite site = new();

    /// <summary>Writes any byte into a header, as an attacker would.</summary>
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 });
    private int stored;

    public void Dispose()
    {
        key.Dispose();
        http.Dispose();
    }

    [Fact]
    public async Task No_delivery_breaks_the_door_or_is_half_stored()
    {
        await using var app = await StartAsync();
        var (time, running, slowest, seed) = (FuzzSettings.Time(8), Stopwatch.StartNew(), TimeSpan.Zero, FuzzSettings.Seed);
        do
        {
            var delivery = new OddDelivery(seed, app.Now, key);
            var began = Stopwatch.GetTimestamp();
            try
            {
                await CheckAsync(app, delivery);
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"{broken.Message}\nPlay it again with FEEDBACKFLOW_FUZZ_SEED={seed} FEEDBACKFLOW_FUZZ_SECONDS=0 (or from {FuzzSettings.Seed}, where this run began).\n{delivery}", broken);
            }

            var took = Stopwatch.GetElapsedTime(began);
            if (took > slowest) (slowest, seen["slowest seed " + seed]) = (took, (int)took.TotalMilliseconds);
            if (++seed % 250 == 0) await FetchAsync(app);
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        while (running.Elapsed < time);

        await FetchAsync(app);
        foreach (var (what, times) in seen.Where(line => !line.Key.StartsWith("slowest", StringComparison.Ordinal)).OrderBy(line => line.Key, StringComparer.Ordinal)) output.WriteLine($"{what}: {times}");
        output.WriteLine($"{seed - FuzzSettings.Seed} deliveries from seed {FuzzSettings.Seed}, {stored} feedbacks, slowest {slowest.TotalMilliseconds:0} ms");
        Assert.Equal(stored, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Equal(new Repaired(0, 0, 0, 0), (await app.Get<RepairNudges>().RunAsync(CancellationToken.None)) with { Expired = 0 });
        // A fuzzer of which nothing comes through, or nothing is refused, tests nothing.
        if (seed - FuzzSettings.Seed < 600) return;
        foreach (var format in FormatTable.All) Assert.True(seen.Keys.Any(line => line == $"{format.Name} 200") && seen.Keys.Any(line => line.StartsWith($"{format.Name} 4", StringComparison.Ordinal)), format.Name);
    }

    private async Task CheckAsync(TestApp app, OddDelivery delivery)
    {
        var (status, answer) = await SendAsync(app, delivery);
        if (delivery.IsPlain) Assert.True(status is 200 or 409 or TooMany, $"The sample itself: {status} {answer}");
        if (status != 200) return;
        var first = Results(answer);

        // The same again, signed anew: nothing more happens.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var (again, repeated) = await SendAsync(app, delivery);
        if (again == TooMany) return;
        Assert.True(again == 200, $"Accepted, and then {again}: {repeated}");
        Assert.DoesNotContain(commits.SelectMany(batch => batch), change => change.Key.StartsWith("feedback-", StringComparison.Ordinal) || change is { Action: RowAction.Insert } && change.Key.StartsWith("task-", StringComparison.Ordinal));
        Assert.All(Results(repeated).Zip(first), pair => Assert.True(pair.First.Result is "repeated" or "outdated" or "pending" or "refused", $"{pair.Second.Result}, then {pair.First.Result}"));
        Assert.Equal(first.Select(one => one.Feedback), Results(repeated).Select(one => one.Feedback));
    }

    private async Task<(int Status, JsonElement Answer)> SendAsync(TestApp app, OddDelivery delivery)
    {
        commits.Clear();
        using var limit = new CancellationTokenSource(Patience);
        using var request = delivery.Request(app.Now, app.Address);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, limit.Token);
        }
        catch (HttpRequestException) when (delivery.Body.Length > LargestBody || delivery.HasForeignHeader)
        {
            // What is too large, or has a header that the server itself refuses, is answered before it is read to its end, and a client that is still sending may see the line cut instead of the answer (RFC 9110, 15.5.14).
            Assert.Empty(commits);
            Count($"{delivery.Format.Name} cut");
            return (delivery.HasForeignHeader ? 400 : 413, default);
        }

        using var answered = response;
        var (status, text) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token));
        await app.LettersSentAsync();
        Count($"{delivery.Format.Name} {status}");
        Assert.True(status is 200 or 400 or 401 or 404 or 409 or 413 or 415 or 429, $"{status} {text}");
        Assert.True(status != 404, text);
        if (status == 400 && text.Length == 0)
        {
            // Header bytes that are not UTF-8 are refused by the server, before any of this program runs.
            Assert.True(delivery.HasForeignHeader, "Refused without a word.");
            return (status, default);
        }

        var answer = JsonDocument.Parse(text).RootElement;
        if (status == 200) await AssertStoredAsync(app, answer);
        else AssertRefused(answer, delivery);
        AssertNothingSaid(app);
        return (status, answer);
    }

    /// <summary>What is acknowledged is there, whole: each feedback came in one commit with its receipt, its answer and its task.</summary>
    private async Task AssertStoredAsync(TestApp app, JsonElement answer)
    {
        var results = Results(answer);
        foreach (var (result, id) in results)
        {
            Count("result " + result);
            if (result is "stored" or "edited" or "repeated" && id is not null) Assert.NotNull(await app.Get<ILookups>().FeedbackAsync("demo", new FeedbackId(id), CancellationToken.None));
            if (result is "stored" or "edited") Assert.NotNull(id);
        }

        var fresh = commits.Where(batch => batch.Any(change => change is { Action: RowAction.Insert } && change.Key.StartsWith("feedback-", StringComparison.Ordinal))).ToList();
        Assert.Equal(results.Count(one => one.Result is "stored" or "edited"), fresh.Count);
        Assert.All(fresh, AssertWhole);
        stored += fresh.Count;
        var kept = results.Count(one => one.Result is "other-type" or "nothing-said" or "pending" or "deleted");
        Assert.True(commits.Count(batch => batch.Any(change => change.Key.StartsWith("receipt-", StringComparison.Ordinal))) >= fresh.Count + kept, "Acknowledged without a receipt.");
    }

    private static void AssertWhole(IReadOnlyList<RowChange> batch)
    {
        Assert.Contains(batch, change => change.Key.StartsWith("receipt-", StringComparison.Ordinal));
        Assert.Contains(batch, change => change.Key.StartsWith("answer-", StringComparison.Ordinal));
        var read = JsonDocument.Parse(batch.First(change => change.Key.StartsWith("feedback-", StringComparison.Ordinal)).Body!).RootElement;
        if (read.TryGetProperty("task", out var task)) Assert.Contains(batch, change => change.Key == "task-" + task.GetString());
    }

    private void AssertRefused(JsonElement problem, OddDelivery delivery)
    {
        Assert.True(problem.TryGetProperty("reason", out var reason) && reason.GetString() is { Length: > 3 }, $"No reason: {problem}");
        Count($"{delivery.Format.Name} refused {reason.GetString()}");
        Assert.DoesNotContain(commits.SelectMany(batch => batch), change => Rows.Any(row => change.Key.StartsWith(row, StringComparison.Ordinal)));
        Assert.DoesNotContain(Unspeakable, word => problem.GetRawText().Contains(word, StringComparison.Ordinal));
    }

    private static void AssertNothingSaid(TestApp app)
    {
        while (app.Log.Lines.TryDequeue(out var line))
        {
            // Thousands of overdue tasks step at once here: one that lost every race of its turn is followed again.
            Assert.True(line.Level < LogLevel.Error || line.Failure is StoreUnavailableException, $"Logged: {line}");
            Assert.DoesNotContain(Unspeakable, word => line.ToString().Contains(word, StringComparison.Ordinal));
        }
    }

    /// <summary>Nudges fetch what notices named; what the platform answers is odd, too.</summary>
    private async Task FetchAsync(TestApp app)
    {
        commits.Clear();
        await app.AdvanceAsync(TimeSpan.FromMinutes(2));
        var fresh = commits.Where(batch => batch.Any(change => change is { Action: RowAction.Insert } && change.Key.StartsWith("feedback-", StringComparison.Ordinal))).ToList();
        Assert.All(fresh, AssertWhole);
        stored += fresh.Count;
        seen["fetched reviews stored"] = seen.GetValueOrDefault("fetched reviews stored") + fresh.Count;
        AssertNothingSaid(app);
    }

    private async Task<TestApp> StartAsync()
    {
        site.Keys = [Signed.Published(key)];
        site.Writes = name =>
        {
            var random = new Random(name.Sum(c => c * 7));
            var review = $$$"""{"name":"{{{name}}}","reviewId":"abc","reviewer":{"displayName":"דנה כ.","isAnonymous":false},"starRating":"ONE","comment":"הבטיחו ולא חזרו, אני עוזבת","createTime":"2032-11-07T08:00:00Z","updateTime":"2032-11-07T08:00:00Z"}""";
            return random.Next(3) == 0 ? Encoding.UTF8.GetBytes(review) : OddJson.Of(review, random);
        };
        var app = await TestApp.StartAsync(new()
        {
            ExpectsErrors = true,
            Change = services => services.Replace(ServiceDescriptor.Singleton<IReviewReader>(site)).Replace(ServiceDescriptor.Singleton<IPublishedKeys>(site)),
        });
        var sources = FormatTable.All.Select(format => Deliveries.Source(format.Name, format.Proof.HasSecrets ? [OddDelivery.SecretOf(format)] : []) with { Push = format.Proof.HasSecrets ? null : OddDelivery.Account });
        Assert.Null((await app.Get<ChangeBusiness>().RunAsync("demo", before => BusinessChange.To(before with { Sources = [.. sources] }))).Refusal);
        app.Rows.Committed = changes =>
        {
            lock (commits) commits.Add(changes);
        };
        return app;
    }

    private static List<(string Result, string? Feedback)> Results(JsonElement answer) =>
        [.. answer.GetProperty("received").EnumerateArray().Select(one => (one.GetProperty("result").GetString()!, one.GetProperty("feedbackId").GetString()))];

    private void Count(string what) => seen[what] = seen.GetValueOrDefault(what) + 1;
}
