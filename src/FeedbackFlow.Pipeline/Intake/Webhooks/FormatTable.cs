using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>
/// Every format that is understood: each class beside this one that is a <see cref="WebhookFormat"/>, so that a new sender is a new file. The settings pages, the
/// command line, the docs and the tests are made from this one list.
/// </summary>
public static class FormatTable
{
    /// <summary>Our default first, then the formats of the business's own systems, then platforms by name, the experimental ones last.</summary>
    public static IReadOnlyList<WebhookFormat> All { get; } =
    [
        .. typeof(FormatTable).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(WebhookFormat)))
            .Select(type => (WebhookFormat)Activator.CreateInstance(type)!)
            .OrderBy(format => format is not StandardWebhooks).ThenBy(format => format.Origin != Origin.Api).ThenBy(format => format.IsExperimental).ThenBy(format => format.Brand, StringComparer.Ordinal),
    ];

    public static WebhookFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
