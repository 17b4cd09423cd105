using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using FeedbackFlow.Adapters.Channels.Ways;
using FeedbackFlow.Pipeline.Outbox;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

/// <summary>What each way says, as its vendor documents the format, whatever a customer typed and however much of it.</summary>
public class WayFormatTests
{
    private static readonly Uri Topic = new("https://ntfy.example/alerts-9f86");
    private static readonly string Endless = string.Concat(Enumerable.Repeat("😀<&ש", 5_000));

    [Fact]
    public void Teams_gets_one_adaptive_card_whose_words_are_plain_runs()
    {
        var message = TeamsCard.Of(Briefs.Of("Dana <at>x</at> [go](https://evil.example)", "one", "two"), "he");
        Assert.True(JsonNode.DeepEquals(message, JsonNode.Parse($$"""
            {
              "type": "message",
              "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": null,
                "content": {
                  "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.5", "lang": "he", "rtl": true, "msteams": { "width": "Full" },
                  "body": [
                    { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "\u2068Dana <at>x</at> [go](https://evil.example)\u2069: איום לעזוב · להתקשר עד 13:45", "weight": "Bolder", "size": "Large" }] },
                    { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "one" }] },
                    { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "two" }] }
                  ],
                  "actions": [
                    { "type": "Action.OpenUrl", "title": "לוקח על עצמי", "url": "{{Briefs.Claim}}" },
                    { "type": "Action.OpenUrl", "title": "לפתוח את הפנייה", "url": "{{Briefs.Page}}" }
                  ]
                }
              }]
            }
            """)), message.ToJsonString());
        Assert.False((bool)TeamsCard.Of(Briefs.Of(), "en")["attachments"]![0]!["content"]!["rtl"]!);
    }

    [Fact]
    public void Slack_gets_text_and_blocks_in_which_a_customer_can_begin_nothing()
    {
        var message = SlackMessage.Of(Briefs.Of());
        Assert.Equal(["text", "unfurl_links", "unfurl_media", "blocks"], message.Select(member => member.Key));
        var texts = message["blocks"]!.AsArray().Select(block => block!["text"]!).ToList();
        Assert.All(texts, text => Assert.Equal(("mrkdwn", true), ((string)text["type"]!, (bool)text["verbatim"]!)));
        Assert.All(message["blocks"]!.AsArray(), block => Assert.Equal("section", (string)block!["type"]!));

        // The only angle brackets are those of our own two links.
        var all = string.Join('\n', texts.Select(text => (string)text["text"]!));
        Assert.Equal($"<{Briefs.Claim}|לוקח על עצמי>   <{Briefs.Page}|לפתוח את הפנייה>", (string)texts[^1]["text"]!);
        Assert.Equal(2, all.Count(c => c == '<'));
        Assert.Contains("&lt;!channel&gt; &lt;@U1|x&gt;", all, StringComparison.Ordinal);
        Assert.Contains("&amp;amp;", all, StringComparison.Ordinal);
        Assert.Equal(2, ((string)texts[0]["text"]!).Count(c => c == '*'));
        Assert.DoesNotContain('<', (string)message["text"]!);
    }

    [Fact]
    public void Ntfy_gets_json_at_its_root_with_the_letters_id_as_the_sequence()
    {
        var letter = Briefs.Letter(Briefs.Of("Dana", "one", "two"));
        Assert.Equal(new Uri("https://ntfy.example/"), NtfyMessage.Server(Topic));
        Assert.Equal(new Uri("https://host.example/ntfy/?auth=abc"), NtfyMessage.Server(new("https://host.example/ntfy/topic?auth=abc")));
        Assert.True(JsonNode.DeepEquals(NtfyMessage.Of(letter, letter.Brief!, Topic), JsonNode.Parse($$"""
            {
              "topic": "alerts-9f86", "title": "\u2068Dana\u2069: איום לעזוב · להתקשר עד 13:45", "message": "one\ntwo", "priority": 4, "tags": ["telephone_receiver"], "click": "{{Briefs.Claim}}",
              "actions": [
                { "action": "view", "label": "לוקח על עצמי", "url": "{{Briefs.Claim}}", "clear": true },
                { "action": "view", "label": "לפתוח את הפנייה", "url": "{{Briefs.Page}}", "clear": true }
              ],
              "sequence_id": "{{letter.Id.Value}}"
            }
            """)));
        Assert.Equal(5, (int)NtfyMessage.Of(letter with { Kind = LetterKind.Escalation }, letter.Brief!, Topic)["priority"]!);
        Assert.Equal(3, (int)NtfyMessage.Of(letter with { Kind = LetterKind.Reminder }, letter.Brief!, Topic)["priority"]!);
    }

    [Fact]
    public void Endless_words_are_cut_to_each_formats_length_with_an_ellipsis_and_no_half_character()
    {
        var brief = Briefs.Of(Endless, [.. Enumerable.Repeat($"\u2068{Endless}\u2069", 40)]);
        var widest = Briefs.Of(new string('字', 5_000), [.. Enumerable.Repeat(new string('字', 5_000), 40)]);
        Assert.InRange(Encoding.UTF8.GetByteCount(TeamsCard.Of(widest, "he").ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })), 20_000, 28 * 1_024);
        var runs = TeamsCard.Of(brief, "he")["attachments"]![0]!["content"]!["body"]!.AsArray().Select(block => (string)block!["inlines"]![0]!["text"]!).ToList();
        Assert.Equal(1 + TeamsCard.MostLines, runs.Count);
        Assert.All(runs, run => AssertCut(run, TeamsCard.LongestLine));

        var slack = SlackMessage.Of(brief);
        Assert.All(slack["blocks"]!.AsArray(), block => Assert.InRange(((string)block!["text"]!["text"]!).Length, 1, SlackMessage.LongestText));
        AssertWellFormed((string)slack["blocks"]![1]!["text"]!["text"]!);

        var ntfy = NtfyMessage.Of(Briefs.Letter(brief), brief, Topic);
        AssertCut((string)ntfy["title"]!, NtfyMessage.LongestTitle);
        AssertWellFormed((string)ntfy["message"]!);
        Assert.InRange(Encoding.UTF8.GetByteCount((string)ntfy["message"]!), NtfyMessage.MostBytes - 40, NtfyMessage.MostBytes);

        var sms = SmsText.Of(brief.Title, Briefs.Claim);
        Assert.Equal(SmsText.MostSegments, SmsText.Segments(sms));
        Assert.EndsWith("…\n" + Briefs.Claim, sms, StringComparison.Ordinal);
        AssertWellFormed(sms);
    }

    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(459, 'a', 3)]
    [InlineData(460, 'a', 4)]
    [InlineData(80, '€', 1)]
    [InlineData(81, '€', 2)]
    [InlineData(70, 'ש', 1)]
    [InlineData(71, 'ש', 2)]
    [InlineData(134, 'ש', 2)]
    [InlineData(201, 'ש', 3)]
    [InlineData(202, 'ש', 4)]
    public void Segments_are_counted_as_the_networks_do(int count, char c, int segments) => Assert.Equal(segments, SmsText.Segments(new string(c, count)));

    [Fact]
    public void An_English_sms_stays_in_the_alphabet_that_has_room_and_has_one_link()
    {
        var sms = SmsText.Of("\u2068Dana O’Neil\u2069: threat to leave – call by 13:45…", Briefs.Claim);
        Assert.Equal("Dana O'Neil: threat to leave - call by 13:45...\n" + Briefs.Claim, sms);
        Assert.Equal(1, SmsText.Segments(sms));
    }

    [Fact]
    public void An_sms_is_never_longer_than_it_may_be_whatever_is_said()
    {
        foreach (var c in new[] { "a", "ש", "€", "😀", "é", "👩‍👩‍👧", "\u2068" })
        {
            for (var count = 0; count < 500; count += 7)
            {
                var sms = SmsText.Of(string.Concat(Enumerable.Repeat(c, count)), Briefs.Claim);
                Assert.InRange(SmsText.Segments(sms), 1, SmsText.MostSegments);
                Assert.EndsWith(Briefs.Claim.ToString(), sms, StringComparison.Ordinal);
            }
        }
    }

    private static void AssertCut(string text, int longest)
    {
        Assert.InRange(text.Length, 1, longest);
        Assert.Contains('…', text);
        // What was opened is closed.
        Assert.Equal(text.Count(c => c == '\u2068'), text.Count(c => c == '\u2069'));
        AssertWellFormed(text);
    }

    private static void AssertWellFormed(string text) => Assert.DoesNotContain('\ufffd', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
}
