using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class RetryPolicyTests
{
    private static readonly Delivery Failed = new(DeliveryKind.TryAgain, "421 busy");

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(11, 10_240)]
    [InlineData(12, 20_480)]
    [InlineData(13, 21_600)]
    [InlineData(100, 21_600)]
    [InlineData(int.MaxValue, 21_600)]
    [InlineData(0, 10)]
    public void Waiting_begins_with_ten_seconds_and_doubles_to_six_hours(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPolicy.Backoff(attempts, jitter: 0));

    [Fact]
    public void Jitter_shortens_a_wait_by_a_quarter_at_most()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), RetryPolicy.Backoff(3, jitter: 1));
        Assert.Equal(TimeSpan.FromSeconds(35), RetryPolicy.Backoff(3, jitter: 0.5));
    }

    /// <summary>A mail server that is down over Shabbat must not cost an alert.</summary>
    [Fact]
    public void All_tries_together_last_about_a_day_and_a_half()
    {
        TimeSpan Lasting(double jitter) => Enumerable.Range(1, RetryPolicy.MostAttempts - 1).Aggregate(TimeSpan.Zero, (sum, attempts) => sum + RetryPolicy.Backoff(attempts, jitter));
        Assert.InRange(Lasting(0.5), TimeSpan.FromHours(33), TimeSpan.FromHours(39));
        Assert.True(Lasting(1) > TimeSpan.FromHours(28));
    }

    [Fact]
    public void A_sent_letter_is_finished_and_forgets_its_problem()
    {
        var entry = Tried(3) with { Problem = "421 busy" };
        Assert.Equal(entry with { State = LetterState.Sent, DueAt = A.Now, SentAt = A.Now, Problem = null }, RetryPolicy.After(entry, Delivery.Sent, A.Now, 0));
    }

    [Fact]
    public void A_failed_letter_waits_and_says_why() =>
        Assert.Equal(
            Tried(2) with { State = LetterState.Waiting, DueAt = A.Now.AddSeconds(20), Problem = "421 busy" }, RetryPolicy.After(Tried(2), Failed, A.Now, 0));

    [Fact]
    public void A_channel_that_asks_to_be_left_alone_is_left_alone_at_least_so_long()
    {
        DateTimeOffset Due(DateTimeOffset notBefore) => RetryPolicy.After(Tried(2), Failed with { NotBefore = notBefore }, A.Now, 0).DueAt;
        Assert.Equal(A.Now.AddMinutes(5), Due(A.Now.AddMinutes(5)));
        Assert.Equal(A.Now.AddSeconds(20), Due(A.Now.AddSeconds(19)));
        Assert.Equal(A.Now.AddSeconds(20), Due(A.Now.AddDays(-1)));
        // Patience has an end.
        Assert.Equal(A.Now.AddHours(6), Due(A.Now.AddHours(6).AddTicks(1)));
        Assert.Equal(A.Now.AddHours(6), Due(A.Now.AddYears(1)));
    }

    /// <summary>The example that Standard Webhooks gives of a schedule.</summary>
    [Theory]
    [InlineData(1, "00:00:05")]
    [InlineData(2, "00:05:00")]
    [InlineData(3, "00:30:00")]
    [InlineData(4, "02:00:00")]
    [InlineData(5, "05:00:00")]
    [InlineData(6, "10:00:00")]
    [InlineData(7, "14:00:00")]
    [InlineData(8, "20:00:00")]
    [InlineData(9, "1.00:00:00")]
    [InlineData(10, null)]
    public void An_event_for_another_system_waits_longer_each_time_and_is_given_to_a_person_after_ten_tries(int attempts, string? wait)
    {
        var entry = Tried(attempts) with { Letter = A.Letter() with { Kind = LetterKind.Event } };
        var after = RetryPolicy.After(entry, Failed, A.Now, jitter: 0);
        Assert.Equal((wait is null, wait is null ? LetterState.SetAside : LetterState.Waiting), (RetryPolicy.IsUsedUp(entry), after.State));
        Assert.Equal(wait is null ? TimeSpan.Zero : TimeSpan.Parse(wait, System.Globalization.CultureInfo.InvariantCulture), after.DueAt - A.Now);
    }

    [Fact]
    public void Jitter_shortens_the_wait_of_an_event_by_a_quarter_at_most_and_no_count_is_out_of_range()
    {
        Assert.Equal(TimeSpan.FromMinutes(30) * 0.75, RetryPolicy.EventWait(3, jitter: 1));
        Assert.Equal(TimeSpan.FromMinutes(30) * 0.875, RetryPolicy.EventWait(3, jitter: 0.5));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromHours(24)), (RetryPolicy.EventWait(0, jitter: 0), RetryPolicy.EventWait(int.MaxValue, jitter: 0)));
    }

    [Fact]
    public void After_the_last_try_a_person_gets_it()
    {
        Assert.Equal(LetterState.Waiting, RetryPolicy.After(Tried(RetryPolicy.MostAttempts - 1), Failed, A.Now, 0).State);
        var given = RetryPolicy.After(Tried(RetryPolicy.MostAttempts), Failed, A.Now, 0);
        Assert.Equal((LetterState.SetAside, A.Now, "421 busy", true), (given.State, given.DueAt, given.Problem, given.IsFinished));
    }

    [Fact]
    public void A_refused_letter_is_set_aside_at_once()
    {
        var given = RetryPolicy.After(Tried(1), new(DeliveryKind.Refused, "550 no such mailbox"), A.Now, 0);
        Assert.Equal((LetterState.SetAside, "550 no such mailbox"), (given.State, given.Problem));
    }

    [Fact]
    public void The_last_try_may_still_succeed() => Assert.Equal(LetterState.Sent, RetryPolicy.After(Tried(RetryPolicy.MostAttempts), Delivery.Sent, A.Now, 0).State);

    private static OutboxEntry Tried(int attempts) => OutboxEntry.Leased(A.Letter(), A.Now.AddSeconds(-5)) with { Attempts = attempts };
}
