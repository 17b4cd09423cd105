using System.Text.Json.Nodes;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>
/// A message published as JSON to the root of an ntfy server (docs.ntfy.sh/publish, "Publish as JSON"): <c>topic</c>, <c>title</c>, <c>message</c>, <c>priority</c> 1 to 5,
/// <c>tags</c>, <c>click</c>, up to three <c>actions</c>. <c>sequence_id</c> is the letter's id: the same letter handed over again replaces the first notification (servers since 2.16;
/// older ones show it twice). Text is plain, because nothing says that it is Markdown; more than 4,096 bytes would become a file.
/// </summary>
internal static class NtfyMessage
{
    public const int MostBytes = 4_096;
    public const int LongestTitle = 200;
    public const int MostActions = 3;

    /// <summary>Where the server takes messages: the topic is the last part of the address that people know.</summary>
    public static Uri Server(Uri topic) => new(new Uri(topic, "."), topic.Query);

    public static JsonObject Of(Letter letter, Brief brief, Uri topic) => new()
    {
        ["topic"] = topic.Segments[^1],
        ["title"] = Cut.ToCharacters(brief.Title, LongestTitle),
        ["message"] = Cut.ToBytes(brief.Lines.Count == 0 ? brief.Title : string.Join('\n', brief.Lines), MostBytes),
        ["priority"] = PriorityOf(letter.Kind),
        ["tags"] = new JsonArray("telephone_receiver"),
        ["click"] = brief.Links[0].Address.AbsoluteUri,
        ["actions"] = new JsonArray([.. brief.Links.Take(MostActions).Select(link => new JsonObject
        {
            // Only opens the page: nothing is done by a GET.
            ["action"] = "view", ["label"] = link.Text, ["url"] = link.Address.AbsoluteUri, ["clear"] = true,
        })]),
        ["sequence_id"] = letter.Id.Value,
    };

    private static int PriorityOf(LetterKind kind) => kind switch
    {
        LetterKind.Escalation => 5,
        LetterKind.Alert or LetterKind.Wish => 4,
        LetterKind.Reminder or LetterKind.Reply or LetterKind.Summary or LetterKind.Digest or LetterKind.Trial or LetterKind.Apology or LetterKind.SignIn or LetterKind.CheckBack or LetterKind.Acknowledgement or LetterKind.Tried
            or LetterKind.GaveUp or LetterKind.Event => 3,
    };
}
