using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

public sealed class DeliveryReportsTests
{
    private const string Schema = "eventgrid/specification/eventgrid/data-plane/Microsoft.Communication/stable/2018-01-01/AzureCommunicationServices.json";

    [Theory]
    [InlineData("Delivered", true)]
    [InlineData("Expanded", true)]
    [InlineData("SomethingNew", true)]
    [InlineData("Bounced", false)]
    [InlineData("Suppressed", false)]
    [InlineData("Failed", false)]
    [InlineData("FilteredSpam", false)]
    [InlineData("Quarantined", false)]
    public void A_report_is_read_as_Event_Grid_writes_it(string status, bool arrived)
    {
        var report = Assert.Single(DeliveryReports.Parse(Event(status))!);
        Assert.Equal(("0190b3f0d5c87cf7a1e2a3b4c5d6e7f8", "email", "dana@plumber.example", arrived, status), (report.Letter.Value, report.Via, report.To, report.Arrived, report.Status));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), report.At);
        Assert.Equal(report, Assert.Single(DeliveryReports.Parse($"[{Event(status)}]")!));
    }

    [Fact]
    public void The_event_of_these_tests_has_the_fields_of_the_official_description()
    {
        if (OpenApiFile.Missing is { } reason) Assert.Skip(reason);
        Assert.Empty(OpenApiFile.Read(Schema).DefinitionProblems("AcsEmailDeliveryReportReceivedEventData", Data("Bounced")));
        Assert.NotEmpty(OpenApiFile.Read(Schema).DefinitionProblems("AcsEmailDeliveryReportReceivedEventData", Data("Bounced").Replace("messageId", "id", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"eventType":"Microsoft.Communication.EmailDeliveryReportReceived"}""")]
    [InlineData("""{"eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":7}}""")]
    public void What_cannot_be_read_is_told_apart_from_what_is_not_for_us(string body) => Assert.Null(DeliveryReports.Parse(body));

    [Fact]
    public void Other_events_and_other_senders_letters_are_not_for_us()
    {
        Assert.Empty(DeliveryReports.Parse("[]")!);
        Assert.Empty(DeliveryReports.Parse("""{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"x"}}""")!);
        Assert.Empty(DeliveryReports.Parse(Event("Bounced").Replace("0190b3f0-d5c8-7cf7-a1e2-a3b4c5d6e7f8", "no-guid", StringComparison.Ordinal))!);
    }

    private static string Data(string status) =>
        $$"""
        {"sender":"DoNotReply@example.com","recipient":"dana@plumber.example","messageId":"0190b3f0-d5c8-7cf7-a1e2-a3b4c5d6e7f8","status":"{{status}}",
         "deliveryStatusDetails":{"statusMessage":"550 no such user"},"deliveryAttemptTimeStamp":"2026-11-22T08:00:00Z"}
        """;

    private static string Event(string status) =>
        $$"""
        {"id":"1","topic":"/subscriptions/x/providers/microsoft.communication/communicationservices/acs","subject":"sender/DoNotReply@example.com/message/0190b3f0-d5c8-7cf7-a1e2-a3b4c5d6e7f8",
         "data":{{Data(status)}},"eventType":"Microsoft.Communication.EmailDeliveryReportReceived","dataVersion":"1.0","metadataVersion":"1","eventTime":"2026-11-22T08:00:01Z"}
        """;
}
