using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>Killed at any step of erasing: the next process finishes it, and others lose nothing.</summary>
public sealed class ErasingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 40;

    private sealed class AScenario : Scenario
    {
        private CustomerId customer;

        public override async Task PrepareAsync(Site site, World world)
        {
            await world.Jobs.RunAsync(site.Business, new("נועה 1", "noa1@customers.example", Say.Phone(1)), "Repair");
            var accepted = await world.SayAsync(Say.Angry(text: "my-secret-words"), "key");
            Acknowledged.Add((await world.SayAsync(Say.Angry(2, "of somebody else"))).Feedback!.Feedback.Id);
            Acknowledged.Add(accepted.Feedback!.Feedback.Id);
            customer = accepted.Feedback.Feedback.Customer!.Value;
            await world.DoAsync(accepted.Answer!.Task!.Value, new Close(Outcome.Saved, "my-secret-words", null, Shop.Manager.Name));
            await world.PassAsync(TimeSpan.FromMinutes(2));
        }

        public override async Task WorkAsync(Site site, World world)
        {
            await world.Erase.BeginAsync(site.Business.Slug, customer, TestContext.Current.CancellationToken);
            WasAnswered = true;
            await world.Erase.LookAtAsync(site.Business.Slug, customer, TestContext.Current.CancellationToken);
        }

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            var ct = TestContext.Current.CancellationToken;
            Assert.NotNull((await world.Store.CustomerAsync(site.Business.Slug, customer, ct))!.Value.Erasure!.DoneAt);
            var rows = (await world.Rows.RangeAsync(site.Business.Slug, "!", "~", 1_000, null, ct)).Rows;
            foreach (var trace in new[] { "my-secret-words", "noa1@customers", Say.Phone(1), "נועה 1" })
                Assert.DoesNotContain(rows, row => row.Body.Contains(trace, StringComparison.Ordinal));
            Assert.Contains(rows, row => row.Body.Contains("of somebody else", StringComparison.Ordinal));
            Assert.DoesNotContain(await world.LettersAsync(), entry => entry.State == LetterState.Waiting && entry.Letter.Kind == LetterKind.CheckBack);
        }
    }
}
