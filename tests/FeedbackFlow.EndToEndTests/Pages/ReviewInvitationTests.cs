using AngleSharp.Html.Parser;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Recovery;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>Everyone gets the same invitation (design 4.10). The page knows no score; what a score leads to changes nothing either.</summary>
public class ReviewInvitationTests
{
    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task The_invitation_is_the_same_whatever_the_score_led_to(string language)
    {
        var samples = new Samples(language);
        AnswerModel[] answers =
        [
            samples.Answer,
            samples.PlainAnswer,
            samples.AnswerWithoutWayBack,
            samples.Answer with { Again = true },
            samples.Answer with { Promise = new(samples.OwnerName, PersonRole.Owner, Samples.Now.AddDays(1), ByPhone: false, null) },
        ];
        var blocks = new List<string>();
        foreach (var answer in answers)
        {
            var page = new HtmlParser().ParseDocument(await EveryPage.RenderAsync<AnswerPage>(new() { ["Model"] = answer }));
            var block = page.QuerySelector("#review")!;
            Assert.Same(block, page.QuerySelector("main")!.LastElementChild);
            Assert.Equal(2, page.QuerySelector("main")!.ChildElementCount);
            blocks.Add(block.OuterHtml);
        }

        Assert.Single(blocks.Distinct());
        Assert.Contains("https://reviews.example.com/carmel", blocks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_the_page_is_given_tells_it_the_score() =>
        Assert.DoesNotContain(typeof(AnswerModel).GetProperties(), property => property.Name.Contains("Score", StringComparison.Ordinal) || property.Name.Contains("Rating", StringComparison.Ordinal));
}
