using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class LinkTests
{
    private const string Secret = "9f86d081884c7d659a2feaa0c55ad015";

    [Fact]
    public void A_link_is_over_from_its_last_moment_on()
    {
        var link = new Link("h", LinkPurpose.Claim, null, null, null, null, A.Now, null);
        Assert.False(link.IsOver(A.Now.AddTicks(-1)));
        Assert.True(link.IsOver(A.Now));
        Assert.False((link with { Until = null }).IsOver(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Links_live_as_long_as_their_purpose_needs() =>
        Assert.Equal((60, 14, 15, 90), (Link.FormLife.TotalDays, Link.ActionLife.TotalDays, Link.SignInLife.TotalMinutes, Link.CustomerPageLife.TotalDays));

    [Fact]
    public void A_token_is_the_business_and_128_random_bits()
    {
        var tokens = Enumerable.Range(0, 1_000).Select(_ => Token.New("demo")).ToList();
        Assert.All(tokens, token => Assert.Matches("^demo\\.[0-9a-f]{32}$", token));
        Assert.Equal(1_000, tokens.Distinct().Count());
        Assert.All(Enumerable.Range("demo.".Length, 32), place => Assert.True(tokens.Select(token => token[place]).Distinct().Count() > 8));
    }

    [Fact]
    public void A_token_names_its_business()
    {
        Assert.Equal("demo", Token.BusinessOf(Token.New("demo")));
        Assert.Equal("ab", Token.BusinessOf("ab." + Secret));
        Assert.Equal(new string('a', 40), Token.BusinessOf(new string('a', 40) + "." + Secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData(Secret)]
    [InlineData("." + Secret)]
    [InlineData("a." + Secret)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa." + Secret)]
    [InlineData("demo." + Secret + "0")]
    [InlineData("demo.9f86d081884c7d659a2feaa0c55ad01")]
    [InlineData("demo-" + Secret)]
    [InlineData("my.shop." + Secret)]
    public void What_has_not_the_form_of_a_token_names_none(string token) => Assert.Null(Token.BusinessOf(token));

    [Fact]
    public void A_token_is_stored_as_its_hash() => Assert.Equal(SubmissionKey.Sha256("demo." + Secret), Token.Hash("demo." + Secret));

    [Theory]
    [InlineData("https://feedback.example.com/")]
    [InlineData("https://example.com/feedback/")]
    public void Addresses_begin_with_the_public_address(string publicUrl)
    {
        var site = new SiteAddresses(new(publicUrl));
        Assert.Equal(publicUrl + "a/demo." + Secret, site.Action("demo." + Secret).ToString());
        Assert.Equal(publicUrl + "f/demo." + Secret, site.Form("demo." + Secret).ToString());
        Assert.Equal(publicUrl + "b/demo", site.OpenForm("demo").ToString());
        Assert.Equal(publicUrl + "manage/sign-in/demo." + Secret, site.SignIn("demo." + Secret).ToString());
        Assert.Equal(publicUrl + "manage/tasks/" + A.Task().Id, site.TaskPage(A.Task().Id).ToString());
        Assert.Equal(publicUrl + "manage", site.Board.ToString());
        Assert.Equal(publicUrl + "hooks/demo/google", site.Hook("demo", "google").ToString());
        Assert.Equal(publicUrl + "p/demo." + Secret, site.CustomerPage("demo." + Secret, null).ToString());
        Assert.Equal(publicUrl + "p/demo." + Secret + "?lang=en", site.CustomerPage("demo." + Secret, "en").ToString());
    }
}
