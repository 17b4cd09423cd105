using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>The process that writes the morning's digest dies; another looks at its next tick.</summary>
public class DigestingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 8;

    private sealed class AScenario : Scenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            await world.Digests.RunAsync(TestContext.Current.CancellationToken);
            Answered(await world.SayAsync(Say.Angry()));
            await world.PassUntilAsync(new(2026, 2, 2, 8, 0, 0, TimeSpan.FromHours(2)));
            WasAnswered = false;
        }

        public override Task WorkAsync(Site site, World world) => world.Digests.RunAsync(TestContext.Current.CancellationToken);

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Single(site.Mail.Of(LetterKind.Digest));
            Assert.Equal(0, await world.Digests.RunAsync(TestContext.Current.CancellationToken));
            Assert.Single(await world.LettersAsync(), entry => entry.Letter.Kind == LetterKind.Digest);
        }
    }
}
