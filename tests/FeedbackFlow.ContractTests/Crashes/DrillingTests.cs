using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>Killed anywhere in a fire drill: it ends, and nothing of it stays.</summary>
public sealed class DrillingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 25;

    private sealed class AScenario : Scenario
    {
        public override async Task WorkAsync(Site site, World world)
        {
            await world.CarryAsync(await world.Drill.StartAsync(site.Business, "Fire drill", "A drill: I leave", Shop.Owner.Name, TestContext.Current.CancellationToken));
            WasAnswered = true;
            await world.Drill.EndAsync(site.Business.Slug, TestContext.Current.CancellationToken);
        }

        public override async Task CheckAsync(Site site, World world)
        {
            await world.PassAsync(TimeSpan.FromMinutes(15));
            var drill = await world.Drill.ReportAsync(site.Business.Slug, TestContext.Current.CancellationToken);
            Assert.True(drill is null or { EndedAt: not null });
            foreach (var prefix in new[] { "feedback-", "task-", "open-", "step-", "event-", "letter-", "due-", "about-", "latency-", "answer-" }) Assert.Equal((prefix, 0), (prefix, site.CountRows(prefix)));
        }
    }
}
