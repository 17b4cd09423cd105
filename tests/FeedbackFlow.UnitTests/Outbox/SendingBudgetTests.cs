using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public sealed class SendingBudgetTests
{
    private static readonly SendingQuota Own = new(30, 100);

    [Fact]
    public void Apologies_leave_room_for_the_alerts_still_to_come()
    {
        var (budget, apologies) = Exhaust(SendingBudget.Full, LetterKind.Apology, Own, A.Now);
        var (_, alerts) = Exhaust(budget, LetterKind.Alert, Own, A.Now);

        Assert.Equal((21, 9), (apologies, alerts));
    }

    [Fact]
    public void Digests_leave_most_and_still_go_out_of_a_small_quota()
    {
        var (budget, digests) = Exhaust(SendingBudget.Full, LetterKind.Digest, Own, A.Now);
        var (_, summaries) = Exhaust(budget, LetterKind.Summary, Own, A.Now);
        Assert.Equal((9, 6), (digests, summaries));
        Assert.True(SendingBudget.Full.Take(LetterKind.Digest, new(1, 1), A.Now).IsGranted);
    }

    [Fact]
    public void Over_the_quota_the_moment_is_told_from_which_there_is_room_again()
    {
        var (budget, _) = Exhaust(SendingBudget.Full, LetterKind.Alert, Own, A.Now);
        var refused = budget.Take(LetterKind.Alert, Own, A.Now.AddSeconds(10));

        Assert.InRange(refused.NotBefore!.Value - A.Now, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(67));
        Assert.False(budget.Take(LetterKind.Alert, Own, refused.NotBefore.Value.AddTicks(-1)).IsGranted);
        Assert.True(budget.Take(LetterKind.Alert, Own, refused.NotBefore.Value).IsGranted);
    }

    [Fact]
    public void A_quota_of_one_still_sends()
    {
        Assert.True(SendingBudget.Full.Take(LetterKind.Apology, new(1, 1), A.Now).IsGranted);
        Assert.False(Exhaust(SendingBudget.Full, LetterKind.Apology, new(1, 1), A.Now).Budget.Take(LetterKind.Alert, new(1, 1), A.Now.AddMinutes(59)).IsGranted);
    }

    [Fact]
    public void Where_the_minute_and_the_hour_are_full_the_later_end_counts()
    {
        var hourly = new SendingQuota(2, 2);
        Opens(Exhaust(SendingBudget.Full, LetterKind.Alert, hourly, A.Now).Budget, LetterKind.Alert, hourly, A.Now.AddHours(1));
        var minutely = new SendingQuota(2, 100);
        Opens(Exhaust(SendingBudget.Full, LetterKind.Alert, minutely, A.Now).Budget, LetterKind.Alert, minutely, A.Now.AddMinutes(1));
    }

    /// <summary>Three alerts every six seconds: an apology waits until fewer than 21 letters of the minute are left, an event until fewer than 15.</summary>
    [Theory]
    [InlineData(LetterKind.Alert, 0)]
    [InlineData(LetterKind.Apology, 18)]
    [InlineData(LetterKind.Event, 30)]
    public void A_kind_waits_until_its_own_share_has_room(LetterKind kind, int seconds)
    {
        var (budget, now) = (SendingBudget.Full, A.Now);
        for (var slot = 0; slot < 10; slot++)
            for (var letter = 0; letter < 3; letter++)
                budget = budget.Take(LetterKind.Alert, Own, now.AddSeconds(slot * 6)).After;
        Opens(budget, kind, Own, now.AddMinutes(1).AddSeconds(seconds), asked: now.AddSeconds(59));
    }

    [Fact]
    public void It_remembers_one_line_for_each_six_seconds_of_an_hour_and_no_more()
    {
        var (budget, wide) = (SendingBudget.Full, new SendingQuota(1_000, 10_000));
        for (var slot = 0; slot < 1_300; slot++)
            for (var letter = 0; letter < 2; letter++)
                budget = budget.Take(LetterKind.Alert, wide, A.Now.AddSeconds(slot * 6)).After;
        Assert.Equal(601, budget.Slots.Count);
        Assert.All(budget.Slots, slot => Assert.Equal(2, slot.Letters));
        Assert.Equal(Enumerable.Range(0, 601).Select(slot => budget.Slots[0].Slot + slot), budget.Slots.Select(slot => slot.Slot));
    }

    [Fact]
    public void A_closed_budget_opens_when_it_was_said()
    {
        var closed = SendingBudget.Full.Closed(A.Now.AddMinutes(2)).Closed(A.Now.AddMinutes(1));

        Assert.Equal(A.Now.AddMinutes(2), closed.Take(LetterKind.Alert, Own, A.Now).NotBefore);
        Assert.True(closed.Take(LetterKind.Alert, Own, A.Now.AddMinutes(2)).IsGranted);
    }

    /// <summary>A thousand letters of every kind at random moments: no minute and no hour, wherever it begins, ever holds more than the quota.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_minute_and_no_hour_ever_holds_more_than_the_quota(int seed)
    {
        var (random, budget, now, sent) = (new Random(seed), SendingBudget.Full, A.Now, new List<DateTimeOffset>());
        for (var i = 0; i < 4_000; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(random.Next(10) == 0 ? 60_000 : 4_000));
            var grant = budget.Take((LetterKind)random.Next(Enum.GetValues<LetterKind>().Length), Own, now);
            if (grant.NotBefore is { } notBefore) Assert.True(notBefore > now);
            else sent.Add(now);
            budget = grant.After;
            Assert.True(budget.Slots.Count <= 602);
        }

        Assert.True(sent.Count > 300);
        for (var i = 0; i < sent.Count; i++)
        {
            Assert.True(sent.Skip(i).TakeWhile(at => at - sent[i] < TimeSpan.FromMinutes(1)).Count() <= Own.PerMinute);
            Assert.True(sent.Skip(i).TakeWhile(at => at - sent[i] < TimeSpan.FromHours(1)).Count() <= Own.PerHour);
        }
    }

    /// <summary>Refused until about then, and granted from exactly the moment that it tells.</summary>
    private static void Opens(SendingBudget budget, LetterKind kind, SendingQuota quota, DateTimeOffset about, DateTimeOffset? asked = null)
    {
        var told = budget.Take(kind, quota, asked ?? A.Now).NotBefore!.Value;
        Assert.InRange(told, about, about.AddSeconds(6));
        Assert.False(budget.Take(kind, quota, told.AddTicks(-1)).IsGranted);
        Assert.True(budget.Take(kind, quota, told).IsGranted);
    }

    private static (SendingBudget Budget, int Granted) Exhaust(SendingBudget budget, LetterKind kind, SendingQuota quota, DateTimeOffset now)
    {
        for (var granted = 0; ; granted++)
        {
            Assert.InRange(granted, 0, quota.PerHour);
            var grant = budget.Take(kind, quota, now);
            if (!grant.IsGranted) return (budget, granted);
            budget = grant.After;
        }
    }
}
