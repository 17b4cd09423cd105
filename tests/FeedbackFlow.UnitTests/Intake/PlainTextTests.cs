using System.Text;
using FeedbackFlow.Pipeline.Intake;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FeedbackFlow.Tests.Intake;

public class PlainTextTests
{
    private static readonly Arbitrary<string> AnyText = Arb.From(
        Gen.ArrayOf(Gen.Elements("abשל\ud83d\ude00\ud83d\ude00\u202e\u2066\u2028\r\n\t\0 \u0085\u05b8".ToCharArray())).Select(characters => new string(characters)));

    [Theory]
    [InlineData("שָׁלוֹם")]
    [InlineData("👍🏽 מצוין\r\n\tתודה")]
    [InlineData("")]
    public void Well_formed_text_is_the_very_same(string text) => Assert.Same(text, PlainText.WellFormed(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_where_it_stands()
    {
        Assert.Equal("a\ufffdb", PlainText.WellFormed("a\ud83db"));
        Assert.Equal("\ufffd😀", PlainText.WellFormed("\ude00😀"));
        Assert.Equal("😀\ufffd", PlainText.WellFormed("😀\ud83d"));
        Assert.Equal("\ufffd😀", PlainText.WellFormed("\ud83d😀"));
        Assert.Equal("\ufffd\ufffd", PlainText.WellFormed("\ude00\ud83d"));
    }

    [Fact]
    public void Whatever_comes_in_can_be_stored_and_keeps_its_offsets() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyText, text =>
        {
            var kept = PlainText.WellFormed(text);
            return kept.Length == text.Length
                && new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(kept) >= 0
                && kept.Zip(text).All(pair => pair.First == pair.Second || (pair.First == '\ufffd' && char.IsSurrogate(pair.Second)));
        }));

    [Theory]
    [InlineData("  נועה   לוי ", "נועה לוי")]
    [InlineData("נועה\r\nBcc: all@example.com", "נועה Bcc: all@example.com")]
    [InlineData("a\tb\0c\u0085d\u2028e\u2029f", "a b c d e f")]
    [InlineData("\u202egpj.exe\u202c", "gpj.exe")]
    [InlineData("\u2066a\u2067b\u2068c\u2069d\u202ae\u202bf\u202dg", "abcdefg")]
    [InlineData("\u202e\u2069", "")]
    [InlineData("נועה\u200f!", "נועה\u200f!")]
    public void A_name_is_one_line_that_cannot_turn_the_text_around(string text, string expected) => Assert.Equal(expected, PlainText.OneLine(text));

    [Fact]
    public void A_name_with_half_a_surrogate_pair_can_be_stored() => Assert.Equal("a\ufffd b", PlainText.OneLine("a\ud83d\nb"));

    [Fact]
    public void One_line_has_no_controls_no_overrides_and_stays_as_it_is() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyText, text =>
        {
            var line = PlainText.OneLine(text);
            return !line.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
                && PlainText.OneLine(line) == line;
        }));
}
