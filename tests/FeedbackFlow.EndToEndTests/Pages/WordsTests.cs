using System.Runtime.CompilerServices;
using System.Text.Json;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.App;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

public class WordsTests
{
    [Fact]
    public void Hebrew_and_English_are_there() => Assert.Equal(["en", "he"], Words.Languages);

    [Fact]
    public void Every_language_has_the_same_keys()
    {
        var english = Words.For("en").Keys.Order().ToList();
        foreach (var language in Words.Languages) Assert.Equal(english, Words.For(language).Keys.Order());
    }

    [Fact]
    public void Keys_of_one_group_stand_together_and_in_the_same_order()
    {
        var english = KeysInOrder("en");
        foreach (var language in Words.Languages)
        {
            var keys = KeysInOrder(language);
            Assert.Equal(english, keys);
            var groups = keys.Select(key => key.Split('.')[0]).ToList();
            Assert.Distinct(groups.Where((group, at) => at == 0 || groups[at - 1] != group));
        }
    }

    private static List<string> KeysInOrder(string language, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "..", "src", "FeedbackFlow.App", "Words", language + ".json");
        using var words = JsonDocument.Parse(File.ReadAllText(file));
        return [.. words.RootElement.EnumerateObject().Select(word => word.Name)];
    }

    /// <summary>What one letter is called, wherever it is named.</summary>
    [Fact]
    public void A_digest_and_a_summary_have_each_one_word()
    {
        var hebrew = Words.For("he");
        Assert.Equal(("תמונת מצב", "סיכום"), (hebrew["letter.kind.digest"], hebrew["letter.kind.summary"]));
        Assert.Contains("תמונת מצב", hebrew["settings.digest"], StringComparison.Ordinal);
        foreach (var key in hebrew.Keys.Where(key => key.Split('.').Contains("digest"))) Assert.DoesNotContain("סיכום", hebrew[key], StringComparison.Ordinal);
    }

    /// <summary>A plural form may leave its number out ("שעתיים"), nothing else may be missing or too much.</summary>
    [Fact]
    public void Every_language_fills_the_same_placeholders()
    {
        foreach (var key in Words.For("en").Keys)
        {
            var english = Placeholders(Words.For("en"), key);
            foreach (var language in Words.Languages) Assert.True(english.SetEquals(Placeholders(Words.For(language), key)), $"{key} in {language}");
        }
    }

    /// <summary>What a mail service says of a letter that did not arrive is for machines; a person reads it in words, on the task and in the outbox.</summary>
    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task A_letter_that_did_not_arrive_is_told_of_in_words(string language)
    {
        var words = Words.For(language);
        foreach (var problem in DeliveryReports.Failures.Append(Delivery.NoChannelLeft)) Assert.NotEqual(problem, Assert.IsType<string>(words.Problem(problem)));
        Assert.Null(words.Problem("550 5.1.1 mailbox unavailable"));
        var pages = await EveryPage.RenderAsync(new Samples(language));
        foreach (var page in new[] { "task", "outbox" })
        {
            Assert.Contains(words.Problem("Suppressed")!, System.Net.WebUtility.HtmlDecode(pages[page]), StringComparison.Ordinal);
            Assert.DoesNotContain(">Suppressed<", pages[page], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_text_is_empty()
    {
        foreach (var language in Words.Languages)
        {
            foreach (var key in Words.For(language).Keys) Assert.False(string.IsNullOrWhiteSpace(Words.For(language)[key]), $"{key} in {language}");
        }
    }

    [Theory]
    [InlineData("he", "he")]
    [InlineData("he-IL", "he")]
    [InlineData("EN", "en")]
    [InlineData("ru", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void An_unknown_language_falls_back_to_English(string? asked, string given) => Assert.Equal(given, Words.For(asked).Language);

    [Theory]
    [InlineData("he-IL,he;q=0.9,en-US;q=0.8", "he")]
    [InlineData("fr, EN-GB;q=0.5", "en")]
    [InlineData("ru", "he")]
    [InlineData("", "he")]
    [InlineData(null, "he")]
    [InlineData(";;,-,", "he")]
    public void A_browser_is_answered_in_its_language(string? header, string language) => Assert.Equal(language, Words.Accepted(header, "he"));

    [Fact]
    public void Braces_inside_a_value_stay_what_they_are() =>
        Assert.Equal("Dear {by} {name},", Words.For("en").Say("apology.greeting", ("name", "{by} {name}")));

    [Fact]
    public void A_forgotten_value_is_an_error() => Assert.Throws<ArgumentException>(() => Words.For("en").Say("apology.greeting", ("nam", "Dana")));

    [Theory]
    [InlineData(1, "שעה")]
    [InlineData(2, "שעתיים")]
    [InlineData(3, "3 שעות")]
    [InlineData(11, "11 שעות")]
    public void Hebrew_has_a_dual(int hours, string said) => Assert.Equal(said, Words.For("he").Count("duration.hours", hours));

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public void Every_word_of_the_model_can_be_said(string language)
    {
        var words = Words.For(language);
        var said = new List<string>();
        said.AddRange(Enum.GetValues<Outcome>().Select(words.Outcome));
        said.AddRange(Enum.GetValues<Priority>().Select(words.Priority));
        said.AddRange(Enum.GetValues<PersonRole>().Select(words.Role));
        said.AddRange(Enum.GetValues<Channel>().Select(words.Channel));
        said.AddRange(Enum.GetValues<Sentiment>().Select(words.Sentiment));
        said.AddRange(Enum.GetValues<FindingKind>().Select(words.Finding));
        said.AddRange(Enum.GetValues<TaskEventKind>().Select(words.Event));
        said.AddRange(Enum.GetValues<TaskState>().Select(state => words["state." + Words.Kebab(state.ToString())]));
        said.AddRange(Enum.GetValues<LetterKind>().Select(kind => words["letter.kind." + Words.Kebab(kind.ToString())]));
        said.AddRange(Enum.GetValues<WayKind>().Select(words.Way));
        said.AddRange(Enum.GetValues<WayFailure>().Select(failure => words["way.failure." + Words.Kebab(failure.ToString())]));
        said.AddRange(Enum.GetValues<WayProblem>().Select(problem => words["person.error." + Words.Kebab(problem.ToString())]));
        said.AddRange(Enum.GetValues<ToldBy>().Select(way => words["told." + Words.Kebab(way.ToString())]));
        said.AddRange(Enum.GetValues<RatingScale>().Select(scale => words.Score(new Rating(scale, 1))));
        said.AddRange(
            from kind in Enum.GetValues<SignalKind>()
            from strength in new SignalStrength?[] { null, SignalStrength.Threat, SignalStrength.Decided, SignalStrength.Done, SignalStrength.Considering }
            select words.Signal(kind, strength));
        said.AddRange(Enum.GetValues<Outcome>().SelectMany(CloseReasons.For).Select(choice => CloseReasons.Say(words, choice)));
        said.AddRange(Enum.GetValues<ReasonKind>().Select(kind => words.Reason(new Reason(kind))));
        said.AddRange(Enum.GetValues<ReceiptResult>().Select(result => words["receipt." + Words.Kebab(result.ToString())]));
        said.AddRange(Enum.GetValues<SignatureResult>().Where(result => result != SignatureResult.Genuine).Select(result => words.Refusal(ReceiveHook.Words.Of(result))));
        said.AddRange(Enum.GetValues<RefusalReason>().Select(reason => words.Refusal(ReceiveHook.Words.Of(reason))));
        said.AddRange(FormatTable.All.Select(format => words["source.proof." + format.Proof.Name]));
        said.AddRange(Mapping.Own.Fields.Select(field => words["source.mapping." + field.Field]));
        Assert.All(said, text => Assert.NotEmpty(text));
    }

    [Theory]
    [InlineData("he", "איום לפרסם ברבים, פנייה שלישית בלי מענה, ציון נמוך (1\u00a0מתוך\u00a05)")]
    [InlineData("en", "threat to go public, third contact without an answer, low score (1\u00a0of\u00a05)")]
    public void Reasons_are_told_in_words(string language, string told) => Assert.Equal(told, Words.For(language).Reasons(new Samples(language).Task.Reasons));

    [Theory]
    [InlineData(2, "פנייה שנייה בלי מענה")]
    [InlineData(10, "פנייה עשירית בלי מענה")]
    [InlineData(11, "11 פניות בלי מענה")]
    [InlineData(1, "פנייה בלי מענה")]
    public void Unanswered_contacts_are_counted(int count, string told) =>
        Assert.Equal(told, Words.For("he").Reason(new Reason(ReasonKind.Unanswered, Count: count)));

    [Theory]
    [InlineData("ru", "נכתב בשפה אחרת: רוסית")]
    [InlineData("xx", "נכתב בשפה אחרת: xx")]
    [InlineData(null, "נכתב בשפה אחרת: שפה לא מזוהה")]
    public void Another_language_is_named(string? code, string told) =>
        Assert.Equal(told, Words.For("he").Reason(new Reason(ReasonKind.OtherLanguage, Detail: code)));

    [Theory]
    [InlineData("solved", null, "התקלה נפתרה")]
    [InlineData("solved", "  בטלפון ", "התקלה נפתרה: בטלפון")]
    [InlineData("other", "שיחה נעימה", "שיחה נעימה")]
    [InlineData("other", " ", null)]
    [InlineData(null, null, null)]
    [InlineData("price", null, null)]
    public void A_reason_is_a_choice_a_text_or_both(string? choice, string? text, string? composed) =>
        Assert.Equal(composed, CloseReasons.Compose(Words.For("he"), Outcome.Saved, choice, text));

    private static HashSet<string> Placeholders(Words words, string key)
    {
        var isPluralForm = key.EndsWith(".one", StringComparison.Ordinal) || key.EndsWith(".two", StringComparison.Ordinal);
        return words.Pieces(key).Where(piece => piece.IsPlaceholder && !(isPluralForm && piece.Text == "n")).Select(piece => piece.Text).ToHashSet();
    }
}
