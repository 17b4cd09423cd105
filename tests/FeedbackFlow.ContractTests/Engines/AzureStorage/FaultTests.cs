using Azure.Core;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.AzureStorage;

/// <summary>The wire breaks in every way at every place: what was answered is there, what failed is told as failed, nothing is done twice.</summary>
public class FaultTests(Azurite azurite)
{
    /// <summary>Nothing hangs but the emulator on a busy machine.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    /// <summary>A body that never ends is waited for as long as any try.</summary>
    private static readonly TimeSpan Hurried = TimeSpan.FromSeconds(5);

    private readonly FaultyTransport wire = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Fault> Passing { get; } = [.. Enum.GetValues<Fault>().Where(fault => fault is not (Fault.None or Fault.NotFound404))];

    /// <summary>Other parts may come before their answer is read; these are noticed by the pipeline and tried again.</summary>
    private static bool IsTriedAgain(Fault fault) => fault != Fault.WrongBody;

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_commit_survives_one_fault_whether_or_not_it_was_applied(Fault fault)
    {
        var rows = (await OpenAsync(fault)).Rows;
        await rows.CommitAsync("p", "first", [new(RowAction.Insert, "old", "1"), new(RowAction.Insert, "gone", "1")], Ct);
        var etag = (await rows.GetAsync("p", "old", Ct))!.ETag;
        wire.Next(fault);

        RowChange[] changes = [new(RowAction.Remove, "gone"), new(RowAction.Replace, "old", "2", ETag: etag), new(RowAction.Insert, "new", "{}"), new(RowAction.Put, "index", "{}")];
        var result = await new ReadBack(rows).CommitAsync("p", "second", changes, Ct);

        Assert.Equal(BatchResult.Committed, result);
        Assert.Equal(["index:second", "new:second", "old:second"], (await rows.RangeAsync("p", "", "~", 10, null, Ct)).Rows.Select(row => $"{row.Key}:{row.CommitId}"));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Somebody_elses_commit_stays_a_conflict_through_any_fault(Fault fault)
    {
        var rows = (await OpenAsync(fault)).Rows;
        await rows.CommitAsync("p", "theirs", [new(RowAction.Insert, "a", "1")], Ct);
        wire.Next(fault);

        // An answer that cannot be read tells nothing: then it is told as a failure, and nothing of ours is there either.
        try
        {
            Assert.Equal(BatchResult.Conflict, await new ReadBack(rows).CommitAsync("p", "ours", [new(RowAction.Insert, "a", "2"), new(RowAction.Insert, "b", "2")], Ct));
        }
        catch (StoreUnavailableException) when (!IsTriedAgain(fault))
        {
        }

        Assert.Equal(["a:theirs"], (await rows.RangeAsync("p", "", "~", 10, null, Ct)).Rows.Select(row => $"{row.Key}:{row.CommitId}"));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_read_never_takes_a_fault_for_an_empty_store(Fault fault)
    {
        var rows = (await OpenAsync(fault)).Rows;
        await rows.CommitAsync("p", "c", [new(RowAction.Insert, "a", "1")], Ct);
        foreach (var read in new Func<Task<bool>>[] { async () => await rows.GetAsync("p", "a", Ct) is not null, async () => (await rows.RangeAsync("p", "", "~", 10, null, Ct)).Rows.Count == 1 })
        {
            wire.Next(fault);
            if (IsTriedAgain(fault)) Assert.True(await read());
            else await Assert.ThrowsAsync<StoreUnavailableException>(read);
        }
    }

    [Theory]
    [InlineData(Fault.Hang)]
    [InlineData(Fault.Cut)]
    [InlineData(Fault.CutAfter)]
    [InlineData(Fault.Busy429)]
    [InlineData(Fault.Error500)]
    [InlineData(Fault.Error500After)]
    [InlineData(Fault.SlowBody)]
    [InlineData(Fault.WrongBody)]
    public async Task A_service_that_stays_broken_is_told_as_unavailable_in_time(Fault fault)
    {
        var connection = await azurite.NewConnectionAsync();
        var healthy = Open(connection, Patient);
        await healthy.Rows.CommitAsync("p", "c", [new(RowAction.Insert, "a", "1")], Ct);
        await healthy.Queues.EnqueueAsync("nudges", "a", TimeSpan.Zero, Ct);
        (wire.Otherwise, wire.HangsFor) = (_ => fault, TimeSpan.FromMilliseconds(50));
        var store = Open(connection, wire.HangsFor);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rows.GetAsync("p", "a", Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rows.RangeAsync("p", "", "~", 10, null, Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rows.CommitAsync("p", "d", [new(RowAction.Insert, "b", "1")], Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Queues.ReceiveAsync("nudges", 1, TimeSpan.FromMinutes(1), Ct));
        // A message needs no body of the answer to be there.
        if (fault is not Fault.WrongBody) await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Queues.EnqueueAsync("nudges", "b", TimeSpan.Zero, Ct));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_message_is_there_after_any_fault_at_least_once(Fault fault)
    {
        var queue = (await OpenAsync(fault)).Queues;
        await queue.EnqueueAsync("nudges", "first", TimeSpan.Zero, Ct);
        wire.Next(fault);
        await queue.EnqueueAsync("nudges", "second", TimeSpan.Zero, Ct);

        var there = (await queue.PeekAsync("nudges", 32, Ct)).Select(message => message.Body).ToList();
        Assert.Equal(["first", "second"], there.Distinct().Order(StringComparer.Ordinal));
        Assert.Single(there, body => body == "first");
    }

    [Fact]
    public async Task A_404_of_a_proxy_is_no_missing_row()
    {
        var store = await OpenAsync();
        await store.Rows.CommitAsync("p", "c", [new(RowAction.Insert, "a", "1")], Ct);
        wire.Otherwise = _ => Fault.NotFound404;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rows.GetAsync("p", "a", Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rows.CommitAsync("p", "d", [new(RowAction.Remove, "a")], Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Queues.ReceiveAsync("nudges", 1, TimeSpan.FromMinutes(1), Ct));
    }

    /// <summary>One in five tries of every request goes wrong somehow, while customers write and send again what was not acknowledged.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_the_wire_does_nothing_acknowledged_is_lost_and_no_letter_has_two_effects(int seed)
    {
        var store = await OpenAsync();
        await using var site = await Site.OpenAsync(ground: new AzuriteGround(store));
        var world = site.Start();
        var random = new Random(seed);
        Fault[] quick = [.. Enum.GetValues<Fault>().Where(fault => fault is not (Fault.None or Fault.Hang or Fault.HangAfter or Fault.SlowBody or Fault.NotFound404))];
        wire.Otherwise = _ =>
        {
            lock (random) return random.Next(5) == 0 ? quick[random.Next(quick.Length)] : Fault.None;
        };

        var acknowledged = new List<FeedbackId>();
        for (var customer = 1; customer <= 12; customer++) acknowledged.Add((await SayUntilAnsweredAsync(world, Say.Angry(customer), $"key-{customer}")).Feedback!.Feedback.Id);
        wire.Otherwise = _ => Fault.None;
        await world.PassAsync(TimeSpan.FromMinutes(5));

        TestContext.Current.TestOutputHelper?.WriteLine($"{wire.Tries} tries");
        await Promises.HoldAsync(site, world, acknowledged);
        Assert.Equal(12, (await world.FeedbacksAsync()).Count);
        Assert.Equal(12, (await world.OpenTasksAsync()).Count);
    }

    private static async Task<Accepted> SayUntilAnsweredAsync(World world, Submission said, string key)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await world.SayAsync(said, key);
            }
            catch (StoreUnavailableException) when (tries < 20)
            {
            }
        }
    }

    private async Task<CloudStore> OpenAsync(Fault fault = Fault.None) => Open(await azurite.NewConnectionAsync(), fault == Fault.SlowBody ? Hurried : Patient);

    private CloudStore Open(Adapters.AzureRest.StorageConnection connection, TimeSpan tryLimit) => new(connection, wire, TimeSpan.FromMinutes(1), options =>
    {
        (options.Retry.NetworkTimeout, options.Retry.Delay, options.Retry.MaxDelay) = (tryLimit, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2));
        options.AddPolicy(wire.GivesUpOnHangs, HttpPipelinePosition.PerRetry);
    });

    /// <summary>What the store does above every engine: a conflict whose rows carry our commit id was our own write, sent twice.</summary>
    private sealed class ReadBack(IRowEngine rows)
    {
        public async Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct)
        {
            var result = await rows.CommitAsync(partition, commitId, changes, ct);
            var written = changes.First(change => change.Action == RowAction.Insert);
            return result == BatchResult.Conflict && (await rows.GetAsync(partition, written.Key, ct))?.CommitId == commitId ? BatchResult.Committed : result;
        }
    }
}
