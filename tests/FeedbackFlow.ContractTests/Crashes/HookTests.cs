using System.Text.Json;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>A platform delivers, and delivers again where it got no answer.</summary>
internal abstract class HookScenario : Scenario
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    protected static Source Trustpilot { get; } = Deliveries.Source("trustpilot", Token);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static object Review(string id, string what, string? text, int minutes = 0, string? reference = null) => new
    {
        eventName = "service-review-" + what,
        eventData = new { id, text, stars = 1, referenceId = reference, updatedAt = Shop.SundayMorning.AddMinutes(minutes).ToString("O", System.Globalization.CultureInfo.InvariantCulture) },
    };

    protected async Task<Received> DeliverAsync(Site site, World world, params object[] events)
    {
        var arrival = Deliveries.Arrival(JsonSerializer.Serialize(new { events }), ("Authorization", "Bearer " + Token));
        var received = await world.Receive.RunAsync(site.Business, Trustpilot, arrival, new(false, true, () => true), Ct);
        Assert.True(received.IsTaken);
        foreach (var accepted in received.Events.Select(happened => happened.Accepted).OfType<Accepted>()) Answered(accepted);
        WasAnswered = true;
        foreach (var accepted in received.Events.Select(happened => happened.Accepted).OfType<Accepted>()) await world.CarryAsync(accepted.OwnLetters);
        return received;
    }

    protected static async Task<IReadOnlyList<ReceiptResult>> ReceiptsAsync(World world, string source) =>
        [.. (await world.Lists.ReceiptsAsync(Shop.Slug, source, 50, null, Ct)).Items.Select(receipt => receipt.Result).Order()];
}

/// <summary>Three events in one delivery: two complaints and something of another kind.</summary>
public sealed class ReceivingABatchTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 16;

    private sealed class AScenario : HookScenario
    {
        public override async Task WorkAsync(Site site, World world) => await DeliverAsync(
            site, world, Review("r1", "created", "nobody came, I leave"), new { eventName = "profile-changed", eventData = new { id = "p1" } }, Review("r2", "created", "nobody called, I leave"));

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Equal(2, (await world.FeedbacksAsync()).Count);
            Assert.Equal(2, (await world.OpenTasksAsync()).Count);
            Assert.Equal([LetterKind.Alert, LetterKind.Alert], site.Mail.Kinds);
            // What had come before the process died is noted as a repetition by the next one.
            Assert.Equal([ReceiptResult.Stored, ReceiptResult.Stored, ReceiptResult.OtherType], (await ReceiptsAsync(world, "trustpilot")).Where(result => result != ReceiptResult.Repeated));
        }
    }
}

/// <summary>A review that is known is changed and then taken back.</summary>
public sealed class ReceivingAChangedReviewTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 5;

    private sealed class AScenario : HookScenario
    {
        public override async Task PrepareAsync(Site site, World world)
        {
            await DeliverAsync(site, world, Review("r1", "created", "nobody came, I leave"));
            WasAnswered = false;
            await world.PassAsync(TimeSpan.FromMinutes(10));
        }

        public override async Task WorkAsync(Site site, World world) => await DeliverAsync(
            site, world, Review("r1", "updated", "nobody came and nobody called, I leave", 5), Review("r1", "deleted", null, 9));

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Equal(2, task.Feedbacks.Count);
            Assert.Equal(2, (await world.FeedbacksAsync()).Count);
            var timeline = await world.TimelineAsync(task.Id);
            Assert.Single(timeline, TaskEventKind.FeedbackAdded);
            Assert.Single(timeline, TaskEventKind.ReviewDeleted);
            Assert.NotNull((await world.Store.ReviewAsync(Shop.Slug, ReviewLine.HashOf("trustpilot", "r1"), Ct))!.Value.DeletedAt);
        }
    }
}

/// <summary>A notice is answered, its review is fetched by nudges, and the platform is away at the first try.</summary>
public sealed class FetchingAReviewTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 20;

    private sealed class AScenario : HookScenario
    {
        private const string Name = "accounts/1/locations/2/reviews/abc";

        private static Source Google { get; } = Deliveries.Source("google") with { Push = new("a", "b@c.example", "projects/p/subscriptions/s") };

        public override async Task PrepareAsync(Site site, World world)
        {
            await site.ChangeBusinessAsync(site.Business with { Sources = [Google] });
            site.Reviews.Trouble = new(FetchKind.TryAgain, default, "HTTP 503");
            site.Reviews.Has(Name, $$"""{"name":"{{Name}}","reviewer":{"displayName":"Dana"},"starRating":"ONE","comment":"still waiting, I leave","createTime":"2026-02-01T07:00:00Z","updateTime":"2026-02-01T07:00:00Z"}""");
        }

        public override async Task WorkAsync(Site site, World world)
        {
            using var key = Signed.Key();
            site.Reviews.Keys = [Signed.Published(key)];
            var received = await world.Receive.RunAsync(site.Business, Google, Signed.Notice(key, Google.Push!, Name, site.Clock.GetUtcNow()), new(false, true, () => true), Ct);
            Assert.Equal(ReceiptResult.Pending, Assert.Single(received.Events).Result);
            WasAnswered = true;
            await world.DeliverNudgesAsync();
            site.Reviews.Trouble = null;
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            site.Reviews.Trouble = null;
            await world.PassAsync(TimeSpan.FromMinutes(10));
            var task = Assert.Single(await world.OpenTasksAsync());
            Assert.Equal(Assert.Single(await world.FeedbacksAsync()).Feedback.Id, Assert.Single(task.Feedbacks));
            Assert.Equal([LetterKind.Alert], site.Mail.Kinds);
            Assert.Null((await world.Store.PendingReviewAsync(Shop.Slug, ReviewLine.HashOf("google", Name), Ct))?.Value.NextAt);
            Assert.Equal(new(0, 0, 0, 0), (await world.Repair.RunAsync(Ct)) with { Expired = 0 });
        }
    }
}

/// <summary>The manager sends a public reply, and presses again where the page gave no answer.</summary>
public sealed class ReplyingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 8;

    private sealed class AScenario : HookScenario
    {
        private const string Name = "accounts/1/locations/2/reviews/abc";
        private FeedbackId said;

        private static Source Google { get; } = Deliveries.Source("google") with { Push = new("a", "b@c.example", "projects/p/subscriptions/s", "client", "hidden", "refresh") };

        public override async Task PrepareAsync(Site site, World world)
        {
            await site.ChangeBusinessAsync(site.Business with { Sources = [Google] });
            site.Reviews.Has(Name, $$"""{"name":"{{Name}}","starRating":"ONE","comment":"still waiting, I leave","createTime":"2026-02-01T07:00:00Z","updateTime":"2026-02-01T07:00:00Z"}""");
            using var key = Signed.Key();
            site.Reviews.Keys = [Signed.Published(key)];
            await world.Receive.RunAsync(site.Business, Google, Signed.Notice(key, Google.Push!, Name, site.Clock.GetUtcNow()), new(false, true, () => true), Ct);
            await world.PassAsync(TimeSpan.FromMinutes(10));
            said = Assert.Single(await world.FeedbacksAsync()).Feedback.Id;
            Acknowledged.Add(said);
        }

        public override async Task WorkAsync(Site site, World world)
        {
            var replied = await world.Reply.RunAsync(site.Business, said, "Thank you. Please call us.");
            Assert.True(replied.Result is ReplyResult.Done or ReplyResult.AlreadySo, replied.Result.ToString());
            WasAnswered = true;
            await world.CarryAsync(replied.OwnLetters);
        }

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            Assert.Equal("Thank you. Please call us.", Assert.Single(site.Reviews.Replies).Value);
            Assert.Single(await world.TimelineAsync(Assert.Single(await world.OpenTasksAsync()).Id), TaskEventKind.RepliedInPublic);
            Assert.Equal(LetterState.Sent, (await world.Reply.LastAsync(site.Business, Assert.Single(await world.FeedbacksAsync()).Feedback, Ct))!.State);
        }
    }
}

/// <summary>The manager says which known customer wrote a review.</summary>
public sealed class MatchingTests : EveryCallTests
{
    private protected override Scenario New() => new AScenario();

    private protected override int FewestCalls => 4;

    private sealed class AScenario : HookScenario
    {
        private TaskId id;

        public override async Task PrepareAsync(Site site, World world)
        {
            var known = await world.SayAsync(Say.Angry());
            Acknowledged.Add(known.Feedback!.Feedback.Id);
            await world.DoAsync(known.Answer!.Task!.Value, new Close(Outcome.Saved, "spoke", null, Shop.Manager.Name));
            id = (await DeliverAsync(site, world, Review("r1", "created", "nobody came, I leave"))).Events[0].Accepted!.Answer!.Task!.Value;
            WasAnswered = false;
            await world.PassAsync(TimeSpan.FromMinutes(10));
        }

        public override async Task WorkAsync(Site site, World world)
        {
            var matched = await world.Match.RunAsync(site.Business, id, new(null, null, Say.Phone(1)), Shop.Manager.Name);
            // Somebody who asks again finds the customer on the task.
            Assert.True(matched is MatchResult.Done or MatchResult.NotNow, matched.ToString());
            WasAnswered = true;
        }

        public override Task AskAgainAsync(Site site, World world) => WorkAsync(site, world);

        public override async Task CheckAsync(Site site, World world)
        {
            var task = await world.TaskAsync(id);
            Assert.Equal(id, (await world.Store.CustomerAsync(Shop.Slug, task.Customer!.Value, Ct))!.Value.OpenTask);
            Assert.Single(await world.TimelineAsync(id), TaskEventKind.CustomerMatched);
            var said = (await world.Lists.FeedbacksOfAsync(Shop.Slug, task.Customer.Value, 10, null, Ct)).Items;
            Assert.Equal(2, said.Count);
            Assert.Equal(2, said.DistinctBy(one => one.Feedback.Id).Count());
        }
    }
}
