using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>A person acts on a task that was opened ten minutes ago, and does it again where the page gave no answer.</summary>
internal abstract class ActScenario : Scenario
{
    protected TaskId Id { get; private set; }

    protected abstract Act Act { get; }

    public override async Task PrepareAsync(Site site, World world)
    {
        var accepted = await world.SayAsync(Say.Angry());
        Acknowledged.Add(accepted.Feedback!.Feedback.Id);
        Id = accepted.Answer!.Task!.Value;
        await world.PassAsync(TimeSpan.FromMinutes(10));
    }

    public override async Task WorkAsync(Site site, World world)
    {
        var acted = await world.DoAsync(Id, Act);
        WasAnswered = acted.Result is ActResult.Done or ActResult.AlreadySo;
    }

    public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

    public override async Task CheckAsync(Site site, World world)
    {
        Assert.True(WasAnswered);
        await CheckAsync(site, world, await world.TaskAsync(Id), await world.TimelineAsync(Id));
    }

    protected abstract Task CheckAsync(Site site, World world, CallBackTask task, IReadOnlyList<TaskEventKind> timeline);
}

public class ClaimingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 2;

    private sealed class AScenario : ActScenario
    {
        protected override Act Act { get; } = new Claim(Shop.Backup.Id, Shop.Backup.Name);

        protected override Task CheckAsync(Site site, World world, CallBackTask task, IReadOnlyList<TaskEventKind> timeline)
        {
            Assert.Equal((TaskState.Claimed, Shop.Backup.Id), (task.State, task.Owner));
            Assert.Single(timeline, TaskEventKind.Claimed);
            return Task.CompletedTask;
        }
    }
}

public class ClosingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 3;

    private sealed class AScenario : ActScenario
    {
        protected override Act Act { get; } = new Close(Outcome.Saved, "Called, came the same day.", "Visit for free", Shop.Manager.Name);

        protected override async Task CheckAsync(Site site, World world, CallBackTask task, IReadOnlyList<TaskEventKind> timeline)
        {
            Assert.Equal((TaskState.Closed, PromiseState.Kept), (task.State, task.Promise.State));
            Assert.Single(task.Attempts);
            Assert.Single(timeline, TaskEventKind.Closed);
            var tally = await world.Store.TallyAsync(site.Business.Slug, TestContext.Current.CancellationToken);
            Assert.Equal(new(1, 0, 0), tally!.Value);
            Assert.Null((await world.Store.CustomerAsync(site.Business.Slug, task.Customer!.Value, TestContext.Current.CancellationToken))!.Value.OpenTask);
            await world.PassAsync(TimeSpan.FromDays(3));
            Assert.Equal([LetterKind.Apology, LetterKind.Alert, LetterKind.CheckBack], site.Mail.Kinds.Order());
        }
    }
}

public class NobodyAnsweringTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 4;

    private sealed class AScenario : ActScenario
    {
        protected override Act Act { get; } = new NoAnswer(Shop.Manager.Name);

        public override async Task AskAgainAsync(Site site, World world)
        {
            // The act has no key: the person looks at the page, and tries again only if it does not stand there.
            if ((await world.TaskAsync(Id)).Attempts.Count == 0) await base.AskAgainAsync(site, world);
            WasAnswered = true;
        }

        protected override async Task CheckAsync(Site site, World world, CallBackTask task, IReadOnlyList<TaskEventKind> timeline)
        {
            Assert.Single(task.Attempts);
            Assert.Single(timeline, TaskEventKind.NoAnswer);
            Assert.Equal(PromiseState.Kept, Assert.Single(task.EarlierPromises).State);
            await world.PassUntilAsync(task.Ladder.NextAt!.Value);
            await world.DeliverNudgesAsync();
            Assert.Single(site.Mail.Of(LetterKind.Reminder));
        }
    }
}

public class HandingOverTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 8;

    private sealed class AScenario : ActScenario
    {
        protected override Act Act { get; } = new HandOver(Shop.Backup.Id, Shop.Manager.Name);

        protected override Task CheckAsync(Site site, World world, CallBackTask task, IReadOnlyList<TaskEventKind> timeline)
        {
            Assert.Equal(Shop.Backup.Id, task.Owner);
            Assert.Single(timeline, TaskEventKind.HandedOver);
            Assert.Single(site.Mail.Of(LetterKind.Alert), letter => letter.To.Address == Shop.Backup.Email);
            return Task.CompletedTask;
        }
    }
}

public class ReopeningTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 4;

    private sealed class AScenario : ActScenario
    {
        protected override Act Act { get; } = new Reopen("She called back.", Shop.Manager.Name);

        public override async Task PrepareAsync(Site site, World world)
        {
            await base.PrepareAsync(site, world);
            await world.DoAsync(Id, new Close(Outcome.Lost, "She had left.", null, Shop.Manager.Name));
            await world.PassAsync(TimeSpan.FromHours(4));
        }

        public override async Task AskAgainAsync(Site site, World world)
        {
            if (!(await world.TaskAsync(Id)).IsOpen) await base.AskAgainAsync(site, world);
            WasAnswered = true;
        }

        protected override async Task CheckAsync(Site site, World world, CallBackTask task, IReadOnlyList<TaskEventKind> timeline)
        {
            Assert.True(task.IsOpen);
            Assert.Single(timeline, TaskEventKind.Reopened);
            await world.PassUntilAsync(task.Ladder.NextAt!.Value);
            await world.DeliverNudgesAsync();
            Assert.Single(site.Mail.Of(LetterKind.Reminder));
        }
    }
}
