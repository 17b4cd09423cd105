using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

public class AcceptingANewCustomerTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 12;

    private sealed class AScenario : Scenario
    {
        public override async Task WorkAsync(Site site, World world)
        {
            // Answered first, sent right after: the crash may lie between the two.
            world.CourierRuns = false;
            var accepted = await world.SayAsync(Say.Angry(), "key-1");
            Answered(accepted);
            world.CourierRuns = true;
            await world.CarryAsync(accepted.OwnLetters);
        }

        public override async Task AskAgainAsync(Site site, World world) => Answered(await world.SayAsync(Say.Angry(), "key-1"));

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Single(await world.FeedbacksAsync());
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Equal([LetterKind.Apology, LetterKind.Alert], site.Mail.Kinds.Order());
            Assert.Equal([ToldBy.Mail], task.Promise.Told);

            // The task's own nudge survived too: at half of its time it reminds, once.
            await world.PassUntilAsync(task.Ladder.NextAt!.Value);
            await world.DeliverNudgesAsync();
            Assert.Single(site.Mail.Of(LetterKind.Reminder));
            Assert.Equal(AcceptKind.Repeated, (await world.SayAsync(Say.Angry(), "key-1")).Kind);
        }
    }
}

public class AcceptingWithoutAKeyTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 11;

    private sealed class AScenario : Scenario
    {
        public override async Task WorkAsync(Site site, World world) => Answered(await world.SayAsync(Say.Angry()));

        public override async Task CheckAsync(Site site, World world)
        {
            var stored = (await world.FeedbacksAsync()).Count;
            Assert.InRange(stored, Acknowledged.Count, 1);
            Assert.Equal(stored, (await world.OpenTasksAsync()).Count);
            Assert.Equal(2 * stored, site.Mail.Arrived.Count);
        }
    }
}

public class JoiningAnOpenTaskTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 10;

    private sealed class AScenario : Scenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            Acknowledged.Add((await world.SayAsync(Say.Angry())).Feedback!.Feedback.Id);
            await world.PassAsync(TimeSpan.FromMinutes(10));
        }

        public override async Task WorkAsync(Site site, World world) => Answered(await world.SayAsync(Say.Angry(text: "I leave"), "key-2"));

        public override async Task AskAgainAsync(Site site, World world) => Answered(await world.SayAsync(Say.Angry(text: "I leave"), "key-2"));

        public override async Task CheckAsync(Site site, World world)
        {
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Equal(2, task.Feedbacks.Count);
            Assert.Equal([LetterKind.Apology, LetterKind.Alert, LetterKind.Alert], site.Mail.Kinds.Order());
        }
    }
}

public class SubmittingAJobsFormTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 13;

    private sealed class AScenario : Scenario
    {
        private Uri link = null!;

        public override async Task PrepareAsync(Site site, World world) =>
            (_, link) = await world.Jobs.RunAsync(site.Business, new("נועה", "noa@customers.example", null), "Repair");

        public override async Task WorkAsync(Site site, World world) => Answered(await SubmitAsync(site, world, "form-1"));

        public override async Task AskAgainAsync(Site site, World world) => Answered(await SubmitAsync(site, world, "form-1"));

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Single(await world.FeedbacksAsync());
            Assert.Equal([LetterKind.Apology, LetterKind.Alert], site.Mail.Kinds.Order());
            Assert.Equal(AcceptKind.LinkSpent, (await SubmitAsync(site, world, "form-2")).Kind);
        }

        private async Task<Accepted> SubmitAsync(Site site, World world, string key)
        {
            var stored = await world.Store.LinkAsync(site.Business.Slug, Token.Hash(link.Segments[^1]), TestContext.Current.CancellationToken);
            return await world.SayAsync(Say.Nameless(), key, stored, Origin.JobLink, shownOnPage: true);
        }
    }
}
