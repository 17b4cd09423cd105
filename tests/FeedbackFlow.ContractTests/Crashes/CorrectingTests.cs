using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>A person says "you missed this" about a feedback that opened nothing, and does it again where the page gave no answer.</summary>
public class CorrectingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 3;

    private sealed class AScenario : Scenario
    {
        private const string Text = "The spare key is with my neighbour now";
        private FeedbackId said;

        public override async Task PrepareAsync(Site site, World world)
        {
            said = (await world.SayAsync(Say.Angry(text: Text) with { Score = 5 })).Feedback!.Feedback.Id;
            Acknowledged.Add(said);
        }

        public override async Task WorkAsync(Site site, World world)
        {
            var corrected = await world.CorrectAsync(new(said, SignalKind.Leave, new(0, Text.Length)));
            WasAnswered = corrected.Result is CorrectResult.Learnt or CorrectResult.AlreadyKnown;
        }

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.True(WasAnswered);
            Assert.Single((await world.Store.BusinessAsync(site.Business.Slug, TestContext.Current.CancellationToken))!.Value.Corrections);
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Single(await world.TimelineAsync(task.Id), TaskEventKind.ReadingCorrected);
            Assert.Single(site.Mail.Of(LetterKind.Alert).DistinctBy(letter => letter.Id));
        }
    }
}
