using FeedbackFlow.Pipeline.Signals;
using Xunit;

namespace FeedbackFlow.Tests.Signals;

/// <summary>What is learned of "I will cancel" in English counts for "אבטל" in Hebrew, in every form of the verb.</summary>
public class ConceptTests
{
    [Theory]
    [InlineData("I will cancel", "אבטל")]
    [InlineData("I will cancel", "ואבטל")]
    [InlineData("we will switch", "נעבור")]
    [InlineData("I cancelled", "ביטלתי")]
    [InlineData("to cancel", "לבטל")]
    [InlineData("you promised", "הבטחתם")]
    [InlineData("a lawyer", "פרקליט")]
    [InlineData("neighbours", "לשכנים")]
    public void Both_languages_say_it_with_the_same_concepts(string english, string hebrew)
    {
        Assert.NotEmpty(ConceptsOf(english));
        Assert.Equal(ConceptsOf(english).Order(), ConceptsOf(hebrew).Order());
    }

    [Theory]
    [InlineData("lawyer", "cancel")]
    [InlineData("neighbour", "competitor")]
    public void Words_that_mean_something_else_have_other_concepts(string one, string other) =>
        Assert.NotEqual(ConceptsOf(one), ConceptsOf(other));

    [Fact]
    public void A_word_that_is_no_word_has_none() => Assert.Empty(ConceptsOf("qwzrtp " + new string('א', 300)));

    private static int[] ConceptsOf(string text)
    {
        var cut = Tokenizer.Cut(text);
        return new ConceptReading(cut.Tokens).Between(0, cut.Count).ToArray();
    }
}
