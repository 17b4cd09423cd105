using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>
/// Histories drawn from seeds. <c>FEEDBACKFLOW_HISTORIES</c> says how many are run, <c>FEEDBACKFLOW_SEED</c> with which one to begin; a failure names its seed,
/// and that seed alone plays it again (see the README of the tests).
/// </summary>
public sealed class SimulationTests
{
    private const int UsualHistories = 40;
    private const int UsualSeed = 1;
    private const int MostToFindABug = 60;

    [Fact]
    public async Task No_history_breaks_a_promise_of_the_program()
    {
        var (first, count) = (Setting("FEEDBACKFLOW_SEED", UsualSeed), Setting("FEEDBACKFLOW_HISTORIES", UsualHistories));
        var (broken, steps) = (new ConcurrentBag<string>(), 0L);
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            if (broken.Count >= 5) return;
            var history = new History(seed, PlantedBug.None);
            if (await BrokenAsync(history) is { } what)
                broken.Add($"Seed {seed}, step {history.Steps}: {what} Play it again with FEEDBACKFLOW_SEED={seed} FEEDBACKFLOW_HISTORIES=1. Before it:\n{history.Trace}");
            Interlocked.Add(ref steps, history.Steps);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} histories from seed {first}, {steps} steps.");
        Assert.True(broken.IsEmpty, string.Join('\n', broken));
    }

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_planted_bug_is_found(string name)
    {
        for (var seed = UsualSeed; seed < UsualSeed + MostToFindABug; seed++)
        {
            var history = new History(seed, PlantedBug.All.Single(bug => bug.Name == name));
            if (await BrokenAsync(history) is not { } what) continue;
            TestContext.Current.TestOutputHelper?.WriteLine($"'{name}' is found with seed {seed} at step {history.Steps}: {what}");
            return;
        }

        Assert.Fail($"{MostToFindABug} histories do not notice a program that {name}.");
    }

    private static async Task<string?> BrokenAsync(History history)
    {
        try
        {
            await history.RunAsync();
            return null;
        }
        catch (BrokenInvariantException broken)
        {
            return broken.Message;
        }
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : usual;
}
