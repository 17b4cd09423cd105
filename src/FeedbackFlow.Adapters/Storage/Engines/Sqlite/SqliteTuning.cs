using Microsoft.Data.Sqlite;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>What tests change to reach rare moments; the program uses the values here.</summary>
internal sealed record SqliteTuning
{
    /// <summary>How long a write waits for another process; well inside the ten seconds a submission has.</summary>
    public TimeSpan BusyFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Batches under one sync.</summary>
    public int GroupCount { get; init; } = 256;

    /// <summary>Batches that may wait; one more is refused rather than kept in memory.</summary>
    public int WaitingCount { get; init; } = 8_192;

    public int Readers { get; init; } = Math.Max(4, Environment.ProcessorCount);

    public Action<SqliteConnection>? WriterOpened { get; init; }
}
