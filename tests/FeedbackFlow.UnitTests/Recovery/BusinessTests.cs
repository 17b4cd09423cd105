using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
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
    public void A_branch_has_what_it_says_and_for_the_rest_what_the_business_has()
    {
        var shop = A.Business() with { City = "tel-aviv", Branches = [new("eilat", "אילת", WorkingWeek.International, "Europe/London", "eilat", "+97281111111"), new("plain", "סתם", null, null, null, null)] };
        var eilat = shop.At("eilat");
        Assert.Equal(("eilat", WorkingWeek.International, "Europe/London", "eilat", "+97281111111"), (eilat.Branch, eilat.Week, eilat.Zone, eilat.City, eilat.Phone));
        Assert.Equal(shop with { Branch = "plain" }, shop.At("plain"));
        Assert.Same(shop, shop.At(null));
        Assert.Same(shop, shop.At("closed-since"));
    }

    [Fact]
    public void A_business_begins_with_nothing_that_nobody_set_up()
    {
        var business = A.Business();
        Assert.Empty(business.Corrections);
        Assert.Empty(business.Branches);
        Assert.Empty(business.Sources);
        Assert.Empty(business.Listeners);
        Assert.Empty(A.Manager.Duty);
        Assert.Equal((null, null), (business.Branch, business.FindSource("google")));
    }

    [Fact]
    public void A_source_is_found_by_its_name()
    {
        Pipeline.Intake.Webhooks.Source google = new("google", "google", [], A.Now), forms = new("forms", "typeform", [], A.Now);
        var business = A.Business() with { Sources = [google, forms] };
        Assert.Same(forms, business.FindSource("forms"));
        Assert.Null(business.FindSource("surveys"));
    }

    [Fact]
    public void Who_keeps_the_holidays_rests_unless_something_else_was_chosen()
    {
        Assert.Equal(RestMode.Hold, A.Business().RestsBy);
        Assert.Equal(RestMode.Off, (A.Business() with { Week = WorkingWeek.International }).RestsBy);
        Assert.Equal(RestMode.Off, (A.Business() with { Rest = RestMode.Off }).RestsBy);
    }

    [Fact]
    public void Where_letters_leave_on_every_day_there_are_no_times_of_rest()
    {
        Assert.NotNull(A.Business().RestTimes());
        Assert.Null((A.Business() with { Rest = RestMode.Off }).RestTimes());
        Assert.NotNull((A.Business() with { Rest = RestMode.Soften, Week = WorkingWeek.International }).RestTimes());
    }

    [Fact]
    public void A_person_of_another_place_or_outside_the_rota_is_not_on_duty()
    {
        var mornings = A.Manager with { Duty = [new(DayOfWeek.Monday, new(8, 0), new(10, 0)), new(DayOfWeek.Sunday, new(22, 0), TimeOnly.MinValue)] };
        bool OnDuty(string at) => A.Business().IsOnDuty(mornings, A.Time(at));
        Assert.True(OnDuty("Mon 2026-11-23 08:00"));
        Assert.False(OnDuty("Mon 2026-11-23 10:00"));
        Assert.False(OnDuty("Tue 2026-11-24 09:00"));
        Assert.True(OnDuty("Sun 2026-11-22 23:59"));
        Assert.False(OnDuty("Sun 2026-11-22 21:59"));
        var here = A.Manager with { Branch = "haifa" };
        Assert.False(A.Business().IsOnDuty(here, A.Now));
        Assert.True((A.Business() with { Branch = "haifa" }).IsOnDuty(here, A.Now));
        Assert.True((A.Business() with { Branch = "haifa" }).IsOnDuty(A.Manager, A.Now));
    }

    [Fact]
    public void The_customer_waits_since_the_task_was_opened() => Assert.Equal(A.Now, A.Task().WaitingSince);

    [Fact]
    public void The_owner_reads_every_morning_unless_something_else_was_chosen_and_nobody_else_does()
    {
        Assert.Equal((DigestWish.Daily, DigestWish.None, DigestWish.None), (A.Owner.Reads, A.Manager.Reads, A.Backup.Reads));
        Assert.Equal((DigestWish.None, DigestWish.Weekly), ((A.Owner with { Digest = DigestWish.None }).Reads, (A.Manager with { Digest = DigestWish.Weekly }).Reads));
    }
}
