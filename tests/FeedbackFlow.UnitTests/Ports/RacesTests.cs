using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Ports;

public class RacesTests
{
    private readonly ManualTimers timers = new();
    private readonly Races races;

    public RacesTests() => races = new(new NoJitter(), timers);

    [Fact]
    public async Task The_first_result_ends_it()
    {
        var tries = 0;
        Assert.Equal("stored", await races.RunAsync(_ => Task.FromResult<string?>(++tries < 3 ? null : "stored")));
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task The_eighth_try_may_still_win()
    {
        var tries = 0;
        Assert.Equal("stored", await races.RunAsync(_ => Task.FromResult<string?>(++tries < 8 ? null : "stored")));
    }

    [Fact]
    public async Task After_eight_lost_races_the_store_counts_as_unavailable()
    {
        var tries = 0;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => races.RunAsync(_ =>
        {
            tries++;
            return Task.FromResult<string?>(null);
        }));
        Assert.Equal(8, tries);
    }

    [Fact]
    public async Task All_tries_together_have_ten_seconds()
    {
        var running = races.RunAsync<string>(async limit =>
        {
            await Task.Delay(Timeout.Infinite, limit);
            return null;
        });
        Assert.Equal([TimeSpan.FromSeconds(10)], timers.Waits);
        Assert.False(running.IsCompleted);

        timers.Ring();
        var late = await Assert.ThrowsAsync<StoreUnavailableException>(() => running);
        Assert.IsAssignableFrom<OperationCanceledException>(late.InnerException);
    }

    [Fact]
    public async Task A_cancellation_of_another_reason_is_not_taken_for_a_slow_store() =>
        await Assert.ThrowsAsync<OperationCanceledException>(() => races.RunAsync<string>(_ => throw new OperationCanceledException()));

    [Fact]
    public async Task A_store_that_fails_is_not_asked_again()
    {
        var tries = 0;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => races.RunAsync<string>(_ =>
        {
            tries++;
            throw new StoreUnavailableException();
        }));
        Assert.Equal(1, tries);
    }

    private sealed class NoJitter : Random
    {
        public override double NextDouble() => 0;
    }
}
