using FeedbackFlow.Pipeline.Intake;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FeedbackFlow.Tests.Intake;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("0541234567")]
    [InlineData("054-123-4567")]
    [InlineData("054-1234567")]
    [InlineData(" 054 123 4567 ")]
    [InlineData("054.123.4567")]
    [InlineData("054/1234567")]
    [InlineData("(054) 123-4567")]
    [InlineData("054\u20111234567")]
    [InlineData("054\u20131234567")]
    [InlineData("054\u05be1234567")]
    [InlineData("054\u00a0123\u00a04567")]
    [InlineData("+972541234567")]
    [InlineData("+972 54 123 4567")]
    [InlineData("+972-54-1234567")]
    [InlineData("972541234567")]
    [InlineData("00972541234567")]
    [InlineData("+972 054 123 4567")]
    [InlineData("+972 (0)54-123-4567")]
    [InlineData("972054-123-4567")]
    public void One_mobile_number_is_written_in_many_ways(string text) => Assert.Equal("+972541234567", PhoneNumber.Normalise(text));

    /// <summary>Contacts copied from a phone or a chat come wrapped in marks that nobody sees: iOS wraps in U+202D, Android in U+2066.</summary>
    [Theory]
    [InlineData("\u200f054-123-4567\u200f")]
    [InlineData("\u200e+972 54-123-4567")]
    [InlineData("\u202a+972 54-123-4567\u202c")]
    [InlineData("\u202b054-123-4567\u202c")]
    [InlineData("\u202d054-123-4567\u202c")]
    [InlineData("\u2066+972 54-123-4567\u2069")]
    [InlineData("\u2068054-123-4567\u2069")]
    [InlineData("\ufeff054-123-4567")]
    public void Direction_marks_around_a_number_do_not_count(string text) => Assert.Equal("+972541234567", PhoneNumber.Normalise(text));

    [Theory]
    [InlineData("03-123-4567", "+97231234567")]
    [InlineData("04 1234567", "+97241234567")]
    [InlineData("+972 9 123 4567", "+97291234567")]
    [InlineData("077-123-4567", "+972771234567")]
    [InlineData("+972 1700 123 456", "+9721700123456")]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    [InlineData("001 212 555 0100", "+12125550100")]
    [InlineData("+1234567", "+1234567")]
    [InlineData("+123456789012345", "+123456789012345")]
    public void Landlines_and_other_countries_are_numbers_too(string text, string expected) => Assert.Equal(expected, PhoneNumber.Normalise(text));

    [Theory]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("+")]
    [InlineData("00")]
    [InlineData("no number")]
    [InlineData("054-123-456x")]
    [InlineData("054+1234567")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+0541234567")]
    [InlineData("03-123-456")]
    [InlineData("05412345678")]
    [InlineData("0541234567, 0521234567")]
    [InlineData("054-123-4567\r\nBcc: all")]
    public void What_is_no_number_is_refused(string text) => Assert.Null(PhoneNumber.Normalise(text));

    /// <summary>The commonest slip of all: nobody could ever call such a number back.</summary>
    [Theory]
    [InlineData("054-123-456")]
    [InlineData("+972 54 123 456")]
    [InlineData("97254123456")]
    [InlineData("077-123-456")]
    [InlineData("03-123-45678")]
    [InlineData("+972 3 123 45678")]
    public void An_Israeli_number_with_a_digit_missing_or_too_many_is_refused(string text) => Assert.Null(PhoneNumber.Normalise(text));

    [Theory]
    [InlineData("+972541234567", "054-123-4567")]
    [InlineData("+97231234567", "03-123-4567")]
    [InlineData("+9721700123456", "01700123456")]
    [InlineData("+442079460958", "+442079460958")]
    public void A_number_is_shown_as_people_of_the_country_write_it(string e164, string shown) => Assert.Equal(shown, PhoneNumber.Display(e164));

    [Fact]
    public void WhatsApp_takes_digits_only() => Assert.Equal("https://wa.me/972541234567", PhoneNumber.WhatsApp("+972541234567"));

    [Fact]
    public void A_shown_number_is_found_under_the_same_number_again()
    {
        var numbers =
            from prefix in Gen.Elements("+9725", "+9727", "+972", "+44", "+1", "+7")
            from digits in Gen.ArrayOf(Gen.Choose(2, 4), 8)
            select prefix + string.Concat(digits);
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(numbers), number =>
            PhoneNumber.Normalise(number) == number && PhoneNumber.Normalise(PhoneNumber.Display(number)) == number));
    }

    [Fact]
    public void Any_text_gives_an_E164_number_or_nothing()
    {
        var texts = Gen.ArrayOf(Gen.Elements("0123456789+-. ()\u200f\u202d972".ToCharArray())).Select(characters => new string(characters));
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(texts), text =>
            PhoneNumber.Normalise(text) is not { } number
            || (number[0] == '+' && number.Length is >= 8 and <= 16 && number[1] != '0' && number[1..].All(char.IsAsciiDigit) && PhoneNumber.Normalise(number) == number)));
    }
}
