using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests;

/// <summary>What stays when a process ends: the store, the clock and the letters that arrived. Worlds are the processes on it.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly IGround ground;

    private Site(Business business, IGround ground) => (Business, this.ground) = (business, ground);

    public DrivenClock Clock { get; } = new(Shop.SundayMorning);

    public Mail Mail { get; } = new();

    public Chats Chats { get; } = new();

    public ReviewSite Reviews { get; } = new();

    public Business Business { get; private set; }

    /// <summary>A site whose business is already in the store.</summary>
    /// <param name="ground">What it stands on; a file where none is given.</param>
    public static async Task<Site> OpenAsync(Business? business = null, IGround? ground = null)
    {
        var site = new Site(business ?? Shop.Make(), ground ?? new SqliteGround());
        await new Store(site.OpenEngines().Rows).CommitAsync(new Commit(site.Business.Slug) { Settings = Change.New(site.Business) }, CancellationToken.None);
        return site;
    }

    /// <summary>A process on this site.</summary>
    public World Start(Faults? faults = null) => new(this, OpenEngines(), faults ?? Faults.None);

    /// <summary>A process that dies at a call of its own.</summary>
    public World Start(Life life) => Start(Faults.Of(life));

    /// <summary>After somebody else changed its settings.</summary>
    public async Task ReadBusinessAsync() => Business = (await new Store(OpenEngines().Rows).BusinessAsync(Business.Slug, CancellationToken.None))!.Value;

    public async Task ChangeBusinessAsync(Business after)
    {
        var store = new Store(OpenEngines().Rows);
        var before = await store.BusinessAsync(Business.Slug, CancellationToken.None);
        await store.CommitAsync(new Commit(Business.Slug) { Settings = before!.To(after) }, CancellationToken.None);
        Business = after;
    }

    /// <summary>When the next message of the queue becomes visible, hidden ones included.</summary>
    public DateTimeOffset? NextNudge() => ground.Nudges() is { Count: > 0 } due ? due.Min() : null;

    public long CountNudges() => ground.Nudges().Count;

    /// <summary>What a queue that forgets has left.</summary>
    public void LoseNudges() => ground.LoseNudges();

    public long CountRows(string prefix) => ground.CountRows(prefix);

    public ValueTask DisposeAsync() => ground.DisposeAsync();

    private EnginePair OpenEngines() => ground.Open(Clock);
}

/// <summary>What stands between a process and the outside.</summary>
internal sealed record Faults(Func<IRowEngine, IRowEngine> Rows, Func<IQueueEngine, IQueueEngine> Queue, Func<ILetterChannel, ILetterChannel> Channel)
{
    public Func<IWays, IWays> Ways { get; init; } = ways => ways;

    public static Faults None { get; } = new(rows => rows, queue => queue, channel => channel);

    public Func<IReviewReader, IReviewReader> Reviews { get; init; } = reader => reader;

    public static Faults Of(Life life) => new(rows => new MortalRows(rows, life), queue => new MortalQueue(queue, life), channel => new MortalChannel(channel, life))
    {
        Ways = ways => new MortalWays(ways, life),
        Reviews = reader => new MortalReader(reader, life),
    };

    public static Faults OfRows(Func<IRowEngine, IRowEngine> rows) => None with { Rows = rows };
}
