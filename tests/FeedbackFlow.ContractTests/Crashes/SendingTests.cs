using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

public class NudgedSendingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 15;

    private sealed class AScenario : Scenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            world.CourierRuns = false;
            Answered(await world.SayAsync(Say.Angry()));
        }

        public override Task WorkAsync(Site site, World world) => world.PassAsync(TimeSpan.FromMinutes(1));

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Equal([LetterKind.Apology, LetterKind.Alert], site.Mail.Kinds.Order());
            Assert.Equal([ToldBy.Mail], Assert.Single(await world.OpenTasksAsync()).Promise.Told);
        }
    }
}

public class RetryingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 30;

    private sealed class AScenario : Scenario
    {
        public override async Task WorkAsync(Site site, World world)
        {
            // Down for the first half minute: the courier fails, a nudge fails, and then it works.
            var worksAgain = site.Clock.GetUtcNow() + TimeSpan.FromSeconds(25);
            site.Mail.Answer = (letter, ct) => site.Clock.GetUtcNow() < worksAgain ? Mail.IsDown(letter, ct) : Mail.Works(letter, ct);
            world.CourierRuns = false;
            var accepted = await world.SayAsync(Say.Angry(), "key-1");
            Answered(accepted);
            world.CourierRuns = true;
            await world.CarryAsync(accepted.OwnLetters);
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        public override async Task AskAgainAsync(Site site, World world) => Answered(await world.SayAsync(Say.Angry(), "key-1"));

        public override Task CheckAsync(Site site, World world)
        {
            Assert.Equal([LetterKind.Apology, LetterKind.Alert], site.Mail.Kinds.Order());
            return Task.CompletedTask;
        }
    }
}

public class SendingAgainTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 3;

    private sealed class AScenario : Scenario
    {
        private LetterId alert;

        public override async Task PrepareAsync(Site site, World world)
        {
            site.Mail.Answer = (letter, ct) => letter.Kind == LetterKind.Alert ? Mail.Refuses(letter, ct) : Mail.Works(letter, ct);
            Acknowledged.Add((await world.SayAsync(Say.Angry())).Feedback!.Feedback.Id);
            await world.PassAsync(TimeSpan.FromMinutes(5));
            alert = Assert.Single(await world.SetAsideAsync()).Letter.Id;
            site.Mail.Answer = Mail.Works;
        }

        public override async Task WorkAsync(Site site, World world) =>
            WasAnswered = await world.Send.SendAgainAsync(site.Business.Slug, alert, TestContext.Current.CancellationToken);

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override Task CheckAsync(Site site, World world)
        {
            Assert.Equal([LetterKind.Apology, LetterKind.Alert], site.Mail.Kinds.Order());
            return Task.CompletedTask;
        }
    }
}

public class AskingToSignInTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 5;

    private sealed class AScenario : Scenario
    {
        public override async Task WorkAsync(Site site, World world)
        {
            var letters = await world.SignIn.AskAsync(site.Business, Shop.Manager.Email, TestContext.Current.CancellationToken);
            WasAnswered = true;
            await world.CarryAsync(letters);
        }

        public override Task CheckAsync(Site site, World world)
        {
            Assert.InRange(site.Mail.Arrived.Count, WasAnswered ? 1 : 0, 1);
            return Task.CompletedTask;
        }
    }
}
