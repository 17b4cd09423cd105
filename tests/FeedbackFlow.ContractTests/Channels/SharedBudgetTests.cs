using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

public sealed class SharedBudgetTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly DrivenClock clock = new(Shop.SundayMorning);
    private SqliteEngine engine = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        engine = SqliteEngine.Open(folder.File("feedbackflow.db"), clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Processes_that_take_at_once_never_take_more_than_there_is()
    {
        var processes = Enumerable.Range(0, 4).Select(_ => new SharedBudget(engine, new(5, 100), clock)).ToList();
        var grants = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => processes[i % 4].TakeAsync(LetterKind.Alert, Ct)));

        Assert.InRange(grants.Count(grant => grant.IsGranted), 1, 5);
        // Who lost a race may ask again: in the end exactly the quota is used.
        for (var i = 0; i < 10; i++) grants = [.. grants, await processes[0].TakeAsync(LetterKind.Alert, Ct)];
        Assert.Equal(5, grants.Count(grant => grant.IsGranted));
    }

    [Fact]
    public async Task What_the_provider_asked_one_process_holds_for_the_others()
    {
        await new SharedBudget(engine, new(5, 100), clock).CloseAsync(clock.GetUtcNow().AddSeconds(30), Ct);
        var other = new SharedBudget(engine, new(5, 100), clock);
        Assert.Equal(clock.GetUtcNow().AddSeconds(30), (await other.TakeAsync(LetterKind.Alert, Ct)).NotBefore);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await other.TakeAsync(LetterKind.Alert, Ct)).IsGranted);
    }
}
