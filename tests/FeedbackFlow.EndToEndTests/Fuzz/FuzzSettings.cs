using System.Globalization;

namespace FeedbackFlow.Tests.Fuzz;

/// <summary>
/// <c>FEEDBACKFLOW_FUZZ_SECONDS</c>: how long each fuzzer runs; short unless given. <c>FEEDBACKFLOW_FUZZ_SEED</c>: the first case; with 0 seconds that case
/// alone, which is how a failure is played again.
/// </summary>
internal static class FuzzSettings
{
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("FEEDBACKFLOW_FUZZ_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    public static TimeSpan Time(double usual) =>
        TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("FEEDBACKFLOW_FUZZ_SECONDS"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : usual);
}
