using Microsoft.Data.Sqlite;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>The statements on rows.</summary>
internal static class SqliteRows
{
    private const string Columns = "SELECT key, body, version, commit_id, etag FROM rows";

    public static Row? Get(SqliteSession session, string partition, string key)
    {
        using var reader = session.Read($"{Columns} WHERE partition = $1 AND key = $2", partition, key);
        return reader.Read() ? ReadRow(reader) : null;
    }

    public static RowPage Range(SqliteSession session, string partition, string from, string to, int take, string? continuation)
    {
        // The continuation is the last key given. Both bounds stay in force, so one that was tampered with cannot leave the range.
        using var reader = session.Read(
            $"{Columns} WHERE partition = $1 AND key >= $2 AND key > $3 AND key < $4 ORDER BY key LIMIT $5",
            partition, from, continuation ?? "", to, take + 1);
        List<Row> rows = [];
        while (reader.Read())
        {
            if (rows.Count == take)
            {
                return new(rows, rows[^1].Key);
            }

            rows.Add(ReadRow(reader));
        }

        return new(rows, null);
    }

    /// <summary>The rows after this one, of all partitions, in the order of their keys.</summary>
    public static IReadOnlyList<(string Partition, Row Row)> After(SqliteSession session, string partition, string key, int take)
    {
        using var reader = session.Read(
            "SELECT key, body, version, commit_id, etag, partition FROM rows WHERE (partition, key) > ($1, $2) ORDER BY partition, key LIMIT $3", partition, key, take);
        List<(string, Row)> rows = [];
        while (reader.Read()) rows.Add((reader.GetString(5), ReadRow(reader)));
        return rows;
    }

    public static Outcome<BatchResult> Commit(SqliteSession session, string partition, string commitId, IReadOnlyList<RowChange> changes)
    {
        foreach (var change in changes)
        {
            if (!Apply(session, partition, commitId, change))
            {
                return new(BatchResult.Conflict, Keep: false);
            }
        }

        return new(BatchResult.Committed);
    }

    private static bool Apply(SqliteSession session, string partition, string commitId, RowChange change)
    {
        const string insert = "INSERT INTO rows (partition, key, body, version, commit_id, etag) VALUES ($1, $2, $3, $4, $5, $6)";
        switch (change.Action)
        {
            case RowAction.Insert:
                return session.Run($"{insert} ON CONFLICT DO NOTHING", Written(partition, commitId, change)) == 1;
            case RowAction.Put:
                session.Run(
                    $"{insert} ON CONFLICT DO UPDATE SET body = $3, version = $4, commit_id = $5, etag = $6", Written(partition, commitId, change));
                return true;
            case RowAction.Replace:
                return session.Run(
                    "UPDATE rows SET body = $3, version = $4, commit_id = $5, etag = $6 WHERE partition = $1 AND key = $2 AND etag = $7",
                    [.. Written(partition, commitId, change), change.ETag!]) == 1;
            case RowAction.Delete:
                return session.Run("DELETE FROM rows WHERE partition = $1 AND key = $2 AND etag = $3", partition, change.Key, change.ETag!) == 1;
            case RowAction.Remove:
                session.Run("DELETE FROM rows WHERE partition = $1 AND key = $2", partition, change.Key);
                return true;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Action, "Not a row action.");
        }
    }

    // Random, not counted: a row that was deleted and written again must not get an ETag it had before.
    private static object[] Written(string partition, string commitId, RowChange change) =>
        [partition, change.Key, change.Body!, change.Version, commitId, Guid.NewGuid().ToString("N")];

    private static Row ReadRow(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4));
}
