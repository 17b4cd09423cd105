using Xunit;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.ContractTests.Channels;

/// <summary>What every channel's message must be, whoever carries it.</summary>
internal static class LetterOnTheWire
{
    public static void IsRight(Letter letter, string senderDomain, byte[] raw)
    {
        var mail = Mime.Read(raw);
        Assert.Equal(letter.Subject, mail.Headers["subject"]);
        Assert.Equal($"<{letter.Id}@{senderDomain}>", mail.Headers["message-id"]);
        Assert.Equal("auto-generated", mail.Headers["auto-submitted"]);
        Assert.Equal("he", mail.Headers["content-language"]);
        Assert.Contains(letter.FromName, mail.Headers["from"], StringComparison.Ordinal);
        Assert.Contains(letter.ReplyTo!, mail.Headers["reply-to"], StringComparison.Ordinal);
        Assert.Contains(letter.To.Address, mail.Headers["to"], StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mail.Headers["content-type"], StringComparison.Ordinal);
        Assert.Collection(
            mail.Parts,
            plain =>
            {
                Assert.StartsWith("text/plain; charset=utf-8", plain.Type, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(letter.Text.ReplaceLineEndings("\n").TrimEnd(), plain.Text.ReplaceLineEndings("\n").TrimEnd());
            },
            html =>
            {
                Assert.StartsWith("text/html; charset=utf-8", html.Type, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(letter.Html, html.Text);
            });
    }
}
