using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>What letters to people who work here say in a few lines, for chats and phones.</summary>
public class BriefTests
{
    public static TheoryData<string> Languages => ["he", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Briefs_read_as_approved(string language)
    {
        foreach (var (name, draft) in new Samples(language).Letters)
        {
            var brief = (await EveryPage.WriteAsync(draft)).Brief;
            Assert.Equal(draft is AlertDraft or ReminderDraft or EscalationDraft or WishDraft or SummaryDraft or TrialDraft, brief is not null);
            if (brief is not null)
                Approved.Matches($"{brief.Title}\n\n{string.Join('\n', brief.Lines)}\n\n{string.Join('\n', brief.Links.Select(link => $"{link.Text}: {link.Address}"))}\n", $"{name}.{language}.brief.txt");
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_taps_are_those_of_the_letter_and_no_way_to_the_customer_is_in_it(string language)
    {
        var samples = new Samples(language);
        var brief = (await EveryPage.WriteAsync(samples.Alert)).Brief!;
        Assert.Equal([samples.Alert.Links[LinkPurpose.Claim], samples.Alert.TaskPage], brief.Links.Select(link => link.Address));
        var all = brief.Title + string.Concat(brief.Lines);
        foreach (var contact in new[] { samples.Alert.Task.Contact.Phone!, samples.Alert.Task.Contact.Email! }) Assert.DoesNotContain(contact, all, StringComparison.Ordinal);
        Assert.True(all.Length < 500);
    }

    [Fact]
    public async Task A_summary_names_the_most_pressing_and_counts_the_rest()
    {
        var samples = new Samples("en");
        var many = samples.Summary with { Lines = [.. Enumerable.Repeat(samples.Summary.Lines[0], 20)] };
        var brief = (await EveryPage.WriteAsync(many)).Brief!;
        Assert.Equal((9, "and 12 more tasks"), (brief.Lines.Count, brief.Lines[^1]));
    }

    [Theory]
    [MemberData(nameof(HostileTextTests.Everything), MemberType = typeof(HostileTextTests))]
    public async Task What_people_typed_stands_on_its_line_between_isolates(string language, string hostile)
    {
        var samples = new Samples(language) { CustomerName = hostile, OwnerName = hostile, BusinessName = hostile, Text = hostile, Typed = hostile };
        foreach (var brief in (await Task.WhenAll(samples.Letters.Values.Select(EveryPage.WriteAsync))).Select(letter => letter.Brief).OfType<Brief>())
        {
            foreach (var line in brief.Lines.Append(brief.Title))
            {
                Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or '\u2066' or '\u2067');
                Assert.Equal(line.Count(c => c == '\u2068'), line.Count(c => c == '\u2069'));
            }
        }
    }
}
