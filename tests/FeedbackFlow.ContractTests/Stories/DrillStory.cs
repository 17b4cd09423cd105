using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>A fire drill goes through everything and leaves its times, and nothing else.</summary>
public sealed class DrillStory : Story
{
    [Fact]
    public async Task It_runs_through_the_chain_tells_each_step_and_leaves_no_trace()
    {
        var real = await OpenedAsync("I leave");
        var before = Counted();
        await StartAsync();
        var task = Assert.Single(await World.OpenTasksAsync(), open => open.IsDrill);
        Assert.Single(Mail.Of(LetterKind.Alert), letter => letter.IsDrill);
        await World.PassAsync(TimeSpan.FromSeconds(50));
        await World.DoAsync(task.Id, new Claim(Shop.Manager.Id, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromMinutes(10));

        var drill = (await World.Drill.ReportAsync(Slug, Ct))!;
        Assert.Equal((true, true, true, true), (drill.StoredAt is not null, drill.SentAt is not null, drill.NudgedAt >= drill.NudgeDue, drill.EndedAt is not null));
        Assert.Equal(TimeSpan.FromSeconds(50), drill.TakenAt - drill.StartedAt);
        Assert.Equal(before, Counted());
        Assert.Equal(real.Id, Assert.Single(await World.OpenTasksAsync()).Id);
        await World.PassAsync(TimeSpan.FromDays(3));
        Assert.DoesNotContain(Mail.Arrived, letter => letter.Task == task.Id && letter.Kind != LetterKind.Alert);
    }

    [Fact]
    public async Task A_drill_that_was_closed_like_a_real_one_counts_no_promise_and_asks_nobody()
    {
        await StartAsync();
        await World.DoAsync(Assert.Single(await World.OpenTasksAsync()).Id, new Close(Outcome.Saved, "Drill", null, Shop.Manager.Name));
        await World.Drill.EndAsync(Slug, Ct);
        await World.PassAsync(TimeSpan.FromDays(5));
        Assert.Null(await World.Store.TallyAsync(Slug, Ct));
        Assert.Empty(await World.ClosedTasksAsync());
        Assert.Empty(Mail.Of(LetterKind.CheckBack));
        Assert.Equal(0, Site.CountNudges());
    }

    [Fact]
    public async Task Pressed_twice_it_is_one_drill_and_afterwards_another_can_begin()
    {
        await StartAsync();
        await StartAsync();
        Assert.Single(await World.OpenTasksAsync());
        await World.Drill.EndAsync(Slug, Ct);
        await World.Drill.EndAsync(Slug, Ct);
        await StartAsync();
        Assert.Single(await World.OpenTasksAsync());
    }

    private async Task StartAsync() => await World.CarryAsync(await World.Drill.StartAsync(Site.Business, "Fire drill", "A drill: I leave", Shop.Owner.Name, Ct));

    /// <summary>Everything that a page or a number could be made of. Links end by themselves and lead nowhere.</summary>
    private string Counted() => string.Join(' ', new[] { "feedback-", "history-", "customer-", "contact-", "task-", "open-", "closed-", "step-", "event-", "letter-", "due-", "aside-", "about-", "latency-", "ledger-", "tally", "answer-", "apology-", "summary-" }
        .Select(prefix => $"{prefix}{Site.CountRows(prefix)}"));
}
