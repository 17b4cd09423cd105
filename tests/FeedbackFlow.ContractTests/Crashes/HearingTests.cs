using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>A customer acts on the own page, and presses again where the page gave no answer.</summary>
internal abstract class HearScenario : Scenario
{
    protected TaskId Id { get; private set; }

    public override async Task PrepareAsync(Site site, World world)
    {
        var accepted = await world.SayAsync(Say.Angry());
        Acknowledged.Add(accepted.Feedback!.Feedback.Id);
        Id = accepted.Answer!.Task!.Value;
        await world.PassAsync(TimeSpan.FromMinutes(10));
    }

    public override async Task WorkAsync(Site site, World world)
    {
        var heard = await world.HearAsync(Id, Act(site));
        WasAnswered = heard.Result is CustomerActResult.Done or CustomerActResult.AlreadySo;
        Assert.True(WasAnswered, heard.Result.ToString());
    }

    public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

    protected abstract CustomerAct Act(Site site);
}

public sealed class ComplainingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 8;

    private sealed class AScenario : HearScenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            await base.PrepareAsync(site, world);
            await world.PassAsync(TimeSpan.FromHours(3));
        }

        protected override CustomerAct Act(Site site) => new NobodyCalled();

        public override async Task CheckAsync(Site site, World world)
        {
            var task = await world.TaskAsync(Id);
            Assert.Equal((Shop.Owner.Id, PromiseState.Broken), (task.Owner, Assert.Single(task.EarlierPromises).State));
            Assert.Single(site.Mail.Of(LetterKind.Alert), letter => letter.To.Address == Shop.Owner.Email);
            Assert.Equal(new(0, 0, 1), (await world.Store.TallyAsync(site.Business.Slug, TestContext.Current.CancellationToken))!.Value);
        }
    }
}

public sealed class ChoosingAnotherTimeTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 8;

    private sealed class AScenario : HearScenario
    {
        protected override CustomerAct Act(Site site) => new CallAt(CallWindow.Offered(site.Business.Hours(), Shop.SundayMorning.AddMinutes(10))[2].By);

        public override async Task CheckAsync(Site site, World world)
        {
            var task = await world.TaskAsync(Id);
            Assert.Equal(PromiseState.Released, Assert.Single(task.EarlierPromises).State);
            Assert.Single(site.Mail.Of(LetterKind.Wish));
            await world.PassUntilAsync(task.Ladder.NextAt!.Value);
            await world.DeliverNudgesAsync();
            Assert.Single(site.Mail.Of(LetterKind.Reminder));
        }
    }
}

public sealed class SayingItIsNotSolvedTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 8;

    private sealed class AScenario : HearScenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            await base.PrepareAsync(site, world);
            await world.DoAsync(Id, new Close(Outcome.Saved, "Called.", null, Shop.Manager.Name));
            await world.PassAsync(TimeSpan.FromDays(3));
            await world.DeliverNudgesAsync();
        }

        protected override CustomerAct Act(Site site) => new SaySolved(false);

        public override async Task CheckAsync(Site site, World world)
        {
            var task = await world.TaskAsync(Id);
            Assert.Equal((true, false), (task.IsOpen, Assert.Single(task.CheckBacks).Solved));
            Assert.Single(site.Mail.Of(LetterKind.CheckBack));
            Assert.Equal(2, site.Mail.Of(LetterKind.Alert).Count);
        }
    }
}
