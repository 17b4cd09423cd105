using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class BusinessTests
{
    [Fact]
    public void A_person_is_found_by_id_and_by_address()
    {
        Assert.Same(A.Backup, A.Business().Find(A.Backup.Id));
        Assert.Same(A.Backup, A.Business().Find(A.Backup.Email));
        Assert.Null(A.Business().Find(A.Id<PersonId>(9)));
        Assert.Null(A.Business().Find("nobody@plumber.example"));
    }

    [Fact]
    public void The_usual_policy_alerts_early_writes_when_sure_and_calls_within_an_hour_three_or_a_day()
    {
        var usual = Policy.Default;
        Assert.Equal((0.35, 0.75), (usual.AlertThreshold, usual.ApologyThreshold));
        Assert.Equal((60, 180, 600), (usual.MinutesFor(Priority.Critical), usual.MinutesFor(Priority.High), usual.MinutesFor(Priority.Normal)));
        Assert.True(usual.AlertThreshold > Pipeline.Signals.Reading.SignalFloor);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(3, 0.25)]
    [InlineData(100, 0.21)]
    [InlineData(0.01, 0.9)]
    public void The_dearer_a_miss_the_earlier_somebody_looks(double glances, double threshold) =>
        Assert.Equal(threshold, Policy.AlertThresholdFor(glances));

    [Fact]
    public void Its_hours_are_those_of_its_own_zone()
    {
        var inLondon = A.Business() with { Zone = "Europe/London" };
        Assert.True(A.Business().Hours().IsOpen(A.Time("Mon 2026-11-23 08:00")));
        Assert.False(inLondon.Hours().IsOpen(A.Time("Mon 2026-11-23 08:00")));
    }

    [Fact]
    public void The_customer_waits_since_the_task_was_opened() => Assert.Equal(A.Now, A.Task().WaitingSince);
}
