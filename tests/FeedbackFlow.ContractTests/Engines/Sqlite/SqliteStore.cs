using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.Data.Sqlite;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

/// <summary>A database file of its own, and every engine that was opened on it.</summary>
internal sealed class SqliteStore : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<SqliteEngine> engines = [];

    public DrivenClock Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public string Path => File("feedbackflow.db");

    public string File(string name) => folder.File(name);

    public SqliteEngine Open(SqliteTuning? tuning = null, string? path = null)
    {
        var engine = SqliteEngine.Open(path ?? Path, Clock, tuning ?? new());
        engines.Add(engine);
        return engine;
    }

    /// <summary>Runs statements beside the engine, as another program would.</summary>
    public void Script(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }

        folder.Dispose();
    }
}
