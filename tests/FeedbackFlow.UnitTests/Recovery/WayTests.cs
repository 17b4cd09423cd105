using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class WayTests
{
    [Theory]
    [InlineData(WayKind.Slack, " https://hooks.slack.com/services/T0/B0/x ", "https://hooks.slack.com/services/T0/B0/x")]
    [InlineData(WayKind.Teams, "https://prod-1.westeurope.logic.azure.com:443/workflows/x?sig=y", "https://prod-1.westeurope.logic.azure.com/workflows/x?sig=y")]
    [InlineData(WayKind.Ntfy, "https://ntfy.sh/alerts-9f86", "https://ntfy.sh/alerts-9f86")]
    [InlineData(WayKind.Sms, "+972 54-111-2233", "+972541112233")]
    [InlineData(WayKind.WhatsApp, "0044 7700 900123", "+447700900123")]
    [InlineData(WayKind.Mail, "anything", "")]
    public void What_can_be_an_address_is_normalised(WayKind kind, string typed, string address) => Assert.Equal((new Way(kind, address), null), WayCheck.Read(kind, typed, false, mayBeHttp: false));

    [Theory]
    [InlineData(WayKind.Slack, "http://hooks.slack.com/x", WayProblem.NotHttps)]
    [InlineData(WayKind.Slack, "hooks.slack.com/x", WayProblem.NotHttps)]
    [InlineData(WayKind.Teams, "https://user:pass@example.com/x", WayProblem.NotHttps)]
    [InlineData(WayKind.Teams, "https://example.com/x#y", WayProblem.NotHttps)]
    [InlineData(WayKind.Teams, "", WayProblem.NotHttps)]
    [InlineData(WayKind.Ntfy, "https://ntfy.sh/", WayProblem.NoTopic)]
    [InlineData(WayKind.Ntfy, "https://ntfy.sh/a/", WayProblem.NoTopic)]
    [InlineData(WayKind.Ntfy, "https://ntfy.sh/a%20b", WayProblem.NoTopic)]
    [InlineData(WayKind.Sms, "054-111-2233", WayProblem.NotInternational)]
    [InlineData(WayKind.Sms, "+972 54-111-223", WayProblem.NotInternational)]
    [InlineData(WayKind.WhatsApp, "whatsapp:+972541112233", WayProblem.NotInternational)]
    public void What_cannot_says_why(WayKind kind, string typed, WayProblem problem) => Assert.Equal((null, problem), WayCheck.Read(kind, typed, false, mayBeHttp: false));

    [Theory]
    [InlineData(WayKind.Slack, "https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/…")]
    [InlineData(WayKind.Ntfy, "https://ntfy.sh/alerts-9f86?auth=x", "https://ntfy.sh/…")]
    [InlineData(WayKind.Sms, "+972541112233", "+972…233")]
    [InlineData(WayKind.WhatsApp, "+1234567", "+123…567")]
    [InlineData(WayKind.Sms, "+123456", "…")]
    [InlineData(WayKind.Mail, "", "")]
    public void What_is_stored_is_shown_masked(WayKind kind, string address, string masked) => Assert.Equal(masked, new Way(kind, address).Masked);

    [Fact]
    public void Mail_is_always_there_and_last_unless_somebody_put_it_elsewhere()
    {
        Assert.Equal([WayKind.Mail], A.Manager.WaysInOrder.Select(way => way.Kind));
        Assert.Equal([WayKind.Sms, WayKind.Mail], (A.Manager with { Ways = [new(WayKind.Sms, "+1")] }).WaysInOrder.Select(way => way.Kind));
        Assert.Equal([WayKind.Mail, WayKind.Sms], (A.Manager with { Ways = [Way.ByMail, new(WayKind.Sms, "+1")] }).WaysInOrder.Select(way => way.Kind));
    }

    [Fact]
    public void A_topic_has_at_most_64_characters_and_an_address_at_most_a_thousand()
    {
        Assert.Null(Problem(WayKind.Ntfy, "https://ntfy.sh/" + new string('a', 64)));
        Assert.Equal(WayProblem.NoTopic, Problem(WayKind.Ntfy, "https://ntfy.sh/" + new string('a', 65)));
        var slack = "https://hooks.slack.com/";
        Assert.Null(Problem(WayKind.Slack, slack.PadRight(Way.LongestAddress, 'x')));
        Assert.Equal(WayProblem.NotHttps, Problem(WayKind.Slack, slack.PadRight(Way.LongestAddress + 1, 'x')));
    }

    [Fact]
    public void On_a_developers_machine_http_will_do_and_nothing_else()
    {
        Assert.NotNull(WayCheck.Read(WayKind.Slack, "http://127.0.0.1:5000/x", false, mayBeHttp: true).Way);
        Assert.Equal(WayProblem.NotHttps, WayCheck.Read(WayKind.Slack, "ftp://127.0.0.1/x", false, mayBeHttp: true).Problem);
    }

    [Fact]
    public void A_way_is_a_webhook_a_phone_or_mail()
    {
        Assert.Equal([WayKind.Teams, WayKind.Slack, WayKind.Ntfy], Enum.GetValues<WayKind>().Where(kind => new Way(kind, "x").IsWebhook));
        Assert.Equal([WayKind.Sms, WayKind.WhatsApp], Enum.GetValues<WayKind>().Where(kind => new Way(kind, "x").IsPhone));
    }

    private static WayProblem? Problem(WayKind kind, string typed) => WayCheck.Read(kind, typed, false, mayBeHttp: false).Problem;
}
