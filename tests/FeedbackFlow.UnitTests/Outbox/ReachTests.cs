using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class ReachTests
{
    private static readonly DateTimeOffset Night = A.Time("Mon 2026-11-23 23:00");
    private static readonly DateTimeOffset Morning = A.Time("Tue 2026-11-24 07:00");
    private static readonly Way Slack = new(WayKind.Slack, "https://hooks.slack.example/1");
    private static readonly Way Sms = new(WayKind.Sms, "+972501234567", InQuietHours: true);

    [Fact]
    public void By_day_all_ways_are_used_in_order_and_mail_is_the_last() => AssertReach([WayKind.Slack, WayKind.Sms, WayKind.Mail], null, Of(A.Now, Slack, Sms));

    [Fact]
    public void At_night_what_may_wait_goes_by_the_marked_way_alone_and_by_the_others_in_the_morning()
    {
        AssertReach([WayKind.Sms], Morning, Of(Night, mayWaitUntil: Morning, Slack, Sms));
        AssertReach([WayKind.Sms], Morning, Of(Night, mayWaitUntil: Morning.AddMinutes(1), Slack, Sms));
    }

    [Fact]
    public void At_night_what_must_not_wait_takes_the_marked_way_first_and_then_the_others()
    {
        AssertReach([WayKind.Sms, WayKind.Slack, WayKind.Mail], null, Of(Night, Slack, Sms));
        AssertReach([WayKind.Sms, WayKind.Slack, WayKind.Mail], null, Of(Night, mayWaitUntil: Morning.AddTicks(-1), Slack, Sms));
    }

    [Fact]
    public void Who_marked_no_way_is_reached_by_all_when_a_letter_goes_at_night() => AssertReach([WayKind.Slack, WayKind.Mail], null, Of(Night, mayWaitUntil: Morning, Slack));

    [Fact]
    public void Where_there_are_no_ways_or_nothing_short_to_show_there_is_mail()
    {
        AssertReach([], null, Of(Night));
        AssertReach([], null, Reach.Of(Letter(null) with { Brief = null }, Business(Slack, Sms), A.Now));
        AssertReach([], null, Reach.Of(Letter(null) with { To = new("נועה", "noa@example.com", "he") }, Business(Slack, Sms), A.Now));
    }

    [Fact]
    public void A_way_is_found_by_its_kind()
    {
        var reach = Of(A.Now, Slack, Sms);
        Assert.Equal((Sms, Way.ByMail, null), (reach.Find(WayKind.Sms), reach.Find(WayKind.Mail), reach.Find(WayKind.Teams)));
        Assert.Null(reach.Find(null));
    }

    private static void AssertReach(WayKind[] kinds, DateTimeOffset? othersFrom, Reach reach)
    {
        Assert.Equal(kinds, reach.Kinds);
        Assert.Equal(othersFrom, reach.OthersFrom);
    }

    private static Reach Of(DateTimeOffset now, params Way[] ways) => Of(now, null, ways);

    private static Reach Of(DateTimeOffset now, DateTimeOffset? mayWaitUntil, params Way[] ways) => Reach.Of(Letter(mayWaitUntil), Business(ways), now);

    private static Letter Letter(DateTimeOffset? mayWaitUntil) => A.Letter() with
    {
        To = new(A.Manager.Name, A.Manager.Email, "he"),
        Brief = new("דנה: עד 11:00", ["איום לעזוב"], [new("לפתוח", new("https://feedback.example/t"))]),
        MayWaitUntil = mayWaitUntil,
    };

    private static Business Business(params Way[] ways) =>
        A.Business() with { People = [A.Manager with { Ways = ways, Quiet = new QuietHours(new(21, 0), new(7, 0)) }, A.Backup, A.Owner] };
}
