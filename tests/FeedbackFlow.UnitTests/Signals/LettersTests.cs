using System.Globalization;
using System.Text;
using FeedbackFlow.Pipeline.Signals;
using Xunit;

namespace FeedbackFlow.Tests.Signals;

public sealed class LettersTests
{
    [Theory]
    [InlineData('é', 'e')]
    [InlineData('Ā', 'a')]
    [InlineData('Ж', 'ж')]
    [InlineData('Ａ', 'a')]
    [InlineData('\uFB35', 'ו')]
    [InlineData('\uFB26', 'מ')]
    [InlineData('ﬁ', 'f')]
    [InlineData('한', '\u1112')]
    [InlineData('ß', 'ß')]
    [InlineData('漢', '漢')]
    public void A_letter_is_folded_to_the_shape_in_which_words_are_compared(char letter, char folded) => Assert.Equal(folded, Letters.Fold(letter));

    /// <summary>The table was written with a Unicode library; the machine's own says the same of every code unit that the runtime knows.</summary>
    [Fact]
    public void The_table_says_what_a_Unicode_library_says()
    {
        if ("é".Normalize(NormalizationForm.FormKD) == "é") Assert.Skip("This machine has no Unicode library to compare with.");
        var wrong = Enumerable.Range('\u0080', char.MaxValue - '\u0080' + 1).Select(unit => (char)unit)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned) && Letters.Fold(c) != Expected(c))
            .Select(c => $"{(int)c:X4} is {(int)Letters.Fold(c):X4}, not {(int)Expected(c):X4}");
        Assert.Empty(wrong);
    }

    private static char Expected(char c)
    {
        if (c is >= 'א' and <= 'ת' || Letters.IsApostrophe(c) || Letters.IsGershayim(c)) return Letters.Fold(c);
        var plain = c.ToString().Normalize(NormalizationForm.FormKD)[0];
        return plain == c ? char.ToLowerInvariant(c) : Letters.Fold(plain);
    }
}
