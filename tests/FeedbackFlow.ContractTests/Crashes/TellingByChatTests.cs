using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>
/// Killed anywhere while Slack refuses the alert and SMS takes it: it is told, by that way, in one letter. A hand-over that nobody lived to mark is repeated with the same id and the
/// same links; whoever can tell a repeated letter is told that there was one before.
/// </summary>
public class TellingByChatTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 18;

    private sealed class AScenario : Scenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            site.Chats.Answer = (way, _) => way.Kind == WayKind.Slack ? Chats.Refuses : Delivery.Sent;
            await site.ChangeBusinessAsync(site.Business with
            {
                People = [Shop.Manager with { Ways = [new(WayKind.Slack, "https://hooks.example/secret"), new(WayKind.Sms, "+972541112233")] }, Shop.Backup, Shop.Owner],
            });
        }

        public override async Task WorkAsync(Site site, World world)
        {
            world.CourierRuns = false;
            var accepted = await world.SayAsync(Say.Angry(), "key-1");
            Answered(accepted);
            world.CourierRuns = true;
            await world.CarryAsync(accepted.OwnLetters);
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        public override async Task AskAgainAsync(Site site, World world) => Answered(await world.SayAsync(Say.Angry(), "key-1"));

        public override async Task CheckAsync(Site site, World world)
        {
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Single(await world.TimelineAsync(task.Id), TaskEventKind.AlertSent);
            var taken = site.Chats.Taken;
            Assert.InRange(taken.Count, 1, 2);
            Assert.All(taken, one => Assert.Equal((WayKind.Sms, LetterKind.Alert), (one.Way.Kind, one.Letter.Kind)));
            Assert.Single(taken.Select(one => (one.Letter.Id, one.Letter.Text)).Distinct());
            if (taken.Count == 2) Assert.True(site.Chats.Tried.Last(one => one.Kind == WayKind.Sms).Begun);
            Assert.Empty(site.Mail.Of(LetterKind.Alert));
        }
    }
}
