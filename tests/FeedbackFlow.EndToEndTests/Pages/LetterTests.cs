using AngleSharp.Html.Parser;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

public class LetterTests
{
    public static TheoryData<string, string> EveryLetter
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var language in new[] { "he", "en" })
            {
                foreach (var name in new Samples(language).Letters.Keys) data.Add(language, name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryLetter))]
    public async Task Letters_read_as_approved(string language, string name)
    {
        var letter = await EveryPage.WriteAsync(new Samples(language).Letters[name]);
        Approved.Matches($"{letter.Subject}\n\n{letter.Text}", $"{name}.{language}.txt");
        Approved.Matches(letter.Html, $"{name}.{language}.html");
    }

    [Theory]
    [InlineData("he", "דנה כהן: איום לפרסם ברבים · להתקשר עד 15:40")]
    [InlineData("en", "Dana Cohen: threat to go public · call by 15:40")]
    public async Task An_alert_can_be_read_on_a_lock_screen(string language, string subject)
    {
        var letter = await EveryPage.WriteAsync(new Samples(language).Alert);
        Assert.Equal(subject, letter.Subject);
        Assert.InRange(letter.Subject.Length, 1, 60);
    }

    [Theory]
    [InlineData(null, "054-555-0123: איום לפרסם ברבים · להתקשר עד 15:40")]
    [InlineData("  \u202e ", "054-555-0123: איום לפרסם ברבים · להתקשר עד 15:40")]
    public async Task An_alert_without_a_name_gives_the_number(string? name, string subject)
    {
        var alert = new Samples("he").Alert;
        Assert.Equal(subject, (await EveryPage.WriteAsync(alert with { Task = alert.Task with { Contact = alert.Task.Contact with { Name = name } } })).Subject);
    }

    [Fact]
    public async Task An_alert_about_nobody_asks_to_see_to_it()
    {
        var alert = new Samples("he").Alert;
        Assert.Equal("פנייה בלי שם: איום לפרסם ברבים · לטפל עד 15:40", (await EveryPage.WriteAsync(alert with { Task = alert.Task with { Contact = Contact.None } })).Subject);
    }

    [Fact]
    public async Task A_very_long_name_does_not_push_the_deadline_off_the_screen()
    {
        var letter = await EveryPage.WriteAsync((new Samples("he") { CustomerName = new string('א', 500) }).Alert);
        Assert.EndsWith("עד 15:40", letter.Subject, StringComparison.Ordinal);
        Assert.InRange(letter.Subject.Length, 1, 100);
    }

    [Fact]
    public async Task The_alert_marks_the_evidence_in_the_words()
    {
        var samples = new Samples("he");
        var letter = new HtmlParser().ParseDocument((await EveryPage.WriteAsync(samples.Alert)).Html);
        var marked = letter.QuerySelectorAll("mark").Select(mark => mark.TextContent).ToList();
        Assert.Equal(["אדאג לשתף את כל מי שאני רק יכולה", "שמונה ימים אני מנסה להשיג אתכם", "אדאג לשתף את כל מי שאני רק יכולה"], marked);
    }

    [Fact]
    public async Task A_weak_signal_is_not_marked()
    {
        var samples = new Samples("he");
        var weak = samples.Reading with { Signals = [.. samples.Reading.Signals.Select(signal => signal with { Confidence = 0.3 })] };
        var letter = new HtmlParser().ParseDocument((await EveryPage.WriteAsync(samples.Alert with { Reading = weak, Task = samples.Task with { Reasons = [new(ReasonKind.AsksForCall)] } })).Html);
        Assert.Empty(letter.QuerySelectorAll("mark"));
    }

    [Fact]
    public async Task At_most_a_thousand_characters_are_quoted_and_the_rest_is_linked()
    {
        var alert = new Samples("he").AlertThatJoined;
        Assert.True(alert.Feedback.Text!.Length > 1_000);
        var letter = await EveryPage.WriteAsync(alert);
        var quoted = string.Join('\n', letter.Text.Split('\n').Where(line => line.StartsWith('>')).Select(line => line[1..].TrimStart()));
        Assert.InRange(quoted.Length, 500, 1_010);
        Assert.Contains(alert.TaskPage.ToString(), new HtmlParser().ParseDocument(letter.Html).QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task Numbers_and_addresses_stand_alone_in_plain_text(string language)
    {
        foreach (var (_, draft) in new Samples(language).Letters)
        {
            foreach (var line in (await EveryPage.WriteAsync(draft)).Text.Split('\n').Where(line => !line.StartsWith('>')))
            {
                if (line.Contains("://", StringComparison.Ordinal)) Assert.Matches("^https://[^ ]+$", line);
                if (line.Contains("555-", StringComparison.Ordinal)) Assert.Matches("^[0-9-]+$", line);
            }
        }
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task An_apology_has_no_review_link_and_no_blame_where_none_may_be_taken(string language)
    {
        var samples = new Samples(language);
        var (apology, acknowledgement) = (await EveryPage.WriteAsync(samples.Apology), await EveryPage.WriteAsync(samples.PlainApology));
        Assert.DoesNotContain("reviews.example.com", apology.Html + apology.Text, StringComparison.Ordinal);
        Assert.Contains(App.Words.For(language)["apology.ours"], apology.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(App.Words.For(language)["apology.ours"], acknowledgement.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_outlive_their_use_only_until_it_ends()
    {
        var samples = new Samples("he");
        Assert.Equal(samples.Task.Promise.By, (await EveryPage.WriteAsync(samples.Apology)).UsefulUntil);
        Assert.Equal(samples.Task.Promise.By, (await EveryPage.WriteAsync(samples.Reminder)).UsefulUntil);
        Assert.Equal(Samples.Now.AddMinutes(15), (await EveryPage.WriteAsync(samples.SignIn)).UsefulUntil);
        Assert.Null((await EveryPage.WriteAsync(samples.Alert)).UsefulUntil);
        Assert.Null((await EveryPage.WriteAsync(samples.Escalation)).UsefulUntil);
    }

    [Fact]
    public async Task A_letter_is_in_the_language_of_its_reader()
    {
        var alert = new Samples("he").Alert;
        var letter = await EveryPage.WriteAsync(alert with { To = alert.To with { Language = "en" } });
        Assert.Equal("דנה כהן: threat to go public · call by 15:40", letter.Subject);
        Assert.Contains("lang=\"en\"", letter.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LadderStep.Overdue, "דנה כהן: המועד עבר · הובטח עד 15:40")]
    [InlineData(LadderStep.Again, "דנה כהן: עדיין בהמתנה · הובטח עד 15:40")]
    [InlineData(LadderStep.Broken, "דנה כהן: ההבטחה נשברה · הובטח עד 15:40")]
    public async Task An_escalation_says_how_bad_it_is(LadderStep step, string subject) =>
        Assert.Equal(subject, (await EveryPage.WriteAsync(new Samples("he").Escalation with { Step = step })).Subject);

    [Fact]
    public async Task A_target_that_nobody_was_told_is_no_promise()
    {
        var escalation = new Samples("he").Escalation;
        var untold = escalation with { Step = LadderStep.Broken, Task = escalation.Task with { Promise = escalation.Task.Promise with { Told = [] } } };
        var letter = await EveryPage.WriteAsync(untold);
        Assert.Equal("דנה כהן: היעד הוחמץ · היעד עד 15:40", letter.Subject);
        Assert.DoesNotContain("הובטח", letter.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("דנה כהן־לוי", "שלום דנה כהן־לוי,")]
    [InlineData("ד״ר ג׳ון O'Neil", "שלום ד״ר ג׳ון O'Neil,")]
    [InlineData("www.example.com", "שלום,")]
    [InlineData("מבצע ב https://example.com/x", "שלום,")]
    [InlineData("חייגו 1900123456", "שלום,")]
    [InlineData("שם ארוך מאוד שהוא בעצם הודעה שלמה שמישהו אחר ביקש לשלוח", "שלום,")]
    public async Task A_greeting_carries_a_name_and_no_message(string name, string greeting) =>
        Assert.StartsWith(greeting + "\n", (await EveryPage.WriteAsync((new Samples("he") { CustomerName = name }).Apology)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_letter_carries_what_its_sending_needs()
    {
        var samples = new Samples("he");
        var letter = await EveryPage.WriteAsync(samples.Alert);
        Assert.Equal(
            (LetterKind.Alert, "carmel", samples.BusinessName, "service@example.com", samples.Task.Id, Samples.Now),
            (letter.Kind, letter.Business, letter.FromName, letter.ReplyTo, letter.Task, letter.WrittenAt));
        Assert.Equal(LetterId.From("l3"), letter.Id);
    }
}
