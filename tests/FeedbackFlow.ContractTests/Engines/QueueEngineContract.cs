using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines;

/// <summary>
/// What every queue engine promises. Times are whole seconds and checked on the safe side, so that a service with a clock of its own can be
/// tested too; each test works in a queue of its own.
/// </summary>
public abstract class QueueEngineContract : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly string queue = "q-" + Guid.NewGuid().ToString("N");

    private IQueueEngine engine = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<IQueueEngine> OpenAsync();

    /// <summary>At least this much time goes by: on a driven clock at once, on a real one by waiting.</summary>
    protected abstract Task PassTime(TimeSpan time);

    public async ValueTask InitializeAsync() => engine = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task An_empty_queue_gives_nothing()
    {
        Assert.Empty(await ReceiveAsync());
        Assert.Empty(await engine.PeekAsync(queue, 32, Ct));
    }

    [Theory]
    [InlineData("""{"letter":"L1","business":"demo"}""")]
    [InlineData("שָׁלוֹם 😡 <&> \"'")]
    [InlineData(" line\r\nend ")]
    public async Task A_message_comes_back_unchanged(string body)
    {
        await EnqueueAsync(body);

        var message = Assert.Single(await ReceiveAsync());

        Assert.Equal((body, 1), (message.Body, message.DequeueCount));
        Assert.NotEmpty(message.Id);
        Assert.NotEmpty(message.Receipt);
    }

    [Fact]
    public async Task The_largest_message_comes_back_unchanged()
    {
        var body = string.Concat(Enumerable.Repeat("ש", QueueLimits.MessageBytes / 2));
        await EnqueueAsync(body);

        Assert.Equal(body, Assert.Single(await ReceiveAsync()).Body);
    }

    [Fact]
    public async Task A_delayed_message_is_not_received_before_its_time()
    {
        await EnqueueAsync("later", Hour);
        await EnqueueAsync("soon", Moment);
        Assert.Empty(await ReceiveAsync());

        await PassTime(Moment);

        Assert.Equal("soon", Assert.Single(await ReceiveAsync()).Body);
    }

    [Fact]
    public async Task The_longest_delay_is_accepted()
    {
        await EnqueueAsync("in six days", QueueLimits.LongestDelay);

        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task A_received_message_is_hidden_and_comes_again_when_nobody_deletes_it()
    {
        await EnqueueAsync("a");
        var first = Assert.Single(await ReceiveAsync(hideFor: Moment));
        Assert.Empty(await ReceiveAsync());

        await PassTime(Moment);

        var second = Assert.Single(await ReceiveAsync());
        Assert.Equal((first.Id, 2), (second.Id, second.DequeueCount));
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Fact]
    public async Task A_deleted_message_does_not_come_again()
    {
        await EnqueueAsync("a");
        var message = Assert.Single(await ReceiveAsync(hideFor: Moment));

        Assert.True(await engine.DeleteAsync(queue, message, Ct));
        Assert.False(await engine.DeleteAsync(queue, message, Ct));

        await PassTime(Moment);
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task An_old_receipt_deletes_nothing_and_the_newest_still_does()
    {
        await EnqueueAsync("a");
        var slow = Assert.Single(await ReceiveAsync(hideFor: Moment));
        await PassTime(Moment);
        var quick = Assert.Single(await ReceiveAsync());

        Assert.False(await engine.DeleteAsync(queue, slow, Ct));
        Assert.True(await engine.DeleteAsync(queue, quick, Ct));
    }

    [Fact]
    public async Task Messages_come_longest_visible_first()
    {
        await EnqueueAsync("second", Moment);
        await EnqueueAsync("first");
        await PassTime(Moment + Moment);
        await EnqueueAsync("third");
        await PassTime(Moment);

        Assert.Equal(["first", "second", "third"], (await ReceiveAsync()).Select(message => message.Body));
    }

    [Fact]
    public async Task Not_more_are_received_than_asked_for_and_the_rest_stays()
    {
        for (var i = 0; i < 5; i++)
        {
            await EnqueueAsync($"{i}");
        }

        var first = await ReceiveAsync(max: 2);
        var rest = await ReceiveAsync();

        Assert.Equal((2, 3), (first.Count, rest.Count));
        Assert.Equal(["0", "1", "2", "3", "4"], first.Concat(rest).Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Parallel_receivers_never_get_the_same_message()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => EnqueueAsync($"{i}")));

        var received = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => ReceiveAsync(max: 8))));
        var left = await ReceiveAsync() is { Count: > 0 } more ? more : [];

        var bodies = received.SelectMany(messages => messages).Concat(left).Select(message => message.Body).ToList();
        Assert.Equal(40, bodies.Count);
        Assert.Equal(40, bodies.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Peeking_takes_nothing()
    {
        await EnqueueAsync("a");

        Assert.Equal(("a", 0), (await engine.PeekAsync(queue, 1, Ct)).Select(message => (message.Body, message.DequeueCount)).Single());
        Assert.Equal(1, Assert.Single(await ReceiveAsync()).DequeueCount);
    }

    [Fact]
    public async Task Queues_do_not_see_each_other()
    {
        await EnqueueAsync("mine");
        var other = queue + "-x";

        Assert.Empty(await engine.ReceiveAsync(other, 32, Hour, Ct));
        var message = Assert.Single(await ReceiveAsync());
        Assert.False(await engine.DeleteAsync(other, message, Ct));
        Assert.True(await engine.DeleteAsync(queue, message, Ct));
    }

    [Fact]
    public async Task What_is_over_a_limit_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => EnqueueAsync("a", QueueLimits.LongestDelay + Moment));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => EnqueueAsync("a", -Moment));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => EnqueueAsync(new string('x', QueueLimits.MessageBytes + 1)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ReceiveAsync(max: 33));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ReceiveAsync(hideFor: TimeSpan.Zero));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => engine.EnqueueAsync("No Such Name", "a", TimeSpan.Zero, Ct));

        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Cancelled_before_it_begins_nothing_is_enqueued()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.EnqueueAsync(queue, "a", TimeSpan.Zero, cancelled));

        Assert.Empty(await ReceiveAsync());
    }

    private Task EnqueueAsync(string body, TimeSpan delay = default) => engine.EnqueueAsync(queue, body, delay, Ct);

    private Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int max = 32, TimeSpan? hideFor = null) =>
        engine.ReceiveAsync(queue, max, hideFor ?? Hour, Ct);
}
