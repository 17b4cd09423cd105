using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>Every format that is understood. The settings pages, the docs and the tests are made from this one list.</summary>
public static class FormatTable
{
    public static IReadOnlyList<WebhookFormat> All { get; } =
    [
        new StandardWebhooks(), new CloudEvents(), new GenericJson(), new Typeform(), new Tally(), new GoogleBusinessProfile(), new Trustpilot(), new JudgeMe(), new Jotform(),
        new Yotpo(), new ReviewsIo(), new Formbricks(), new FacebookPage(), new MailIn(),
    ];

    public static WebhookFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
