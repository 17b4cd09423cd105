using FeedbackFlow.Pipeline.Intake;
using Xunit;

namespace FeedbackFlow.Tests.Intake;

public class EmailAddressTests
{
    [Theory]
    [InlineData("noa@example.com", "noa@example.com")]
    [InlineData(" Noa.Levi@Example.COM ", "noa.levi@example.com")]
    [InlineData("noa+plumber@mail.example.co.il", "noa+plumber@mail.example.co.il")]
    [InlineData("o'neil_1@a-b.example", "o'neil_1@a-b.example")]
    [InlineData("noa@example.com\r\n", "noa@example.com")]
    public void An_address_is_kept_in_lower_case(string text, string expected) => Assert.Equal(expected, EmailAddress.Normalise(text));

    [Theory]
    [InlineData("\u200fnoa@example.com\u200f")]
    [InlineData("\u202anoa@example.com\u202c")]
    [InlineData("\u202dnoa@example.com\u202c")]
    [InlineData("\u2066noa@example.com\u2069")]
    [InlineData(" \u200f noa@example.com \u200e ")]
    [InlineData("\ufeffnoa@example.com")]
    public void Direction_marks_around_an_address_do_not_count(string text) => Assert.Equal("noa@example.com", EmailAddress.Normalise(text));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("noa")]
    [InlineData("@example.com")]
    [InlineData("noa@")]
    [InlineData("noa@example")]
    [InlineData("noa@.com")]
    [InlineData("noa@example..com")]
    [InlineData("noa@-example.com")]
    [InlineData("noa@example-.com")]
    [InlineData("noa@exa_mple.com")]
    [InlineData("noa@example.com.")]
    [InlineData(".noa@example.com")]
    [InlineData("noa.@example.com")]
    [InlineData("no..a@example.com")]
    [InlineData("no a@example.com")]
    [InlineData("noa@@example.com")]
    [InlineData("noa@dan@example.com")]
    [InlineData("noa@[127.0.0.1]")]
    public void What_is_no_address_is_refused(string text) => Assert.Null(EmailAddress.Normalise(text));

    [Theory]
    [InlineData("noa@example.com\r\nBcc: all@example.com")]
    [InlineData("noa@example.com\nX: y")]
    [InlineData("noa\r\n@example.com")]
    [InlineData("noa@example.com\0")]
    [InlineData("noa@example.com,dan@example.com")]
    [InlineData("noa@example.com;dan@example.com")]
    [InlineData("noa@example.com dan@example.com")]
    [InlineData("Noa <noa@example.com>")]
    [InlineData("\"noa\"@example.com")]
    [InlineData("noa(comment)@example.com")]
    [InlineData("noa:dan@example.com")]
    public void Nothing_that_could_add_a_header_or_a_recipient_passes(string text) => Assert.Null(EmailAddress.Normalise(text));

    [Theory]
    [InlineData("נועה@example.com")]
    [InlineData("noa@דוגמה.co.il")]
    [InlineData("noa@exam\u202eple.com")]
    [InlineData("n\u043ea@example.com")]
    [InlineData("noa@ⓔxample.com")]
    public void Letters_outside_ASCII_are_refused(string text) => Assert.Null(EmailAddress.Normalise(text));

    [Fact]
    public void Lengths_are_those_of_SMTP()
    {
        var mailbox = new string('a', 64);
        Assert.NotNull(EmailAddress.Normalise(mailbox + "@example.com"));
        Assert.Null(EmailAddress.Normalise(mailbox + "a@example.com"));

        Assert.NotNull(EmailAddress.Normalise("noa@" + new string('b', 63) + ".com"));
        Assert.Null(EmailAddress.Normalise("noa@" + new string('b', 64) + ".com"));

        var longest = mailbox + "@" + string.Join('.', Enumerable.Repeat(new string('b', 61), 3)) + ".co";
        Assert.Equal(253, longest.Length);
        Assert.NotNull(EmailAddress.Normalise(longest + "m"));
        Assert.Null(EmailAddress.Normalise(longest + "mm"));
    }
}
