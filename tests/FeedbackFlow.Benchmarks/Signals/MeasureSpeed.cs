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

/// <summary>The speed of the detector with BenchmarkDotNet, how long its start takes, and npm libraries on the same texts in the same run.</summary>
internal static class MeasureSpeed
{
    public static int Run()
    {
        var start = Stopwatch.StartNew();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        SignalDetector.Read(DetectorSpeed.Samples[0], null);
        var processor = Process.GetCurrentProcess().TotalProcessorTime - used;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first reading, with loading: {start.Elapsed.TotalMilliseconds:0} ms, {processor.TotalMilliseconds:0} ms of processor time"));

        var summary = BenchmarkRunner.Run<DetectorSpeed>(ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile));
        foreach (var report in summary.Reports)
        {
            var nanoseconds = report.ResultStatistics!.Mean;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}: {1e9 / nanoseconds:0} texts a second, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)} bytes a text"));
        }

        return Compare(summary.Reports.Average(report => report.ResultStatistics!.Mean));
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
