using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace FeedbackFlow.EndToEndTests.Crash;

/// <summary>
/// <c>kill -9</c> under load, twice, at moments nobody chose: every acknowledged feedback is stored, every risk has exactly one open task, every
/// letter arrives once. It waits for nudges of 45 seconds and ends as soon as all of it holds.
/// </summary>
public sealed class KillNineTests : IDisposable
{
    private const int Senders = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly string folder = Directory.CreateTempSubdirectory("feedbackflow-").FullName;
    private readonly int seed = Environment.GetEnvironmentVariable("FEEDBACKFLOW_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    private readonly ConcurrentDictionary<int, string> acknowledged = new();
    private int asked;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Killed_under_load_nothing_acknowledged_is_lost_and_no_letter_comes_twice()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"FEEDBACKFLOW_SEED={seed}");
        var random = new Random(seed);
        await LoadAndKillAsync(random);
        await LoadAndKillAsync(random);
        var known = acknowledged.ToDictionary();

        await using var app = await AppProcess.StartAsync(folder, Ct);
        // The senders insist. Who was answered before the kill gets the same answer, who was not gets one now.
        for (var number = 0; number < asked; number++)
        {
            var (status, id) = await SubmitAsync(app.Client, number);
            if (known.TryGetValue(number, out var first)) Assert.Equal((HttpStatusCode.OK, first), (status, id));
            else Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, $"Feedback {number}: {status}");
        }

        var risks = Enumerable.Range(0, asked).Where(IsRisk).ToList();
        Assert.Equal(risks.Select(Email).Order(StringComparer.Ordinal), (await OpenTasksOfAsync(app.Client)).Order(StringComparer.Ordinal));
        await EachLetterArrivesOnceAsync(app, risks);
        TestContext.Current.TestOutputHelper?.WriteLine($"{known.Count} of {asked} were acknowledged before the kills; {risks.Count} risks.");
    }

    /// <summary>Starts the program, lets many write at once, and kills it while they do.</summary>
    private async Task LoadAndKillAsync(Random random)
    {
        await using var app = await AppProcess.StartAsync(folder, Ct);
        var enough = acknowledged.Count + random.Next(20, 120);
        using var dead = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => WriteAsync(app.Client, dead.Token))));
        while (acknowledged.Count < enough) await Task.Delay(1, Ct);
        await Task.Delay(random.Next(0, 40), Ct);
        await app.KillAsync();
        await dead.CancelAsync();
        await load;
    }

    private async Task WriteAsync(HttpClient client, CancellationToken dead)
    {
        while (!dead.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref asked) - 1;
            try
            {
                var (status, id) = await SubmitAsync(client, number);
                if (status == HttpStatusCode.Created) acknowledged[number] = id!;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException or JsonException)
            {
                return;
            }
        }
    }

    private static async Task<(HttpStatusCode Status, string? Id)> SubmitAsync(HttpClient client, int number)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feedback");
            request.Headers.Add("Idempotency-Key", $"key-{number}");
            request.Content = JsonContent.Create(IsRisk(number)
                ? new { rating = new { scale = "stars", value = 1 }, text = (string?)null, customer = (object?)new { name = $"Customer {number}", email = Email(number), phone = Phone(number) } }
                : new { rating = new { scale = "stars", value = 5 }, text = (string?)$"תודה רבה, היה נהדר {number}", customer = (object?)null });
            using var response = await client.SendAsync(request, Ct);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(200, Ct);
                continue;
            }

            if (!response.IsSuccessStatusCode) return (response.StatusCode, null);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
            return (response.StatusCode, answer.GetProperty("feedbackId").GetString());
        }
    }

    private static async Task<IReadOnlyList<string>> OpenTasksOfAsync(HttpClient client)
    {
        var customers = new List<string>();
        for (var next = "/api/tasks?status=open"; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(next, Ct);
            customers.AddRange(page.GetProperty("items").EnumerateArray().Select(task => task.GetProperty("customer").GetProperty("email").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        return customers;
    }

    private async Task EachLetterArrivesOnceAsync(AppProcess app, IReadOnlyList<int> risks)
    {
        var mail = new MailFolder(Path.Combine(folder, "mail"));
        var waited = Stopwatch.StartNew();
        string? wrong;
        while ((wrong = Wrong(mail.Read(), risks)) is not null && waited.Elapsed < Patience) await Task.Delay(1_000, Ct);
        Assert.True(wrong is null, $"Seed {seed}, after {waited.Elapsed.TotalSeconds:F0} s: {wrong}\n{app.Output}");

        var status = await app.Client.GetFromJsonAsync<JsonElement>("/status", Ct);
        Assert.Equal((0, 0), (status.GetProperty("setAside").GetInt32(), status.GetProperty("poison").GetInt32()));
    }

    /// <summary>What is not as it should be; null when every risk has one alert and one apology, and there is no other letter.</summary>
    private static string? Wrong(IReadOnlyList<(string To, string Text)> letters, IReadOnlyList<int> risks)
    {
        if (letters.Count != 2 * risks.Count) return $"{letters.Count} letters for {risks.Count} risks.";
        foreach (var risk in risks)
        {
            var apologies = letters.Count(letter => letter.To.Contains(Email(risk), StringComparison.Ordinal));
            var alerts = letters.Count(letter => letter.To.Contains("manager@", StringComparison.Ordinal) && letter.Text.Contains(Phone(risk)[1..], StringComparison.Ordinal));
            if ((apologies, alerts) != (1, 1)) return $"Customer {risk} has {apologies} apologies and {alerts} alerts.";
        }

        return null;
    }

    private static bool IsRisk(int number) => number % 3 == 0;

    private static string Email(int number) => string.Create(CultureInfo.InvariantCulture, $"customer{number:D5}@customers.example");

    private static string Phone(int number) => string.Create(CultureInfo.InvariantCulture, $"+97254{number:D7}");
}
