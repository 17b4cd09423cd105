using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.Tests.Ports;

public class TurnsTests
{
    private readonly Turns turns = new();

    [Fact]
    public async Task A_thousand_takers_of_one_key_go_one_after_the_other_and_leave_nothing_behind()
    {
        var (inside, most, done) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () =>
        {
            using var turn = await turns.TakeAsync("demo", CancellationToken.None);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            done++;
            Interlocked.Decrement(ref inside);
        })));
        Assert.Equal((1, 1_000), (most, done));
        Assert.Equal(0, turns.KeysInUse);
    }

    [Fact]
    public async Task Ten_keys_in_a_storm_stay_apart_and_are_removed()
    {
        var inside = new int[10];
        var overlaps = 0;
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(n => Task.Run(async () =>
        {
            var key = n % 10;
            using var turn = await turns.TakeAsync("customer " + key, CancellationToken.None);
            if (Interlocked.Increment(ref inside[key]) > 1) Interlocked.Increment(ref overlaps);
            await Task.Yield();
            Interlocked.Decrement(ref inside[key]);
        })));
        Assert.Equal(0, overlaps);
        Assert.Equal(0, turns.KeysInUse);
    }

    [Fact]
    public async Task Another_key_does_not_wait()
    {
        using var one = await turns.TakeAsync("one", CancellationToken.None);
        using var other = await turns.TakeAsync("other", CancellationToken.None);
        Assert.Equal(2, turns.KeysInUse);
    }

    [Fact]
    public async Task Without_a_key_nobody_waits()
    {
        using var one = await turns.TakeAsync(null, CancellationToken.None);
        using var other = await turns.TakeAsync(null, CancellationToken.None);
        Assert.Equal(0, turns.KeysInUse);
    }

    [Fact]
    public async Task Who_gives_up_waiting_neither_blocks_nor_overtakes_the_others()
    {
        var first = await turns.TakeAsync("demo", CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var givesUp = turns.TakeAsync("demo", impatient.Token);
        var waits = turns.TakeAsync("demo", CancellationToken.None);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givesUp);
        Assert.False(waits.IsCompleted);

        first.Dispose();
        (await waits).Dispose();
        Assert.Equal(0, turns.KeysInUse);
    }

    [Fact]
    public async Task Who_has_given_up_before_leaves_nothing_behind()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turns.TakeAsync("demo", new CancellationToken(canceled: true)));
        Assert.Equal(0, turns.KeysInUse);
    }

    [Fact]
    public async Task A_turn_that_ended_in_an_exception_is_given_on()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            using var turn = await turns.TakeAsync("demo", CancellationToken.None);
            throw new InvalidOperationException();
        });
        using var next = await turns.TakeAsync("demo", CancellationToken.None);
    }
}
