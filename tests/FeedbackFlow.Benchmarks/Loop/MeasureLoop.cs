using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace FeedbackFlow.Benchmarks.Loop;

/// <summary>
/// Sends feedbacks at a steady rate to a server that runs on this machine, one in five a risk, and tells how long answers and alerts took. Beside it, in the
/// same seconds, a small file is written and synced over and over: the ratio to that says what the program adds to the disk.
/// </summary>
internal static class MeasureLoop
{
    private const string Threat = "The technician came twice and nothing works. If nobody calls me today I am leaving and I will tell everyone I know.";
    private const string Thanks = "Quick and friendly, thank you.";

    public static async Task<int> RunAsync(string[] args)
    {
        var url = new Uri(args.ElementAtOrDefault(0) ?? "http://localhost:7071");
        if (!url.IsLoopback) return Refuse("Load goes to this machine only: give a localhost address.");
        var seconds = int.Parse(args.ElementAtOrDefault(1) ?? "60", CultureInfo.InvariantCulture);
        var rate = int.Parse(args.ElementAtOrDefault(2) ?? "50", CultureInfo.InvariantCulture);
        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo");

        using var end = new CancellationTokenSource();
        var syncs = Task.Run(() => SyncFiles(end.Token));
        var sending = new List<Task<(int Status, double Ms)>>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < seconds * rate; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate);
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed);
            sending.Add(SendAsync(client, i));
        }

        var answers = await Task.WhenAll(sending);
        await end.CancelAsync();
        var disk = await syncs;
        var alerts = await AlertsAsync(client);

        Console.WriteLine($"{answers.Length} feedbacks in {clock.Elapsed.TotalSeconds:F1} s, one in five a risk");
        Console.WriteLine($"  answers   {string.Join(", ", answers.GroupBy(answer => answer.Status).Select(group => $"{group.Count()} x {group.Key}"))}");
        Console.WriteLine($"  answered  p50 {Rank(answers.Select(answer => answer.Ms), 0.5):F1} ms, p95 {Rank(answers.Select(answer => answer.Ms), 0.95):F1} ms");
        Console.WriteLine($"  alert     p95 {alerts:F1} ms from acceptance to hand-over (newest 500, as /status tells)");
        Console.WriteLine($"  one sync  p50 {Rank(disk, 0.5):F1} ms, p95 {Rank(disk, 0.95):F1} ms beside it");
        Console.WriteLine($"  ratio     answered p95 / one sync p95 = {Rank(answers.Select(answer => answer.Ms), 0.95) / Rank(disk, 0.95):F1}, alert p95 / one sync p95 = {alerts / Rank(disk, 0.95):F1}");
        return answers.All(answer => answer.Status == 201) ? 0 : 1;
    }

    private static async Task<(int Status, double Ms)> SendAsync(HttpClient client, int number)
    {
        var risk = number % 5 == 0;
        var id = Guid.NewGuid().ToString("N");
        var body = new
        {
            rating = new { scale = "stars", value = risk ? 1 : 5 },
            text = risk ? Threat : Thanks,
            customer = new { name = "Load", email = $"{id}@load.example", phone = (string?)null },
        };
        var watch = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feedback") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", id);
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, watch.Elapsed.TotalMilliseconds);
    }

    private static async Task<double> AlertsAsync(HttpClient client)
    {
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        var status = await client.GetFromJsonAsync<JsonElement>("/status");
        return status.GetProperty("alertLatencyP95Ms").GetDouble();
    }

    private static List<double> SyncFiles(CancellationToken end)
    {
        var (file, took) = (Path.GetTempFileName(), new List<double>());
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        while (!end.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            stream.Position = 0;
            stream.Write(new byte[4096]);
            stream.Flush(flushToDisk: true);
            took.Add(watch.Elapsed.TotalMilliseconds);
            end.WaitHandle.WaitOne(50);
        }

        return took;
    }

    private static double Rank(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * share) - 1)];
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
