using FeedbackFlow.Adapters.Storage.Engines;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

/// <summary>The calls the SQLite cases share, in one partition.</summary>
internal static class EngineCalls
{
    public const string Partition = "demo";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<BatchResult> InsertAsync(this IRowEngine engine, string key, string body = "{}", CancellationToken? ct = null) =>
        engine.CommitAsync(Partition, "commit", [new(RowAction.Insert, key, body)], ct ?? Ct);

    public static Task<Row?> GetAsync(this IRowEngine engine, string key) => engine.GetAsync(Partition, key, Ct);

    public static async Task<IReadOnlyList<string>> KeysAsync(this IRowEngine engine)
    {
        List<string> keys = [];
        string? continuation = null;
        do
        {
            var page = await engine.RangeAsync(Partition, "", "~", 1000, continuation, Ct);
            keys.AddRange(page.Rows.Select(row => row.Key));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return keys;
    }
}
