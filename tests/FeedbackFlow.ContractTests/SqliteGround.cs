using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.Data.Sqlite;

namespace FeedbackFlow.ContractTests;

internal sealed class SqliteGround : IGround
{
    private readonly TempFolder folder = new();
    private readonly List<SqliteEngine> engines = [];

    public EnginePair Open(DrivenClock clock)
    {
        // The death of a process is at stake here, not that of the machine: without waiting for the disk a thousand of them take seconds.
        var tuning = new SqliteTuning { WriterOpened = connection => Run(connection, "PRAGMA synchronous = OFF") };
        var engine = SqliteEngine.Open(folder.File("feedbackflow.db"), clock, tuning);
        engines.Add(engine);
        return new(engine, engine);
    }

    public IReadOnlyList<DateTimeOffset> Nudges() =>
        [.. Run($"SELECT due FROM messages WHERE queue = '{NudgeQueue.Name}'").Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero))];

    public void LoseNudges() => Run("DELETE FROM messages");

    public long CountRows(string prefix) => Run($"SELECT COUNT(*) FROM rows WHERE key LIKE '{prefix}%'")[0];

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines) await engine.DisposeAsync();
        folder.Dispose();
    }

    private List<long> Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("feedbackflow.db")};Pooling=False");
        connection.Open();
        return Run(connection, sql);
    }

    private static List<long> Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<long> numbers = [];
        while (reader.Read()) numbers.Add(reader.GetInt64(0));
        return numbers;
    }
}
