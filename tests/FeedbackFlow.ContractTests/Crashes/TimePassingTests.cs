using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>A step of the ladder is taken by a nudge; the process that follows it dies.</summary>
internal abstract class StepScenario : Scenario
{
    /// <summary>How far into the task's life the work begins.</summary>
    protected abstract DateTimeOffset Moment(CallBackTask task);

    public override async Task PrepareAsync(Site site, World world)
    {
        Answered(await world.SayAsync(Say.Angry()));
        await world.PassUntilAsync(Moment(Assert.Single(await world.OpenTasksAsync())) - TimeSpan.FromSeconds(1));
    }

    public override Task WorkAsync(Site site, World world) => world.PassAsync(TimeSpan.FromSeconds(2));
}

public class RemindingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 10;

    private sealed class AScenario : StepScenario
    {
        protected override DateTimeOffset Moment(CallBackTask task) => task.Ladder.NextAt!.Value;

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Single(site.Mail.Of(LetterKind.Reminder));
            Assert.Equal([LadderStep.Half], Assert.Single(await world.OpenTasksAsync()).Ladder.Done);
        }
    }
}

public class EscalatingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 12;

    private sealed class AScenario : StepScenario
    {
        protected override DateTimeOffset Moment(CallBackTask task) => task.Promise.By;

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Equal([Shop.Backup.Email, Shop.Owner.Email], site.Mail.Of(LetterKind.Escalation).Select(letter => letter.To.Address).Order());
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Equal([LadderStep.Half, LadderStep.Late, LadderStep.Overdue], task.Ladder.Done);
            await world.PassUntilAsync(task.Ladder.NextAt!.Value);
            await world.DeliverNudgesAsync();
            Assert.Equal(4, site.Mail.Of(LetterKind.Escalation).Count);
        }
    }
}

public class BreakingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 12;

    private sealed class AScenario : StepScenario
    {
        protected override DateTimeOffset Moment(CallBackTask task) => task.Promise.BreaksAt;

        public override async Task CheckAsync(Site site, World world)
        {
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Equal(PromiseState.Broken, task.Promise.State);
            Assert.Single(await world.TimelineAsync(task.Id), TaskEventKind.PromiseBroken);
            var tally = await world.Store.TallyAsync(site.Business.Slug, TestContext.Current.CancellationToken);
            Assert.Equal(new(0, 0, 1), tally!.Value);
        }
    }
}

public class RepairingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 6;

    private sealed class AScenario : Scenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            world.CourierRuns = false;
            Answered(await world.SayAsync(Say.Angry()));
            site.LoseNudges();
            site.Clock.MoveTo(Assert.Single(await world.OpenTasksAsync()).Ladder.NextAt!.Value + TimeSpan.FromMinutes(4));
            WasAnswered = false;
        }

        public override async Task WorkAsync(Site site, World world)
        {
            await world.Repair.RunAsync(TestContext.Current.CancellationToken);
            WasAnswered = true;
        }

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override Task CheckAsync(Site site, World world)
        {
            Assert.Equal([LetterKind.Apology, LetterKind.Alert, LetterKind.Reminder], site.Mail.Kinds.Order());
            return Task.CompletedTask;
        }
    }
}
