using System.Text.Json.Nodes;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>
/// A message for the Teams workflow "When a Teams webhook request is received": an envelope with one Adaptive Card (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors,
/// "Create and send messages"; cards of the connectors that were retired are not understood). What people typed stands in text runs, which know no Markdown, so it makes neither links
/// nor mentions. A message of more than 28 KB is refused, which these lengths stay far below.
/// </summary>
internal static class TeamsCard
{
    public const int LongestTitle = 300;
    public const int LongestLine = 600;
    public const int MostLines = 12;
    private const int LongestButton = 60;

    public static JsonObject Of(Brief brief, string language) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = Card(brief, language),
        }),
    };

    private static JsonObject Card(Brief brief, string language) => new()
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        // The first version that knows the direction of a card.
        ["version"] = "1.5",
        ["lang"] = language,
        ["rtl"] = language == "he",
        ["msteams"] = new JsonObject { ["width"] = "Full" },
        ["body"] = new JsonArray([Text(brief.Title, LongestTitle, strong: true), .. brief.Lines.Take(MostLines).Select(line => Text(line, LongestLine, strong: false))]),
        ["actions"] = new JsonArray([.. brief.Links.Select(link => new JsonObject
        {
            ["type"] = "Action.OpenUrl", ["title"] = Cut.ToCharacters(link.Text, LongestButton), ["url"] = link.Address.AbsoluteUri,
        })]),
    };

    private static JsonObject Text(string text, int longest, bool strong)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = Cut.ToCharacters(text, longest) };
        if (strong) (run["weight"], run["size"]) = ("Bolder", "Large");
        return new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }
}
