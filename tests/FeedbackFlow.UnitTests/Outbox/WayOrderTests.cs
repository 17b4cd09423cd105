using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class WayOrderTests
{
    private static readonly WayKind[] Three = [WayKind.Slack, WayKind.Sms, WayKind.Mail];
    private static readonly Delivery Refused = new(DeliveryKind.Refused, "no");
    private static readonly Delivery Later = new(DeliveryKind.TryAgain, "later");

    [Fact]
    public void The_first_way_is_first_and_stays_within_its_time()
    {
        var entry = Begin(Leased(), A.Now);
        Assert.Equal((WayKind.Slack, A.Now), (entry.Tries.On, entry.Tries.Since));
        Assert.Equal(WayKind.Slack, Begin(entry, A.Now + WayOrder.Urgent - TimeSpan.FromTicks(1)).Tries.On);
        Assert.Equal(WayKind.Sms, Begin(entry, A.Now + WayOrder.Urgent).Tries.On);
    }

    [Theory]
    [InlineData(LetterKind.Alert, 1)]
    [InlineData(LetterKind.Escalation, 1)]
    [InlineData(LetterKind.Wish, 1)]
    [InlineData(LetterKind.Reminder, 5)]
    [InlineData(LetterKind.Summary, 5)]
    public void What_waits_for_somebody_is_in_more_of_a_hurry(LetterKind kind, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), WayOrder.TimeFor(kind));

    [Fact]
    public void A_retry_that_would_come_after_its_time_comes_at_its_end()
    {
        var entry = Begin(Leased(), A.Now) with { Attempts = 6 };
        var after = WayOrder.After(entry, Later, Three, A.Now.AddSeconds(40), jitter: 0);
        Assert.Equal((LetterState.Waiting, A.Now + WayOrder.Urgent), (after.State, after.DueAt));
    }

    [Fact]
    public void A_way_that_asks_for_patience_beyond_its_time_gives_way_at_once_and_one_within_it_is_waited_for()
    {
        var (entry, end) = (Begin(Leased(), A.Now) with { Attempts = 1 }, A.Now + WayOrder.Urgent);
        var beyond = WayOrder.After(entry, Later with { NotBefore = end }, Three, A.Now.AddSeconds(1), 0);
        Assert.Equal((LetterState.Waiting, A.Now.AddSeconds(1)), (beyond.State, beyond.DueAt));
        Assert.Equal([WayKind.Slack], beyond.Tries.Passed);
        Assert.Equal(WayKind.Sms, Begin(beyond, A.Now.AddSeconds(1)).Tries.On);

        var within = WayOrder.After(entry, Later with { NotBefore = end.AddSeconds(-1) }, Three, A.Now.AddSeconds(1), 0);
        Assert.Equal((WayKind.Slack, end.AddSeconds(-1)), (within.Tries.On, within.DueAt));
        Assert.Empty(within.Tries.Passed);
    }

    [Fact]
    public void When_its_time_is_over_before_it_answers_the_next_has_its_turn_now()
    {
        var entry = Begin(Leased(), A.Now) with { Attempts = 1 };
        Assert.Equal(A.Now.AddSeconds(75), WayOrder.After(entry, Later, Three, A.Now.AddSeconds(75), 0).DueAt);
    }

    [Fact]
    public void The_last_way_that_was_not_tried_has_all_the_time_of_retries()
    {
        var entry = Begin(Leased(), A.Now);
        foreach (var at in new[] { 60, 120 }) entry = Begin(entry, A.Now.AddSeconds(at));
        Assert.Equal(WayKind.Mail, entry.Tries.On);
        Assert.Equal([WayKind.Slack, WayKind.Sms], entry.Tries.Passed);
        var after = WayOrder.After(entry with { Attempts = 9, Tries = entry.Tries with { Before = 0 } }, Later, Three, A.Now.AddSeconds(121), 0);
        Assert.Equal(A.Now.AddSeconds(121) + RetryPolicy.Backoff(9, 0), after.DueAt);
        Assert.Equal(WayKind.Mail, Begin(after, A.Now.AddHours(1)).Tries.On);
    }

    [Fact]
    public void When_the_last_refuses_those_that_were_only_late_get_it_again()
    {
        var entry = Begin(Begin(Begin(Leased(), A.Now), A.Now.AddSeconds(60)), A.Now.AddSeconds(120));
        var refused = WayOrder.After(entry, Refused, Three, A.Now.AddSeconds(121), 0);
        Assert.Equal([WayKind.Slack, WayKind.Sms, WayKind.Mail], refused.Tries.Passed);
        Assert.Equal(WayKind.Slack, Begin(refused, A.Now.AddSeconds(121)).Tries.On);
        Assert.Equal([WayKind.Sms, WayKind.Mail], Begin(refused, A.Now.AddSeconds(121)).Tries.Passed);
    }

    [Fact]
    public void Tries_of_one_way_do_not_use_up_those_of_the_next()
    {
        var worn = Leased() with { Attempts = RetryPolicy.MostAttempts };
        Assert.True(RetryPolicy.IsUsedUp(worn));
        Assert.False(RetryPolicy.IsUsedUp(WayOrder.Begin(worn, Three, worn.Attempts, A.Now)));
    }

    [Fact]
    public void Where_the_ways_change_under_way_what_is_left_of_them_is_used()
    {
        var entry = Begin(Leased(), A.Now);
        Assert.Equal(WayKind.Mail, WayOrder.Begin(entry, [WayKind.Mail], 1, A.Now).Tries.On);
        var refused = WayOrder.After(entry, Refused, Three, A.Now, 0);
        Assert.Equal(WayKind.Slack, WayOrder.Begin(refused, [WayKind.Slack], 1, A.Now).Tries.On);
    }

    /// <summary>Whatever the ways answer: it ends, each is tried in order before any is tried again, nothing that works is passed over, and a letter is set aside only when all refused or are used up.</summary>
    [Fact]
    public void Whatever_they_answer_every_way_has_its_turn_and_it_ends()
    {
        var random = new Random(20_261_122);
        for (var history = 0; history < 2_000; history++)
        {
            var ways = Enum.GetValues<WayKind>().OrderBy(_ => random.Next()).Take(random.Next(2, 6)).ToList();
            var works = ways.ToDictionary(way => way, _ => random.Next(4) switch { 0 => Refused, 1 => Later, 2 => Later with { NotBefore = A.Now.AddDays(3) }, _ => random.Next(3) == 0 ? Delivery.Sent : Later });
            var (now, entry, tried) = (A.Now, OutboxEntry.Waiting(A.Letter(), A.Now), new List<WayKind>());
            for (var attempts = 0; !entry.IsFinished; attempts++)
            {
                Assert.True(attempts < 200, $"No end: {string.Join(", ", works)}");
                now = entry.DueAt > now ? entry.DueAt : now;
                var begun = WayOrder.Begin(entry, ways, entry.Attempts, now) with { State = LetterState.Leased, Attempts = entry.Attempts + 1 };
                tried.Add(begun.Tries.On!.Value);
                entry = WayOrder.After(begun, works[begun.Tries.On.Value], ways, now, random.NextDouble());
            }

            Assert.Equal(ways.Take(tried.Distinct().Count()), tried.Distinct());
            Assert.Equal(works.ContainsValue(Delivery.Sent), entry.State == LetterState.Sent);
            if (entry.State == LetterState.SetAside) Assert.Equal(ways.Count, tried.Distinct().Count());
        }
    }

    private static OutboxEntry Leased() => OutboxEntry.Leased(A.Letter(), A.Now);

    private static OutboxEntry Begin(OutboxEntry entry, DateTimeOffset now) => WayOrder.Begin(entry, Three, entry.Attempts - 1, now);
}
