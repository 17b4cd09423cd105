using System.Text.Json.Nodes;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>
/// A message for a Slack incoming webhook (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; Mattermost and Rocket.Chat take the same). The signs with which
/// Slack begins mentions, channels and links (&amp;, &lt;, &gt;) are written as entities (docs.slack.dev/messaging/formatting-message-text, "Escaping text"), and <c>verbatim</c>
/// keeps it from finding more in the words. Links are text and no buttons: a button wants an app that answers it.
/// </summary>
internal static class SlackMessage
{
    /// <summary>A section's text has at most 3,000 characters; the entities count.</summary>
    public const int LongestText = 3_000;
    public const int LongestTitle = 300;
    public const int LongestLine = 600;
    public const int MostLines = 12;

    public static JsonObject Of(Brief brief) => new()
    {
        ["text"] = Escaped(Cut.ToCharacters(brief.Title, LongestTitle)),
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
        ["blocks"] = new JsonArray(
        [
            Section("*" + Emphasised(Cut.ToCharacters(brief.Title, LongestTitle)) + "*"),
            .. brief.Lines.Count == 0 ? Array.Empty<JsonNode>() : [Section(string.Join('\n', brief.Lines.Take(MostLines).Select(line => Cut.ToCharacters(line, LongestLine))), escape: true)],
            Section(string.Join("   ", brief.Links.Select(link => $"<{Escaped(link.Address.AbsoluteUri)}|{Escaped(link.Text.Replace('|', ' '))}>"))),
        ]),
    };

    public static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Between our own asterisks another one would end the bold.</summary>
    private static string Emphasised(string text) => Escaped(text.Replace('*', '∗'));

    private static JsonObject Section(string text, bool escape = false) => new()
    {
        ["type"] = "section",
        ["text"] = new JsonObject
        {
            ["type"] = "mrkdwn", ["verbatim"] = true, ["text"] = escape ? Escaped(Cut.To(text, LongestText, cut => Escaped(cut).Length)) : text,
        },
    };
}
