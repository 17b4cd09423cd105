using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>
/// The process is killed at its first call to store, queue or channel, then at its second, and so on to the last: once before the call goes out,
/// once after it took effect. Each time another process takes over, nudges come at their time, and nothing may be lost or done twice.
/// </summary>
public abstract class EveryCallTests
{
    private protected abstract Scenario New();

    /// <summary>Fewer would mean that the scenario no longer does its work.</summary>
    private protected abstract int FewestCalls { get; }

    private protected virtual Task<IGround> GroundAsync() => Task.FromResult<IGround>(new SqliteGround());

    [Theory]
    [InlineData(Side.Before)]
    [InlineData(Side.After)]
    public async Task Killed_at_any_call_nothing_is_lost_or_done_twice(Side side)
    {
        for (var call = 1; ; call++)
        {
            var life = Life.UntilCall(call, side);
            try
            {
                await RunAsync(life);
            }
            catch (Exception failure) when (life.IsOver)
            {
                throw new InvalidOperationException($"Killed {side} call {call} ({life.Calls[call - 1]}): {failure.Message}", failure);
            }

            if (life.IsOver) continue;
            TestContext.Current.TestOutputHelper?.WriteLine($"{call - 1} crash points {side} a call: {string.Join(", ", life.Calls)}");
            Assert.True(call > FewestCalls, $"Only {call - 1} calls: {string.Join(", ", life.Calls)}");
            return;
        }
    }

    private async Task RunAsync(Life life)
    {
        await using var site = await Site.OpenAsync(ground: await GroundAsync());
        var scenario = New();
        await scenario.PrepareAsync(site, site.Start());
        try
        {
            await scenario.WorkAsync(site, site.Start(life));
        }
        catch (KilledException)
        {
        }

        var next = site.Start();
        if (!scenario.WasAnswered) await scenario.AskAgainAsync(site, next);
        await next.PassAsync(TimeSpan.FromMinutes(5));
        await Promises.HoldAsync(site, next, scenario.Acknowledged);
        await scenario.CheckAsync(site, next);
    }
}
