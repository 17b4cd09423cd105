using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Microsoft.Data.Sqlite;

namespace FeedbackFlow.ContractTests;

/// <summary>What stays when a process ends: the file, the clock and the letters that arrived. Worlds are the processes on it.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<SqliteEngine> engines = [];

    private Site(Business business) => Business = business;

    public DrivenClock Clock { get; } = new(Shop.SundayMorning);

    public Mail Mail { get; } = new();

    public Business Business { get; private set; }

    /// <summary>A site whose business is already in the store.</summary>
    public static async Task<Site> OpenAsync(Business? business = null)
    {
        var site = new Site(business ?? Shop.Make());
        await new Store(site.OpenEngine()).CommitAsync(new Commit(site.Business.Slug) { Settings = Change.New(site.Business) }, CancellationToken.None);
        return site;
    }

    /// <summary>A process on this site.</summary>
    public World Start(Faults? faults = null) => new(this, OpenEngine(), faults ?? Faults.None);

    /// <summary>A process that dies at a call of its own.</summary>
    public World Start(Life life) => Start(Faults.Of(life));

    public async Task ChangeBusinessAsync(Business after)
    {
        var store = new Store(OpenEngine());
        var before = await store.BusinessAsync(Business.Slug, CancellationToken.None);
        await store.CommitAsync(new Commit(Business.Slug) { Settings = before!.To(after) }, CancellationToken.None);
        Business = after;
    }

    /// <summary>When the next message of the queue becomes visible, hidden ones included.</summary>
    public DateTimeOffset? NextNudge() =>
        Scalar($"SELECT MIN(due) FROM messages WHERE queue = '{NudgeQueue.Name}'") is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public long CountNudges() => (long)Scalar($"SELECT COUNT(*) FROM messages WHERE queue = '{NudgeQueue.Name}'")!;

    /// <summary>What a queue that forgets has left.</summary>
    public void LoseNudges() => Scalar("DELETE FROM messages");

    public long CountRows(string prefix) => (long)Scalar($"SELECT COUNT(*) FROM rows WHERE key LIKE '{prefix}%'")!;

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines) await engine.DisposeAsync();
        folder.Dispose();
    }

    private SqliteEngine OpenEngine()
    {
        // The death of a process is at stake here, not that of the machine: without waiting for the disk a thousand of them take seconds.
        var tuning = new SqliteTuning { WriterOpened = connection => Run(connection, "PRAGMA synchronous = OFF") };
        var engine = SqliteEngine.Open(folder.File("feedbackflow.db"), Clock, tuning);
        engines.Add(engine);
        return engine;
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("feedbackflow.db")};Pooling=False");
        connection.Open();
        return Run(connection, sql);
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}

/// <summary>What stands between a process and the outside.</summary>
internal sealed record Faults(Func<IRowEngine, IRowEngine> Rows, Func<IQueueEngine, IQueueEngine> Queue, Func<ILetterChannel, ILetterChannel> Channel)
{
    public static Faults None { get; } = new(rows => rows, queue => queue, channel => channel);

    public static Faults Of(Life life) => new(rows => new MortalRows(rows, life), queue => new MortalQueue(queue, life), channel => new MortalChannel(channel, life));

    public static Faults OfRows(Func<IRowEngine, IRowEngine> rows) => None with { Rows = rows };
}
