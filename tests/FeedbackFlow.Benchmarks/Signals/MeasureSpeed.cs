using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>One reading of a text of about 300 characters, after warm-up, and what it allocates.</summary>
[MemoryDiagnoser]
public class DetectorSpeed
{
    internal static readonly string[] Samples =
    [
        "I called four times last week about the invoice and every time somebody promised to look at it and to phone me back. Nobody did. Today another reminder came, with a fee on top. The technician himself was friendly and the work is fine, but if this is not settled by Friday I will cancel my policy and tell everyone at work why.",
        "הזמנתי טכנאי לפני שבועיים, קבענו ליום שלישי בין שמונה לעשר, חיכיתי בבית כל הבוקר ואף אחד לא הגיע ולא התקשר. כשהתקשרתי למוקד המתנתי ארבעים דקות ואז השיחה התנתקה. הנציגה שענתה בסוף הייתה דווקא נחמדה, אבל אם זה לא נפתר עד סוף השבוע אני עוברת למתחרים ואספר לכל השכנים בבניין בדיוק איך מתייחסים אצלכם ללקוחות.",
    ];

    [Benchmark]
    public object English() => SignalDetector.Read(Samples[0], null);

    [Benchmark]
    public object Hebrew() => SignalDetector.Read(Samples[1], null);
}

/// <summary>How long the start of the detector takes, its speed with different texts and, by BenchmarkDotNet, with two that come again, and npm libraries on the same texts in the same run.</summary>
internal static class MeasureSpeed
{
    private const string Corpus = "tests/FeedbackFlow.Benchmarks/Signals/Corpus";
    private const int Shortest = 240;
    private const int Longest = 360;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5), Measured = TimeSpan.FromSeconds(10);

    public static int Run()
    {
        var start = Stopwatch.StartNew();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        SignalDetector.Read(DetectorSpeed.Samples[0], null);
        var processor = Process.GetCurrentProcess().TotalProcessorTime - used;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first reading, with loading: {start.Elapsed.TotalMilliseconds:0} ms, {processor.TotalMilliseconds:0} ms of processor time"));

        ReadDifferent();
        var summary = BenchmarkRunner.Run<DetectorSpeed>(ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile));
        foreach (var report in summary.Reports)
        {
            var nanoseconds = report.ResultStatistics!.Mean;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}: {1e9 / nanoseconds:0} texts a second, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)} bytes a text"));
        }

        return Compare(summary.Reports.Average(report => report.ResultStatistics!.Mean));
    }

    /// <summary>
    /// Every text of the corpus that is about 300 characters long, in turn: what a new text needs is farther from the processor than what the same text needs again, and a business
    /// gets new texts.
    /// </summary>
    private static void ReadDifferent()
    {
        if (!Directory.Exists(Corpus))
        {
            Console.WriteLine($"Different texts are read from the root of the repository, out of {Corpus}.");
            return;
        }

        string[] texts = [.. CorpusText.ReadAll(Path.Combine(Corpus, "build")).Concat(CorpusText.ReadAll(Path.Combine(Corpus, "tune"))).Select(text => text.Text).Where(text => text.Length is >= Shortest and <= Longest)];
        new Random(1).Shuffle(texts);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < WarmUp;)
        {
            ReadAll(texts);
        }

        var rounds = new List<TimeSpan>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Measured;)
        {
            var start = Stopwatch.GetTimestamp();
            ReadAll(texts);
            rounds.Add(Stopwatch.GetElapsedTime(start));
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / ((long)rounds.Count * texts.Length);
        rounds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{texts.Length} different texts of {Shortest} to {Longest} characters: {texts.Length / rounds[rounds.Count / 2].TotalSeconds:0} a second (median of {rounds.Count} rounds; best {texts.Length / rounds[0].TotalSeconds:0}), {bytes} bytes a text"));
    }

    private static void ReadAll(string[] texts)
    {
        foreach (var text in texts)
        {
            SignalDetector.Read(text, null);
        }
    }

    private static int Compare(double nanoseconds)
    {
        if (!Peers.AreThere)
        {
            Console.WriteLine($"To compare with npm libraries, from the root of the repository: npm ci --ignore-scripts --prefix {Peers.Folder}");
            return 0;
        }

        foreach (var (name, speed) in Peers.Ask<Dictionary<string, double>>("speed.js", DetectorSpeed.Samples))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {speed:0} texts a second; the detector reads {1e9 / nanoseconds / speed:0.0} times as many"));
        }

        return 0;
    }
}
