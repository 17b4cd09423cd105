using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Texts of about 300 characters a second on one core, after warm-up, and what one reading allocates.</summary>
internal static class MeasureSpeed
{
    private static readonly string[] Samples =
    [
        "I called four times last week about the invoice and every time somebody promised to look at it and to phone me back. Nobody did. Today another reminder came, with a fee on top. The technician himself was friendly and the work is fine, but if this is not settled by Friday I will cancel my policy and tell everyone at work why.",
        "הזמנתי טכנאי לפני שבועיים, קבענו ליום שלישי בין שמונה לעשר, חיכיתי בבית כל הבוקר ואף אחד לא הגיע ולא התקשר. כשהתקשרתי למוקד המתנתי ארבעים דקות ואז השיחה התנתקה. הנציגה שענתה בסוף הייתה דווקא נחמדה, אבל אם זה לא נפתר עד סוף השבוע אני עוברת למתחרים ואספר לכל השכנים בבניין בדיוק איך מתייחסים אצלכם ללקוחות.",
    ];

    public static int Run(string[] arguments)
    {
        var start = Stopwatch.StartNew();
        SignalDetector.Read(Samples[0], null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first reading, with loading: {start.Elapsed.TotalMilliseconds:0} ms"));
        foreach (var sample in Samples)
        {
            for (var i = 0; i < 3000; i++)
            {
                SignalDetector.Read(sample, null);
            }

            const int rounds = 10_000;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < rounds; i++)
            {
                SignalDetector.Read(sample, null);
            }

            var seconds = clock.Elapsed.TotalSeconds;
            var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / rounds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.Length} characters: {rounds / seconds:0} texts a second, {bytes} bytes a text"));
        }

        var longText = string.Concat(Enumerable.Repeat(Samples[0] + " " + Samples[1] + " ", 20))[..10_000];
        SignalDetector.Read(longText, null);
        var once = Stopwatch.StartNew();
        SignalDetector.Read(longText, null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"10000 characters: {once.Elapsed.TotalMilliseconds:0.0} ms"));
        return ComparePeers();
    }

    /// <summary>The same texts through the libraries of <c>Speed/npm</c>, one after the other in the same run.</summary>
    private static int ComparePeers()
    {
        var folder = Path.Combine("tests", "FeedbackFlow.Benchmarks", "Signals", "Speed", "npm");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Console.WriteLine($"To compare with npm libraries, from the root of the repository: npm ci --ignore-scripts --prefix {folder}");
            return 0;
        }

        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "speed.js")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using (var input = new StreamWriter(node.StandardInput.BaseStream))
        {
            input.Write(JsonSerializer.Serialize(Samples));
        }

        foreach (var (name, speed) in JsonSerializer.Deserialize<Dictionary<string, double>>(node.StandardOutput.ReadToEnd())!)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {speed:0} texts a second"));
        }

        node.WaitForExit();
        return node.ExitCode;
    }
}
