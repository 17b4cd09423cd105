using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines;

/// <summary>What every row engine promises. A subclass opens its engine; each test works in a partition of its own.</summary>
public abstract class RowEngineContract : IAsyncLifetime
{
    private const string After = "~";

    private readonly string partition = "p-" + Guid.NewGuid().ToString("N");

    private IRowEngine engine = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<IRowEngine> OpenAsync();

    public async ValueTask InitializeAsync() => engine = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task A_missing_row_is_null() => Assert.Null(await GetAsync("nothing"));

    [Fact]
    public async Task A_row_comes_back_with_body_version_and_commit_id()
    {
        await CommitAsync("commit-7", new RowChange(RowAction.Insert, "a", """{"n":1}""", Version: 3));

        var row = await GetAsync("a");

        Assert.NotNull(row);
        Assert.Equal(("a", """{"n":1}""", 3, "commit-7"), (row.Key, row.Body, row.Version, row.CommitId));
        Assert.NotEmpty(row.ETag);
    }

    [Fact]
    public async Task Every_row_of_a_batch_carries_the_commit_id_of_its_last_write()
    {
        await CommitAsync("first", Insert("a"), Insert("b"));
        await CommitAsync("second", Put("b"), Insert("c"));

        Assert.Equal(["a:first", "b:second", "c:second"], (await AllAsync()).Select(row => $"{row.Key}:{row.CommitId}"));
    }

    [Theory]
    [InlineData("""{"text":"שָׁלוֹם, אֲנִי מְחַכֶּה כְּבָר שְׁמוֹנָה יָמִים 😡👩‍👩‍👧 — \"די!\""}""")]
    [InlineData("{\"text\":\"e\u0301 ≠ é, \u200F\u202Bימין\u202C, a\\u0000b, C:\\\\temp, 'quoted', <&>\"}")]
    [InlineData("{\r\n\t\"pretty\": true\r\n}")]
    public async Task Text_comes_back_unchanged_with_niqqud_emoji_quotes_and_line_ends(string body)
    {
        await CommitAsync(new RowChange(RowAction.Insert, "a", body));

        Assert.Equal(body, (await GetAsync("a"))!.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public async Task The_longest_body_comes_back_unchanged_wherever_its_emoji_fall(string shift)
    {
        var body = shift + string.Concat(Enumerable.Repeat("😀", (Limits.BodyLength - 1) / 2));
        await CommitAsync(new RowChange(RowAction.Insert, "a", body));

        Assert.Equal(body, (await GetAsync("a"))!.Body);
    }

    [Fact]
    public async Task Inserting_a_key_that_exists_is_a_conflict_and_keeps_the_first()
    {
        await CommitAsync(Insert("a", "first"));

        Assert.Equal(BatchResult.Conflict, await CommitAsync(Insert("a", "second")));
        Assert.Equal("first", (await GetAsync("a"))!.Body);
    }

    [Fact]
    public async Task Replacing_needs_the_newest_ETag()
    {
        await CommitAsync(Insert("a", "1"));
        var old = await ETagAsync("a");
        Assert.Equal(BatchResult.Committed, await CommitAsync(new RowChange(RowAction.Replace, "a", "2", ETag: old)));

        Assert.Equal(BatchResult.Conflict, await CommitAsync(new RowChange(RowAction.Replace, "a", "3", ETag: old)));
        Assert.Equal("2", (await GetAsync("a"))!.Body);
    }

    [Fact]
    public async Task Replacing_a_missing_row_is_a_conflict()
    {
        var gone = await ETagOfRemovedRowAsync("a");

        Assert.Equal(BatchResult.Conflict, await CommitAsync(new RowChange(RowAction.Replace, "a", "2", ETag: gone)));
        Assert.Null(await GetAsync("a"));
    }

    [Fact]
    public async Task Every_write_changes_the_ETag_even_with_the_same_body_and_after_a_removal()
    {
        var tags = new List<string>();
        foreach (var change in new[] { Put("a"), Put("a"), Remove("a"), Put("a") })
        {
            await CommitAsync(change);
            tags.AddRange((await AllAsync()).Select(row => row.ETag));
        }

        Assert.Equal(3, tags.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Putting_writes_whatever_is_there()
    {
        Assert.Equal(BatchResult.Committed, await CommitAsync(Put("a", "1")));
        Assert.Equal(BatchResult.Committed, await CommitAsync(Put("a", "2")));

        Assert.Equal("2", (await GetAsync("a"))!.Body);
    }

    [Fact]
    public async Task Deleting_needs_the_newest_ETag()
    {
        await CommitAsync(Insert("a"));
        var old = await ETagAsync("a");
        await CommitAsync(Put("a"));

        Assert.Equal(BatchResult.Conflict, await CommitAsync(new RowChange(RowAction.Delete, "a", ETag: old)));
        Assert.Equal(BatchResult.Committed, await CommitAsync(new RowChange(RowAction.Delete, "a", ETag: await ETagAsync("a"))));
        Assert.Null(await GetAsync("a"));
    }

    [Fact]
    public async Task Deleting_a_missing_row_is_a_conflict_and_removing_it_is_not()
    {
        var gone = await ETagOfRemovedRowAsync("a");

        Assert.Equal(BatchResult.Conflict, await CommitAsync(new RowChange(RowAction.Delete, "a", ETag: gone)));
        Assert.Equal(BatchResult.Committed, await CommitAsync(Remove("a")));
    }

    [Fact]
    public async Task Removing_beside_other_changes_works_for_present_and_missing_rows()
    {
        await CommitAsync(Insert("present"));

        Assert.Equal(BatchResult.Committed, await CommitAsync(Remove("present"), Remove("missing"), Insert("new")));
        Assert.Equal(["new"], await KeysAsync());
    }

    [Fact]
    public async Task One_conflict_leaves_nothing_of_its_batch()
    {
        await CommitAsync(Insert("taken", "old"), Insert("other", "old"), Insert("leaving"));

        var result = await CommitAsync(Insert("new"), Put("other", "changed"), Remove("leaving"), Insert("taken"));

        Assert.Equal(BatchResult.Conflict, result);
        Assert.Equal(["leaving", "other", "taken"], await KeysAsync());
        Assert.Equal("old", (await GetAsync("other"))!.Body);
    }

    [Fact]
    public async Task A_hundred_changes_fit_into_one_batch()
    {
        var changes = Enumerable.Range(0, Limits.BatchCount).Select(i => Insert($"k{i:000}")).ToArray();

        Assert.Equal(BatchResult.Committed, await CommitAsync(changes));
        Assert.Equal(Limits.BatchCount, (await AllAsync()).Count);
    }

    [Fact]
    public async Task A_hundred_parallel_inserts_of_one_key_store_one()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => CommitAsync($"c{i}", Insert("a", $"{i}")))));

        var winner = Assert.Single(results.Index(), result => result.Item == BatchResult.Committed).Index;
        var row = await GetAsync("a");
        Assert.Equal(($"{winner}", $"c{winner}"), (row!.Body, row.CommitId));
    }

    [Fact]
    public async Task Parallel_counting_with_ETags_loses_no_step()
    {
        await CommitAsync(Insert("count", "0"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(CountThreeTimesAsync)));

        Assert.Equal("24", (await GetAsync("count"))!.Body);
    }

    [Fact]
    public async Task A_row_is_read_by_everybody_as_soon_as_its_commit_is_answered()
    {
        for (var i = 0; i < 20; i++)
        {
            await CommitAsync(Insert($"k{i:00}"));
            var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => GetAsync($"k{i:00}"))));
            Assert.All(seen, Assert.NotNull);
        }
    }

    [Fact]
    public async Task Rows_of_a_range_come_in_ordinal_order()
    {
        string[] keys = ["Z", "a", "B", "a-b", "a_b", "a b", "aa", "1", "10", "2", "ב", "א", "a~", "o'clock"];
        await CommitAsync([.. keys.Select(key => Insert(key))]);

        Assert.Equal(keys.Order(StringComparer.Ordinal), (await AllAsync(to: "\uFFFD")).Select(row => row.Key));
    }

    [Fact]
    public async Task A_range_includes_its_start_and_excludes_its_end()
    {
        await CommitAsync(Insert("a"), Insert("b"), Insert("b1"), Insert("c"), Insert("d"));

        Assert.Equal(["b", "b1"], await KeysAsync("b", "c"));
        Assert.Equal(["a", "b", "b1", "c", "d"], await KeysAsync("", After));
        Assert.Empty(await KeysAsync("b", "b"));
        Assert.Empty(await KeysAsync("c", "b"));
        Assert.Empty(await KeysAsync("x", "y"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task Pages_together_are_the_whole_range_each_row_once(int take)
    {
        string[] keys = ["a", "b", "c", "d", "e"];
        await CommitAsync([.. keys.Select(key => Insert(key))]);
        await CommitAsync(Insert("outside"));
        List<string> read = [];
        string? continuation = null;
        do
        {
            var page = await engine.RangeAsync(partition, "a", "f", take, continuation, Ct);
            Assert.True(page.Rows.Count <= take);
            read.AddRange(page.Rows.Select(row => row.Key));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(keys, read);
    }

    [Fact]
    public async Task A_row_removed_between_two_pages_does_not_disturb_the_next_page()
    {
        await CommitAsync(Insert("a"), Insert("b"), Insert("c"));
        var first = await engine.RangeAsync(partition, "", After, 1, null, Ct);
        await CommitAsync(Remove("a"), Remove("b"));

        var rest = await RestAsync(first.Continuation);

        Assert.Equal(["c"], rest);
    }

    [Fact]
    public async Task Partitions_do_not_see_each_other()
    {
        await CommitAsync(Insert("a", "mine"));
        await engine.CommitAsync(partition + "x", "c", [Insert("a", "theirs"), Insert("b")], Ct);

        Assert.Equal("mine", Assert.Single(await AllAsync()).Body);
        await CommitAsync(Remove("a"));
        Assert.Equal("theirs", (await engine.GetAsync(partition + "x", "a", Ct))!.Body);
    }

    [Fact]
    public async Task Keys_of_full_length_with_spaces_quotes_and_Hebrew_letters_are_found_again()
    {
        string[] keys = ["it's", "a b", "לקוח-7", "x='1' or 1 eq 1", new string('k', Limits.KeyLength)];
        await CommitAsync([.. keys.Select(key => Insert(key, key))]);

        foreach (var key in keys)
        {
            Assert.Equal(key, (await GetAsync(key))!.Body);
        }
    }

    [Fact]
    public async Task What_is_over_a_limit_is_refused_before_anything_is_written()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(Insert("good"), Insert("bad/key")));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(Insert("good"), Insert("good")));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => GetAsync("bad#key"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => engine.RangeAsync(partition, "", After, 0, null, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => engine.RangeAsync(partition, "", After, 1001, null, Ct));

        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task Cancelled_before_it_begins_nothing_is_written()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.CommitAsync(partition, "c", [Insert("a")], cancelled));

        Assert.Null(await GetAsync("a"));
    }

    private async Task CountThreeTimesAsync()
    {
        for (var done = 0; done < 3;)
        {
            var row = await GetAsync("count");
            var next = int.Parse(row!.Body, System.Globalization.CultureInfo.InvariantCulture) + 1;
            var result = await CommitAsync(new RowChange(RowAction.Replace, "count", $"{next}", ETag: row.ETag));
            done += result == BatchResult.Committed ? 1 : 0;
        }
    }

    private async Task<string> ETagAsync(string key) => (await GetAsync(key))!.ETag;

    private async Task<string> ETagOfRemovedRowAsync(string key)
    {
        await CommitAsync(Insert(key));
        var etag = await ETagAsync(key);
        await CommitAsync(Remove(key));
        return etag;
    }

    private async Task<List<string>> RestAsync(string? continuation)
    {
        List<string> keys = [];
        while (continuation is not null)
        {
            var page = await engine.RangeAsync(partition, "", After, 1, continuation, Ct);
            keys.AddRange(page.Rows.Select(row => row.Key));
            continuation = page.Continuation;
        }

        return keys;
    }

    private async Task<IReadOnlyList<Row>> AllAsync(string from = "", string to = After) =>
        (await engine.RangeAsync(partition, from, to, Limits.PageLength, null, Ct)).Rows;

    private async Task<IEnumerable<string>> KeysAsync(string from = "", string to = After) => (await AllAsync(from, to)).Select(row => row.Key);

    private Task<Row?> GetAsync(string key) => engine.GetAsync(partition, key, Ct);

    private Task<BatchResult> CommitAsync(params RowChange[] changes) => CommitAsync("commit", changes);

    private Task<BatchResult> CommitAsync(string commitId, params RowChange[] changes) => engine.CommitAsync(partition, commitId, changes, Ct);

    private static RowChange Insert(string key, string body = "{}") => new(RowAction.Insert, key, body);

    private static RowChange Put(string key, string body = "{}") => new(RowAction.Put, key, body);

    private static RowChange Remove(string key) => new(RowAction.Remove, key);
}
